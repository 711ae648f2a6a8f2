"""The commands of `reported-losses`, one module each.

A command module defines `NAME`, `HELP`, `add_arguments(parser)` and `run(args) -> int`; it parses,
calls, prints and returns the exit code. Modules with a leading underscore are shared by commands.
"""
