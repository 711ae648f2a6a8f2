"""What somebody does who looks around, for tests to run where no extra is installed.

Prints as JSON what each step came to. With `--block` the extras cannot be imported.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import itertools
import json
import pydoc
import rlcompleter
import sys
from collections.abc import Callable
from typing import Any

EXTRAS = (
    "pandera",
    "frictionless",
    "polars",
    "duckdb",
    "altair",
    "matplotlib",
    "vl_convert",
    "pooch",
    "tqdm",
)


def look_around(rl: Any) -> dict[str, object]:  # noqa: ANN401 - as somebody sees it at a prompt
    """Return what is seen of the package, and what is said of that which needs an extra."""
    star: dict[str, object] = {}
    exec("from reported_losses import *", star)  # noqa: S102 - a star needs a module of its own
    return {
        "star": sorted(set(star) - {"__builtins__"}),
        "dir": dir(rl),
        "members": [name for name, _ in inspect.getmembers(rl)],
        "lacking": [name for name in rl.__all__ if not hasattr(rl, name)],
        "completed": completions(rl, "rl.s"),
        "models": completions(rl, "rl.models.Loss"),
        "help": [len(shown(rl)), len(shown(rl.models)), len(shown(rl.TableSchema))],
        "advice": [
            advice(lambda: rl.schema("series")),
            advice(lambda: rl.models.LossCounts.validate(rl.load("series"))),
            advice(rl.models.LossCounts.to_schema),
            advice(rl.models.LossCounts),
            advice(rl.TableSchema),
            advice(rl.package),
        ],
    }


def completions(rl: object, text: str) -> list[str]:
    """Return what the plain prompt offers."""
    completer = rlcompleter.Completer({"rl": rl})
    count = itertools.count()
    return [str(one) for one in iter(lambda: completer.complete(text, next(count)), None)]


def shown(value: object) -> str:
    """Return what `help` prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        pydoc.Helper(output=printed)(value)
    return printed.getvalue()


def advice(use: Callable[[], object]) -> str:
    """Return what the use of something says that needs an extra."""
    try:
        use()
    except ImportError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    if "--block" in sys.argv:
        sys.modules.update(dict.fromkeys(EXTRAS))  # type: ignore[arg-type]
    import reported_losses

    print(json.dumps(look_around(reported_losses)))  # noqa: T201 - what the test reads
