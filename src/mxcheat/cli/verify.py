"""mxcheat verify: run every row and say whether each keeps its promise."""

from __future__ import annotations

import gc
import itertools
import os
import platform
import time
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.sheet import filtered
from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, add_run_options, run_options
from mxcheat.cli.choose import choose_row
from mxcheat.cli.narrate import Progress, say
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode, MxcheatError, NothingFoundError
from mxcheat.paths import own_outcomes_file
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label
from mxcheat.render.words import of_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.config.reader import Settings
    from mxcheat.live.session import Session
    from mxcheat.live.verify import Verified
    from mxcheat.render.page import Page, Span


# What is said of each outcome, and its tone. A row that could not be run has not failed.
_OUTCOMES = {"ok": ("ok", "good"), "FAILED": ("FAILED", "bad"), "unavailable": ("not run", "fair")}
EXAMPLES = """examples:
  mxcheat verify addmm clamp
  mxcheat verify --section tensor --ctx gpu0
  mxcheat verify --changed --keep"""


def parser() -> Parser:
    """What the command takes."""
    about = "Run rows on all their inputs and check what they promise."
    parser = Parser("verify", about, EXAMPLES)
    parser.add_argument("rows", nargs="*", metavar="[ROW...]", help="all rows if none is named")
    parser.add_argument("--section", metavar="S", help="only rows of this section, or below it")
    add_run_options(parser)
    changed = "only rows that changed since --keep, or were run on other versions"
    parser.add_argument("--changed", action="store_true", help=changed)
    parser.add_argument(
        "--keep", action="store_true", help="save the results for --changed and export"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Verify all rows, those of a section, or those named."""
    parsing = parser()
    args = parsing.parse_all(argv)
    options = run_options(args)
    if (args.changed or args.keep) and str(options["device"]) != "cpu":
        raise parsing.usage_error("--changed and --keep go with the CPU", "leave out --ctx")
    sheet = load_sheet(args)
    rows = filtered(sheet.rows, sheet.sections, args.section)
    if args.rows:
        rows = [choose_row(rows, query, sheet.calls, "verify") for query in args.rows]
    if not rows:
        raise NothingFoundError("there is no row to verify")

    began = time.monotonic()
    verified, versions = run_rows(
        rows, options, args.settings, only_changed=args.changed, keep=args.keep
    )
    seconds = round(time.monotonic() - began, 2)
    skipped = len(rows) - len(verified)
    if skipped:
        say(f"{skipped} of {len(rows)} rows skipped: unchanged since they were verified")
    if args.json:
        document = _document(verified, versions, str(options["device"]), seconds, skipped)
        output.write_json(document)
    else:
        page = output.new_page()
        write_verified(page, verified)
        page.paragraph(f"{_counts(_summary(verified))}; {seconds:.1f} s")
        output.write_page(page, args.color)
    return exit_code_of(verified)


def _summary(verified: Sequence[Verified]) -> dict[str, int]:
    from mxcheat.live.verify import summarize  # noqa: PLC0415

    return summarize(verified)


def _document(
    verified: Sequence[Verified],
    versions: dict[str, str | None],
    ctx: str,
    seconds: float,
    skipped: int,
) -> dict[str, Any]:
    return {
        "schema": 1,
        "versions": versions,
        "ctx": ctx,
        "seconds": seconds,
        "skipped": skipped,
        "summary": _summary(verified),
        "rows": [row.to_json() for row in verified],
    }


def run_rows(
    rows: Sequence[Row],
    options: dict[str, Any],
    settings: Settings,
    *,
    only_changed: bool = False,
    keep: bool = False,
) -> tuple[list[Verified], dict[str, str | None]]:
    """Verify rows with the options of `run_options`; how each came out, and the versions.

    A framework that cannot be had is told of once, and not tried again. With `only_changed` rows
    are left out whose kept outcome still holds; with `keep` outcomes are kept in the user's state
    folder. Raises MxcheatError where that cannot be.
    """
    from mxcheat.config.engine import engine_settings  # noqa: PLC0415
    from mxcheat.live.host.pool import worker_counts  # noqa: PLC0415
    from mxcheat.live.outcomes import kept_outcomes  # noqa: PLC0415
    from mxcheat.live.results import Failure  # noqa: PLC0415 - after the arguments are known good
    from mxcheat.live.session import Session  # noqa: PLC0415

    gc.freeze()  # the sheet stays; looking through it again and again finds nothing
    counts = worker_counts(len(rows), os.cpu_count() or 1)
    _share_cores(sum(counts.values()))
    own = engine_settings(settings)
    with Session(own, recorded=False, once=True, counts=counts) as session:
        for found in session.warm_up().values():
            if isinstance(found, Failure):
                say(f"{found.message}; to get it: {found.fix}" if found.fix else found.message)
        versions = _versions(session)
        if only_changed:
            kept = kept_outcomes()
            rows = [row for row in rows if not kept.holds(row, versions)]
        verified = _with_progress(session, rows, options)
        versions = _versions(session)
    if keep:
        _keep(rows, verified, versions)
    return verified, versions


def _share_cores(workers: int) -> None:
    """Give each worker its share of the cores, unless the environment says otherwise.

    They compute at the same time; threads that spin while they wait take another's core.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // workers)))


def _keep(
    rows: Sequence[Row], verified: Sequence[Verified], versions: dict[str, str | None]
) -> None:
    from mxcheat.live.outcomes import keep_outcomes, outcomes_of  # noqa: PLC0415

    path = own_outcomes_file()
    if path is None:
        raise MxcheatError("--keep has no folder to write to", hint="set HOME")
    try:
        keep_outcomes(path, outcomes_of(rows, verified, versions))
    except OSError as error:
        raise MxcheatError(f"{path} cannot be written ({error.strerror})") from None


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
    width = max((len(row.id) for row in verified), default=0)
    marks = max((len(_OUTCOMES[row.outcome][0]) for row in verified), default=0)
    for row in verified:
        word, tone = _OUTCOMES[row.outcome]
        page.line((f"{word:<{marks}} ", tone), (f"{row.id:<{width}}  ", "code"), *_found(row))
        if row.outcome == "FAILED":
            page.paragraph(inert_line(row.reason), "       ")


def _found(row: Verified) -> list[Span]:
    """The verdict and the time, or which side could not be had."""
    if row.outcome == "unavailable":
        lacking = [LABELS[side] for side in SIDES if getattr(row, side) == "unavailable"]
        return [(f"{' and '.join(lacking)} not available", "")]
    sign = of_status(row.verdict, foretold=row.ok)
    return [(f"{sign.glyph} {label(sign.word)}", ""), (f"  {row.ms:.0f} ms", "quiet")]


def _counts(summary: dict[str, int]) -> str:
    """The counts in words; verdicts only of rows that were run."""
    rows, left = summary["rows"], summary["unavailable"]
    parts = [f"{rows} row{'' if rows == 1 else 's'}"] if rows else ["nothing to run"]
    verdicts = {**summary, "not-compared": summary["not-compared"] - left}
    named = [name for name in verdicts if name not in ("rows", "unavailable")]
    parts += [f"{verdicts[name]} {name}" for name in named if verdicts[name] > 0]
    return ", ".join([*parts, *[f"{left} not run"] * bool(left)])


def _with_progress(
    session: Session, rows: Sequence[Row], options: dict[str, Any]
) -> list[Verified]:
    from mxcheat.live.verify import verify_rows  # noqa: PLC0415

    progress, done = Progress(len(rows)), itertools.count(1)
    try:
        return verify_rows(
            session, rows, **options, on_end=lambda row: progress.show(next(done), row.id)
        )
    finally:
        progress.clear()


def exit_code_of(verified: Sequence[Verified]) -> ExitCode:
    """Done if every row keeps its promise; missing where a side could not be had."""
    if all(row.ok for row in verified):
        return ExitCode.DONE
    if any("unavailable" in (row.pytorch, row.gluon) for row in verified):
        return ExitCode.MISSING
    return ExitCode.NO
