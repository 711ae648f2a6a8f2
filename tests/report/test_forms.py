import json
from xml.etree import ElementTree as ET

import pytest

from reported_losses.issue import UnknownNameError
from reported_losses.report import FORMS, Summary, render

SUMMARY = Summary("reported-losses", "1.2.3", {"loss_counts": 22_578, "series": 19})


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_what_was_checked_when_nothing_is_wrong(form: str) -> None:
    text = render([], form, summary=SUMMARY)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    if form in {"json", "sarif"}:
        json.loads(text)
    elif form == "junit":
        assert ET.fromstring(text).get("failures") == "0"  # noqa: S314 - our own text
    else:
        assert "22,597 rows in 2 tables" in text


def test_an_unknown_form_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="json"):
        render([], "jsn", summary=SUMMARY)
