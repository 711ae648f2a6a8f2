"""CSV bytes to text columns to typed columns.

How a file goes through this room:

1. `file_bytes` reads it; `encoding` normalises line ends and the like; `header` names its columns.
2. `quoting` judges the records that hold a quote; `csv_columns` lets Arrow parse what passed, and
   `ragged_rows` explains what Arrow refuses.
3. `cell_text` finds characters that no cell may hold. The result is a `TextTable`.
4. `cast` turns it into a `TypedTable`; `slips` advises on cells without a value of their type.
5. `columns` turns that into NumPy arrays in key order, which is what constraints and rules judge.

`read_table` runs steps 1 to 3; `table_cache` runs all of them once for each file in a process.
"""
