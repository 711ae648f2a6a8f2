"""CSV bytes to text columns to typed columns; the only door to types.

How a file goes through this room:

1. `file_bytes` reads it; `encoding` normalises line ends and the like; `header` names its columns.
2. `quoting` judges the records that hold a quote; `csv_columns` lets Arrow parse what passed, and
   `ragged_rows` explains what Arrow refuses.
3. `cell_text` finds characters that no cell may hold. The result is a `TextTable`.
4. `cast` turns it into a `TypedTable`; `slips` advises on cells without a value of their type.
5. `columns` turns that into NumPy arrays in key order, which is what constraints and rules judge.

`read_table` runs steps 1 to 3. Names are imported by their first use, so that importing one small
module of this room, such as `invisible`, does not import Arrow.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reported_losses.parsing.file_codes import FILE_CODES
    from reported_losses.parsing.invisible import shown
    from reported_losses.parsing.issues import LISTED, capped
    from reported_losses.parsing.read_table import parse_bytes, read
    from reported_losses.parsing.text_table import TextTable, quoted

_MODULES = {
    "FILE_CODES": "file_codes",
    "LISTED": "issues",
    "TextTable": "text_table",
    "capped": "issues",
    "parse_bytes": "read_table",
    "quoted": "text_table",
    "read": "read_table",
    "shown": "invisible",
}

__all__ = [
    "FILE_CODES",
    "LISTED",
    "TextTable",
    "capped",
    "parse_bytes",
    "quoted",
    "read",
    "shown",
]


if not TYPE_CHECKING:  # or type checkers would accept any name

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        value = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value
