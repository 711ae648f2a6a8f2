"""What the dataset is: its descriptor and types, where it is, what it means, how to cite it."""
