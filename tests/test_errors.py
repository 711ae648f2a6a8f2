"""Did you mean: only what is likely, and what is likeliest first."""

from __future__ import annotations

import difflib
import pickle
import re
import string

import pytest

from reported_losses.commands.cli import parser
from reported_losses.definition.descriptor import installed
from reported_losses.errors import (
    LISTED_BY,
    BadArgumentError,
    Nearest,
    likely,
    nearest_first,
    unknown_name,
)

ORGANISATIONS = ("government-ministry", "military", "think-tank", "media", "ru-mod", "oryx")


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("ministry", ORGANISATIONS, "government-ministry"),
        ("Government Ministry", ORGANISATIONS, "government-ministry"),
        ("goverment-ministry", ORGANISATIONS, "government-ministry"),
        ("militry", ORGANISATIONS, "military"),
        ("ru_mod", ORGANISATIONS, "ru-mod"),
        ("oryks", ORGANISATIONS, None),
        ("oriyx", ORGANISATIONS, "oryx"),
        ("think", ORGANISATIONS, "think-tank"),
        ("parliament", ORGANISATIONS, None),
        ("ministry", ("military",), None),
        ("tank", ("tanks", "tanks-and-armoured-vehicles"), "tanks"),
        ("armored-vehicles", ("vehicles", "armoured-vehicles"), "armoured-vehicles"),
        ("Russia", ("russia", "ukraine"), "russia"),
        ("per 100 metres", ("per-10-metres", "per-100-metres"), "per-100-metres"),
        ("reuters-2026-11-01", ("reuters-2022-07-20",), None),
        ("reuters-2022-07-21", ("reuters-2022-07-20",), None),
        ("reuter-2022-07-20", ("reuters-2022-07-20", "reuters-2022-07-21"), "reuters-2022-07-20"),
        ("reuters", ("reuters-2022-07-20",), None),
        ("2022-02-30", ("2022-02-28", "2022-03-30"), None),
        ("", ("russia",), None),
        ("a long sentence that has the word media in it", ORGANISATIONS, None),
    ],
)
def test_only_a_likely_name_is_offered(
    name: str, known: tuple[str, ...], expected: str | None
) -> None:
    assert Nearest(known).to(name) == expected
    assert likely(name, known)[:1] == ([] if expected is None else [expected])


@pytest.mark.parametrize("column", ["organisation", "category", "source"])
def test_a_misspelt_name_of_the_data_is_recognised(column: str) -> None:
    known = _slugs(column)
    words = {name: max(re.findall("[a-z]+", name), key=len) for name in known}
    misspelt = {name: word[:2] + word[3:] for name, word in words.items() if len(word) > 4}
    assert misspelt
    for name, word in list(misspelt.items())[:100]:
        assert name in likely(name.replace(words[name], word), known)


def _slugs(column: str) -> list[str]:
    from reported_losses.loading.load import arrow

    table = next(one for one in installed().tables.values() if one.primary_key == (column,))
    return [str(name) for name in arrow(table).column(column).to_pylist()]


def test_every_name_is_listed_nearest_first() -> None:
    assert nearest_first("ministry", ORGANISATIONS)[:2] == ["government-ministry", "military"]
    sources = ["rte-2030-01-01", "reuters-2022-07-20", "reuters-2022-07-19"]
    assert nearest_first("reuters-2030-01-01", sources)[2] == "rte-2030-01-01"
    assert sorted(nearest_first("x", ORGANISATIONS)) == sorted(ORGANISATIONS)
    assert str(unknown_name("kind", "oryks", ORGANISATIONS)).index("oryx") < 40


def test_a_long_list_is_cut_after_the_nearest() -> None:
    message = str(unknown_name("number", "n7", [f"n{number}" for number in range(1_234)]))
    assert message.startswith("No number 'n7'. Did you mean n7? Known: n7, ")
    assert message.endswith(", … 1,224 more")
    assert str(unknown_name("number", "one", [])) == "No number 'one'. Known: none"


def test_what_may_have_been_meant_stands_alone_where_a_command_lists_the_rest() -> None:
    known = [f"tanks-{letter}" for letter in string.ascii_lowercase]
    near = str(unknown_name("category of oryx", "tanks-aa", known, "tanks-a"))
    assert "tanks-a?" in near
    assert "tanks-b" not in near
    assert "show categories" in near
    far = str(unknown_name("category of oryx", "zzz", known))
    assert sum(f"{name}," in far for name in known) == 10
    assert "16 more" in far
    assert "show categories" in far
    assert "reported-losses tables" not in str(unknown_name("table in release 0.1.0", "a", ["b"]))


@pytest.mark.parametrize("command", sorted({one for some in LISTED_BY.values() for one in some}))
def test_the_commands_that_list_names_exist(command: str) -> None:
    parser().parse_args(command.split())


def test_what_may_have_been_meant_comes_first_with_its_meaning() -> None:
    meanings = {"uavs": "Unmanned aerial vehicles", "tanks": "Tanks"}
    said = str(
        unknown_name("name in x", "dron", ["ships", "uavs"], "uavs", meanings=meanings, remark="Y.")
    )
    assert said == (
        "No name 'dron' in x. Did you mean uavs (Unmanned aerial vehicles)? Y. Known: uavs, ships"
    )
    several = str(unknown_name("name", "x", ["a", "b", "c"], ["c", "b", "a"]))
    assert several == "No name 'x'. Did you mean c, b or a? Known: c, b, a"


def test_a_long_name_is_cut() -> None:
    assert len(str(unknown_name("name", "x" * 100_000, ["tanks"]))) < 200


def test_a_bounded_number_of_texts_is_compared() -> None:
    near = Nearest(["russia", "ukraine"])
    assert near.to("Rusia") == "russia"
    assert near.to("russia") is None
    assert near.to("x" * 10_000) is None
    answers = [
        near.to(f"ukraine{letter}{other}") for letter in "abc" for other in string.ascii_lowercase
    ]
    assert 40 < answers.count("ukraine") < 60


def test_of_many_long_names_few_are_compared_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    class Counted(difflib.SequenceMatcher[str]):
        def ratio(self) -> float:
            compared.append(1)
            return super().ratio()

    monkeypatch.setattr(difflib, "SequenceMatcher", Counted)
    near = Nearest([f"{'-'.join(['abcde'] * 15)}-{letter}" for letter in string.ascii_letters])
    for number in range(3):
        near.to("-".join(["edcba"] * 15) + chr(97 + number))
    assert 0 < len(compared) <= 3 * 20


def test_a_remedy_has_the_syntax_of_its_reader() -> None:
    error = BadArgumentError("choose one", remedy=("as_of", "2023-02-22"))
    assert str(error) == "choose one: as_of='2023-02-22'"
    assert error.in_shell == "choose one: --as-of 2023-02-22"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(again), again.in_shell) == (str(error), error.in_shell)
    assert BadArgumentError("no").in_shell == "no"
