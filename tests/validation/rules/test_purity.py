"""A rule sees columns and nothing else."""

from __future__ import annotations

from test_architecture import FILES, imports


def test_rules_do_no_input_and_output() -> None:
    files = [path for path in FILES if "rules" in path.parts]
    assert files
    used = {name.partition(".")[0] for path in files for _, name in imports(path)}
    assert not used & {"os", "io", "pathlib", "pandas", "polars", "pyarrow", "sys", "time"}
