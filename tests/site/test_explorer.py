"""The page, made from a few rows; `test_explorer_browser.py` opens the real one."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from reported_losses.site import explorer
from reported_losses.site.explorer_data import json_text
from reported_losses.site.html import text as text_of

HOME = Path(explorer.__file__).parent
HOSTILE = "</script><script>alert(1)</script><b>&\u2028"


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    """Data of one series of three reports, with hostile texts."""
    return {
        "version": "9.9.9",
        "licence": HOSTILE,
        "citation": HOSTILE,
        "organisations": [["ua-general-staff", HOSTILE], ["oryx", "Oryx"], ["ru-mod", "MoD"]],
        "categories": [["tanks", HOSTILE, "items", ""]],
        "series": [
            {
                "key": ("ua-general-staff", "russia", "tanks"),
                "until": None,
                "last": ["2022-01-12", 22, None],
                "day": [19000, 1, 1, 3, 1],
                "total": [10, 5, 7],
                "change": [0, 1, None, 2, 1, None],
            }
        ],
    }


@pytest.fixture(scope="module")
def text(small: dict[str, Any]) -> str:
    return explorer.page(small).decode()


def test_texts_are_escaped(text: str) -> None:
    assert "alert(1)</script>" not in text
    assert text.count("<script") == text.count("</script>") == 2
    assert text_of(HOSTILE) in text


def test_the_page_holds_the_data(text: str, small: dict[str, Any]) -> None:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert json.loads(found) == json.loads(json.dumps(small))
    assert "\u2028" not in found


def test_json_text_holds_any_text() -> None:
    assert json.loads(json_text({"a": HOSTILE})) == {"a": HOSTILE}
    with pytest.raises(ValueError, match="JSON"):
        json_text({"a": float("nan")})


def test_the_policy_allows_the_script_and_the_style_of_the_page_alone(text: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', text)
    allowed = html.unescape(policy)
    assert "default-src 'none'" in allowed
    assert "unsafe" not in allowed
    for tag in ("script", "style"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in allowed


def test_the_page_asks_for_no_other_file(text: str) -> None:
    asked = re.findall(r"""<(?:img|iframe|link|script)[^>]*(?:src|href)=["'](?!data:).*?>""", text)
    # An address that names the page asks for nothing.
    assert [one for one in asked if 'rel="canonical"' not in one] == []
    assert not re.search(r"url\(|@import", (HOME / "explorer.css").read_text(encoding="utf-8"))


def test_the_latest_total_is_there_without_a_script(text: str) -> None:
    assert "<strong>22</strong>" in text
    assert "2022-01-12" in text


@pytest.mark.parametrize("path", sorted(HOME.rglob("*.js")), ids=lambda path: path.name)
def test_the_script_makes_no_markup_from_text(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert name not in source
    if path.name != "explorer.bundle.js":
        assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|localStorage|cookie", source)
