"""Draw one reporter's count of one category as SVG, PNG or HTML.

The line is cut where the count does not go on, corrections and disputed figures are marked, and
what one record alone has is lighter. An HTML page needs no network. Needs the extra `plot`.

Examples:
  reported-losses plot tanks --out tanks.svg
  reported-losses plot personnel --kind total --from 2025-01-01 --out personnel.png
  reported-losses plot tanks --kind total --reporter oryx --subject russia --out oryx.html
"""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "plot"
HELP = "draw a category as SVG, PNG or HTML"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reported_losses.commands import _options

    parser.add_argument("category", metavar="CATEGORY", help="the category, such as tanks")
    parser.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="FILE",
        help="file to write; its name ends in .svg, .png or .html",
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_argument(
        "--kind", default="change", metavar="KIND", help="change (default), total or mean"
    )
    parser.add_argument(
        "--reporter",
        default="ua-general-staff",
        metavar="NAME",
        help="organisation that counts (default: ua-general-staff)",
    )
    parser.add_argument("--subject", metavar="NAME", help="whose losses")
    _options.add_period(parser)
    parser.add_argument("--as-of", metavar="DATE", help="the dataset as it was on this day")
    parser.add_argument(
        "--with-narrower",
        action="store_true",
        help="add up narrower categories where the category was not counted itself",
    )
    parser.add_argument(
        "--width", type=int, default=720, metavar="N", help="width in pixels (default: 720)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the file."""
    from reported_losses.commands import _options, _screen

    form = _form(args.out)
    _options.refuse_output(args.out, "--out", force=args.force)
    with _screen.progress(f"writing {args.out}"):
        data = _bytes(args, form)
        _options.write_output(args.out, data, "--out", force=args.force)
    _screen.say(f"{args.out}: {len(data):,} bytes")
    return 0


def _form(path: Path) -> str:
    from reported_losses.errors import BadArgumentError

    form = path.suffix[1:].lower()
    if form not in {"svg", "png", "html"}:
        raise BadArgumentError(f"--out {path}: the name must end in .svg, .png or .html")
    return form


def _bytes(args: argparse.Namespace, form: str) -> bytes:
    from reported_losses.commands import _options
    from reported_losses.loading.chart import specification
    from reported_losses.loading.chart_files import chart_bytes
    from reported_losses.loading.plot import require

    require("vl_convert")
    first, last = _options.period(args)
    spec = specification(
        args.category,
        kind=args.kind,
        reporter=args.reporter,
        subject=args.subject,
        start=first,
        end=last,
        as_of=_options.day(args.as_of, "--as-of"),
        with_narrower=args.with_narrower,
        width=args.width,
    )
    return chart_bytes(spec, form)
