"""What somebody does who looks around, run by tests where no extra is installed.

Prints as JSON what each line came to; a line that raised anything but our own advice fails.
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

if "--block" in sys.argv:
    for library in ("pandera", "frictionless", "polars", "duckdb", "altair", "matplotlib"):
        sys.modules[library] = None  # type: ignore[assignment]

import reported_losses as rl


def completions(text: str) -> list[str]:
    completer = rlcompleter.Completer({"rl": rl})
    count = itertools.count()
    return [str(one) for one in iter(lambda: completer.complete(text, next(count)), None)]


def advice(use: Callable[[], object]) -> str:
    """Return what the use of something says that needs an extra."""
    try:
        use()
    except rl.MissingExtraError as error:
        return str(error)
    return ""


anything: Any = rl
everything: dict[str, object] = {}
exec("from reported_losses import *", everything)  # noqa: S102 - a star cannot stand in a function
with contextlib.redirect_stdout(io.StringIO()) as help_text:
    pydoc.Helper(output=help_text)(rl)

print(  # noqa: T201 - what the test reads
    json.dumps(
        {
            "star": sorted(set(everything) - {"__builtins__"}),
            "dir": dir(rl),
            "all": rl.__all__,
            "members": [name for name, _ in inspect.getmembers(rl)],
            "lacking": [name for name in rl.__all__ if not hasattr(rl, name)],
            "completed": completions("rl.s"),
            "models": completions("rl.models.Loss"),
            "helped": [
                name
                for name in rl.__all__
                if pydoc.plain(pydoc.render_doc(f"reported_losses.{name}"))
            ],
            "help": len(help_text.getvalue()),
            "advice": [
                advice(lambda: rl.schema("series")),
                advice(lambda: rl.models.LossCounts.validate(rl.load("series"))),
                advice(rl.models.LossCounts.to_schema),
                advice(rl.models.LossCounts),
                advice(anything.TableSchema),
                advice(rl.package),
            ],
        }
    )
)
