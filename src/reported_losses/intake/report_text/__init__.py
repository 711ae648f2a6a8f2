"""The text of a General Staff report, turned into figures.

`reader.read_report` is the way in. `decode` makes text of bytes, `markup` and `plain` make lines
of HTML and of pasted text, `labels` knows what each label means, `entries` reads the lists of the
General Staff, `lines` reads single lines, `sentences` reads what news agencies make of it,
`days` finds the day of the report, and `doubles` compares figures that stand in it twice.
"""
