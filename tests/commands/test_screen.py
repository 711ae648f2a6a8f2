"""What reaches the screen cannot steer it."""

from __future__ import annotations

import io
import os
import sys
import time

import pytest

from reported_losses.commands import _screen


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Not a fixture: pytest takes the streams back between a test's setup and its call."""
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


def test_control_characters_are_shown_and_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    _screen.say("a\x1b]0;title\x07b")
    _screen.write_table(["c"], [["\x1b[31mred\u202e"]])
    text = terminal.getvalue().replace("\x1b[1mc\x1b[0m", "c")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert r"\x1b[31mred\u202e" in text


def test_only_a_terminal_that_wants_colour_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    assert _screen.bold("x") == "\x1b[1mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert _screen.bold("x") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert _screen.bold("x") == "x"
    monkeypatch.delenv("TERM")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert _screen.bold("x") == "x"
    assert terminal.getvalue() == ""


def test_the_old_console_of_windows_gets_no_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    a_terminal(monkeypatch)
    for name in ("WT_SESSION", "ANSICON"):
        monkeypatch.delenv(name, raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        assert not _screen.coloured()
        patch.setenv("WT_SESSION", "1")
        assert _screen.coloured()


def test_wide_characters_keep_the_columns_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    _screen.write_table(["a", "b"], [["数", "1"], ["xy", "2"]], [False, True])
    assert terminal.getvalue() == "a   b\n数  1\nxy  2\n"


def test_only_long_work_is_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    monkeypatch.setattr(_screen, "_PATIENCE", 0.05)
    with _screen.progress("quick work"):
        pass
    time.sleep(0.1)
    assert terminal.getvalue() == ""
    with _screen.progress("slow work"):
        time.sleep(0.2)
    assert "slow work" in terminal.getvalue()
