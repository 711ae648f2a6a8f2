"""Tables in the library a caller works with, and what is derived from them."""
