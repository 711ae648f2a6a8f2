"""What the dataset is: its descriptor, its types, where it lives, how to cite it."""
