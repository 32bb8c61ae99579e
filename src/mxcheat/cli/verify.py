"""mxcheat verify: run every row and say whether each keeps its promise."""

from __future__ import annotations

import platform
import time
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.filters import filtered
from mxcheat.cheatsheet.row import SIDES
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, add_run_options, run_options
from mxcheat.cli.choose import choose_row
from mxcheat.cli.narrate import Progress, say
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode, NothingFoundError
from mxcheat.render.inert import inert_line
from mxcheat.render.words import VERDICT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.config.reader import Settings
    from mxcheat.live.session import Session
    from mxcheat.live.verify import Verified
    from mxcheat.render.page import Page


_TONES = {"ok": "good", "FAILED": "bad", "unavailable": "fair"}
EXAMPLES = """examples:
  mxcheat verify addmm clamp
  mxcheat verify --section tensor --ctx gpu0"""


def parser() -> Parser:
    """What the command takes."""
    about = "Run rows on all their inputs and check what they promise."
    parser = Parser("verify", about, EXAMPLES)
    parser.add_argument("rows", nargs="*", metavar="[ROW...]", help="all rows if none is named")
    parser.add_argument("--section", metavar="S", help="only rows of this section, or below it")
    add_run_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Verify all rows, those of a section, or those named."""
    args = parser().parse_all(argv)
    options = run_options(args)
    sheet = load_sheet(args)
    rows = filtered(sheet.rows, sheet.sections, args.section)
    if args.rows:
        rows = [choose_row(rows, query, sheet.calls) for query in args.rows]
    if not rows:
        raise NothingFoundError("there is no row to verify")

    from mxcheat.live.verify import summarize  # noqa: PLC0415

    began = time.monotonic()
    verified, versions = run_rows(rows, options, args.settings)
    seconds = round(time.monotonic() - began, 2)
    summary = summarize(verified)
    if args.json:
        document = {
            "schema": 1,
            "versions": versions,
            "ctx": str(options["device"]),
            "seconds": seconds,
            "summary": summary,
            "rows": [row.to_json() for row in verified],
        }
        output.write_json(document)
    else:
        page = output.new_page()
        write_verified(page, verified)
        counts = ", ".join(f"{count} {name}" for name, count in summary.items() if count)
        page.paragraph(f"{counts}; {seconds:.1f} s")
        output.write_page(page, args.color)
    return exit_code_of(verified)


def run_rows(
    rows: Sequence[Row], options: dict[str, Any], settings: Settings
) -> tuple[list[Verified], dict[str, str | None]]:
    """Verify rows with the options of `run_options`; how each came out, and the versions.

    A framework that cannot be had is told of once, and not tried again.
    """
    from mxcheat.config.engine import engine_settings  # noqa: PLC0415
    from mxcheat.live.results import Failure  # noqa: PLC0415 - after the arguments are known good
    from mxcheat.live.session import Session  # noqa: PLC0415
    from mxcheat.live.verify import verify_rows  # noqa: PLC0415

    with Session(engine_settings(settings), recorded=False, once=True) as session:
        for found in session.warm_up().values():
            if isinstance(found, Failure):
                say(f"{found.message}; to get it: {found.fix}" if found.fix else found.message)
        verified = _with_progress(rows, verify_rows(session, rows, **options))
        return verified, _versions(session)


def _versions(session: Session) -> dict[str, str | None]:
    torch, mxnet = (session.workers[side].info for side in SIDES)
    return {
        "torch": torch.get("version"),
        "mxnet": mxnet.get("version"),
        "numpy": mxnet.get("numpy") or torch.get("numpy"),
        "python": platform.python_version(),
    }


def write_verified(page: Page, verified: Sequence[Verified]) -> None:
    """A line for each row: its verdict, and why where it is not what was promised."""
    width = max(len(row.id) for row in verified)
    marks = max(len(row.outcome) for row in verified)
    for row in verified:
        sign = VERDICT[row.verdict]
        page.line(
            (f"{row.outcome:<{marks}} ", _TONES[row.outcome]),
            (f"{row.id:<{width}}  ", "code"),
            (f"{sign.glyph} {sign.word}", ""),
            (f"  {row.ms:.0f} ms", "quiet"),
        )
        if row.outcome == "FAILED":
            page.paragraph(inert_line(row.reason), "       ")


def _with_progress(rows: Sequence[Row], verified: Iterable[Verified]) -> list[Verified]:
    progress = Progress(len(rows))
    done: list[Verified] = []
    try:
        for row in verified:
            done.append(row)
            progress.show(len(done), row.id)
    finally:
        progress.clear()
    return done


def exit_code_of(verified: Sequence[Verified]) -> ExitCode:
    """Done if every row keeps its promise; missing where a side could not be had."""
    if all(row.ok for row in verified):
        return ExitCode.DONE
    if any("unavailable" in (row.pytorch, row.gluon) for row in verified):
        return ExitCode.MISSING
    return ExitCode.NO
