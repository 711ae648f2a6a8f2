"""Upstream records in, rows of the tables out.

`general_staff`, `other_reporters` and `statements` each read their upstream files and compute
rows; the other modules read files and texts, merge rows and write tables.
"""
