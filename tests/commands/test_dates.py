"""Every option that takes a day accepts YYYY-MM-DD and nothing else."""

from __future__ import annotations

import argparse

import pytest

from reported_losses.commands.cli import main, parser

OPTIONS = [
    ("check", "--today"),
    ("status", "--today"),
    ("summary", "--date"),
    ("show", "loss_counts", "--from"),
    ("show", "loss_counts", "--to"),
    ("show", "loss_counts", "--as-of"),
    ("periods", "tanks", "--from"),
    ("periods", "tanks", "--to"),
    ("plot", "tanks", "--out", "none.svg", "--from"),
    ("plot", "tanks", "--out", "none.svg", "--to"),
    ("plot", "tanks", "--out", "none.svg", "--as-of"),
    ("statements", "--from"),
    ("statements", "--to"),
    ("compare", "tanks", "--as-of"),
    ("compare", "tanks", "--since"),
    ("withdraw", "loss_counts", "key", "--reason", "Misread.", "--recorded-on"),
    ("add", "none.txt", "--date"),
    ("add", "none.txt", "--recorded-on"),
    ("add-statement", "--date"),
    ("add-statement", "--published-on"),
    ("add-statement", "--recorded-on"),
    ("revise", "loss_counts", "key", "total", "1", "--reason", "Misread.", "--recorded-on"),
    ("update", "--upstream", "none", "--today"),
    ("reconcile", "--upstream", "none", "--recorded-on"),
    ("reconcile", "--upstream", "none", "--explain"),
    ("import-counts", "--upstream", "none", "--recorded-on"),
    ("import-statements", "--upstream", "none", "--recorded-on"),
]
NOT_DAYS = [
    "20230222", "2026-W47-7", "2026W477", "2023-053", "2023-02-30", "22.02.2023", "2023-2-22",
    "2023-02-22T00:00", " 2023-02-22", "2023-02-22 ", "\uff12\uff10\uff12\uff13-02-22", "today", "",
]  # fmt: skip


# One option has every text: what a day is, they all ask of one function.
@pytest.mark.parametrize(
    ("option", "text"),
    [(OPTIONS[0], text) for text in NOT_DAYS]
    + [(option, text) for option in OPTIONS[1:] for text in NOT_DAYS[::6]],
)
def test_another_spelling_is_refused(
    option: tuple[str, ...], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["tanks"] if option[-1] == "--explain" else []
    assert main([*option, text, *more]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"reported-losses: {option[-1]}: ")
    assert "YYYY-MM-DD" in captured.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--today", "2999-01-01"),
        ("status", "--today", "2999-01-01"),
        ("summary", "--date", "2023-02-22"),
        ("show", "loss_counts", "--from", "2023-02-22", "--to", "2023-02-22"),
        ("statements", "--from", "2023-02-22", "--to", "2023-02-22"),
    ],
    ids=" ".join,
)
def test_the_one_spelling_is_accepted(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out


def test_no_option_that_takes_a_day_is_left_out() -> None:
    (commands,) = (
        action
        for action in parser()._actions  # noqa: SLF001 - argparse has no public way to them
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    takes_a_day = {
        (name, action.option_strings[0])
        for name, command in commands.choices.items()
        for action in command._actions  # noqa: SLF001
        if "DATE" in (action.metavar or ())
    }
    assert takes_a_day == {(option[0], option[-1]) for option in OPTIONS}
