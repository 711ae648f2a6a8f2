"""Counts of Oryx and of the Russian Ministry of Defence.

`import_counts` reads the records of each (`oryx`, `ru_mod`) as figures and writes their rows
(`build`).
"""
