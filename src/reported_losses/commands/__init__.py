"""The commands of `reported-losses`, one module each.

A command module has `NAME`, `HELP`, `add_arguments(parser)` and `run(args) -> int`.
"""
