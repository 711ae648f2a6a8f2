"""Keys are compared part by part."""

from __future__ import annotations

from itertools import product

import pytest

from reported_losses.intake.nearest_keys import nearest_keys

KNOWN = [
    "/".join(parts)
    for parts in product(
        ("gs-text", "petro"),
        ("russia",),
        ("special-equipment", "submarines", "tanks"),
        ("2023-02-22", "2023-02-23", "2024-03-23"),
    )
]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("gs-text/russia/tank/2023-02-23", "gs-text/russia/tanks/2023-02-23"),
        ("gs-test/russia/tanks/2023-02-23", "gs-text/russia/tanks/2023-02-23"),
        ("petro/russia/tanks/2023-02-24", "petro/russia/tanks/2023-02-23"),
        ("petro/russia/tanks/2023-2-23", "petro/russia/tanks/2023-02-23"),
        ("tanks/2023-02-23", "gs-text/russia/tanks/2023-02-23"),
        ("x/petro/russia/tanks/2023-02-23", "petro/russia/tanks/2023-02-23"),
    ],
)
def test_the_key_with_the_most_equal_parts_is_the_nearest(asked: str, first: str) -> None:
    assert nearest_keys(asked, KNOWN)[0] == first


def test_any_text_has_nearest_keys() -> None:
    assert len(nearest_keys("/" * 9_000, KNOWN)) == 3
    assert nearest_keys("tanks", []) == []
