"""Statements and the figures in them.

`import_statements` reads remarks (`upstream_statements`, and `estimates` from the lists in
`economist` and `uk_mod_monthly`) and writes rows of `statements`, `claims`, `sources` and
`organisations` (`build`).
"""
