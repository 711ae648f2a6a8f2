"""`arrow_functions`: by pyarrow's private module, or by the public one, with equal results."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import compute

from reported_losses.definition import arrow_functions
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.parsing.cast import cast
from reported_losses.parsing.read_table import parse_bytes

TEXTS = pa.array(["2023-02-22", "", None, "22.02.2023"])


def other_signature(*_: object) -> None:
    raise TypeError


def unknown_function(name: str, *_: object) -> None:
    raise KeyError(name)


_private = sys.modules["pyarrow._compute"]
# None: the module cannot be imported.
TROUBLES: dict[str, Any] = {
    "no module": None,
    "no function": SimpleNamespace(),
    "another signature": SimpleNamespace(
        call_function=other_signature,
        CastOptions=_private.CastOptions,
        MatchSubstringOptions=_private.MatchSubstringOptions,
    ),
    "another constructor": SimpleNamespace(
        call_function=other_signature,
        CastOptions=SimpleNamespace(safe=other_signature),
        MatchSubstringOptions=other_signature,
    ),
    "another name of the function": SimpleNamespace(
        call_function=unknown_function,
        CastOptions=_private.CastOptions,
        MatchSubstringOptions=_private.MatchSubstringOptions,
    ),
}


@pytest.fixture(params=["private", *TROUBLES])
def used(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the public functions called, on each kind of private module."""
    called: list[str] = []

    def spy(name: str) -> Callable[..., object]:
        function = getattr(compute, name)

        def spied(*args: object) -> object:
            called.append(name)
            return function(*args)

        return spied

    for name in ("match_substring_regex", "cast", "take"):
        monkeypatch.setattr(compute, name, spy(name))
    if request.param != "private":
        monkeypatch.setitem(sys.modules, "pyarrow._compute", TROUBLES[request.param])
        # `from pyarrow import _compute` takes the attribute before it looks for a module.
        monkeypatch.delattr(pa, "_compute")
        if TROUBLES[request.param] is not None:
            monkeypatch.setattr(pa, "_compute", TROUBLES[request.param], raising=False)
    called.append("private" if request.param == "private" else "public")
    return called


def test_the_functions_give_the_same(used: list[str]) -> None:
    found = arrow_functions.matches(TEXTS, r"\A[0-9-]+\z")
    assert found.to_pylist() == [True, False, None, False]
    assert arrow_functions.take(TEXTS, pa.array([3, 0])).to_pylist() == ["22.02.2023", "2023-02-22"]
    days = arrow_functions.cast(TEXTS.slice(0, 1), pa.date32())
    assert days.type == pa.date32()
    with pytest.raises(pa.ArrowInvalid):
        arrow_functions.cast(TEXTS, pa.date32())
    kind, *public = used
    assert public == (
        [] if kind == "private" else ["match_substring_regex", "take", "cast", "cast"]
    )


@pytest.mark.parametrize("name", ["loss_counts", "claims", "records", "revisions"])
def test_reading_gives_equal_tables(name: str, used: list[str]) -> None:
    table = installed().table(name)
    text, issues = parse_bytes((package_dir() / table.path).read_bytes(), table)
    assert text is not None
    typed, more = cast(text)
    assert not issues + more
    with pytest.MonkeyPatch.context() as plain:
        plain.setitem(sys.modules, "pyarrow._compute", _private)
        plain.setattr(pa, "_compute", _private, raising=False)
        expected, _ = cast(text)
    assert typed.data.equals(expected.data)
    assert typed.data.schema == expected.data.schema
    assert (used[0] == "public") == ("cast" in used)


def test_a_process_without_the_private_module_reads_and_checks() -> None:
    # `pyarrow.compute` needs the module itself, so it is imported first.
    code = (
        "import sys, pyarrow, pyarrow.compute; sys.modules['pyarrow._compute'] = None; "
        "del pyarrow._compute; import reported_losses as rl; "
        "assert all(i.severity == 'warning' for i in rl.check()); print(rl.load('loss_counts', engine='arrow').num_rows)"
    )
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    data = (package_dir() / installed().table("loss_counts").path).read_bytes()
    assert int(run.stdout) == data.count(b"\n") - 1
