"""Releases of the dataset: built, verified, and fetched."""
