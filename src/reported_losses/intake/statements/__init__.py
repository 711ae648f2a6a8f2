"""Statements and the figures in them."""
