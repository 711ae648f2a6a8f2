"""Tables for pandas, polars, Arrow and DuckDB, and the views and files made from them."""
