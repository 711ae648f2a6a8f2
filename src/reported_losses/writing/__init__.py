"""Replacing the tables of a package: all of them or none, and one command at a time."""
