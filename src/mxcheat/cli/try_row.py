"""try: run both forms, from the same inputs, and say whether they agree."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.inputs import parse_specs
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, UsageError, add_run_options, positive_count, run_options
from mxcheat.cli.choose import checked_query, choose_row
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode
from mxcheat.render.report import write_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from mxcheat.cheatsheet.row import Difference, Row
    from mxcheat.live.claims import Shown
    from mxcheat.live.results import TryResult
    from mxcheat.live.session import Session
    from mxcheat.live.trial import Trial

EXAMPLES = """examples:
  mxcheat try addmm --ctx gpu0
  mxcheat try clamp --difference 1
  mxcheat try --pytorch 'x.mean()' --gluon 'x.mean()' --inputs 'x=normal(4, 5)'

The last line is compared. Code has torch, nn, F, device or mx, nd, npx, gluon,
nn, autograd, ctx; np, math; inputs are uniform(2, 3), normal(5), [1, 2], ..."""


def run(argv: Sequence[str], session: Session | None = None) -> ExitCode:
    """Run one row, or one pair of snippets: in `session`, if there is one."""
    args = parser().parse_all(argv)
    options = run_options(args)
    asked = _asked(args)

    from mxcheat.config.engine import engine_settings  # noqa: PLC0415 - the arguments are good
    from mxcheat.live.session import Session  # noqa: PLC0415

    with nullcontext(session) if session else Session(engine_settings(args.settings)) as running:
        results = [
            running.run(trial, **options, bench=args.bench and trial is asked.trial)
            for trial in asked.trials
        ]
    result, shown = results[-1], asked.judge(results)
    if args.json:
        output.write_json({**result.to_json(), "difference": shown.to_json() if shown else None})
    else:
        page = output.new_page()
        write_report(page, result, shown)
        output.write_page(page, args.color)
    return exit_code(result, shown)


@dataclass(frozen=True)
class Asked:
    """What is to be run: a trial, and the row's difference that it shows, by its number."""

    trial: Trial
    difference: tuple[int, Difference] | None = None

    @property
    def trials(self) -> Sequence[Trial]:
        """The trial; where a difference takes another to be judged, that one first."""
        from mxcheat.live.claims import with_eager  # noqa: PLC0415 - the arguments are good

        return with_eager(self.trial)

    def judge(self, results: Sequence[TryResult]) -> Shown | None:
        """Whether the difference shows; None where none was asked for."""
        from mxcheat.live.claims import judged  # noqa: PLC0415 - the arguments are good

        return judged(*self.difference, results) if self.difference else None


def read_trial(argv: Sequence[str]) -> Trial:
    """The trial that these arguments of `mxcheat try` ask for."""
    return _asked(parser().parse_all(argv)).trial


def parser() -> Parser:
    """What the command takes."""
    parser = Parser("try", "Run both forms of a row, or your own pair, side by side.", EXAMPLES)
    parser.add_argument("row", nargs="*", metavar="[ROW]", help="a row's id, or any query")
    for side in SIDES:
        parser.add_argument(f"--{side}", metavar="CODE", help="code of your own, or @FILE")
    parser.add_argument(
        "--inputs", metavar="SPEC", help="inputs of your own code: 'x=uniform(2, 3); k=2'"
    )
    parser.add_argument(
        "--difference",
        metavar="N",
        type=positive_count,
        help="run the row's difference N, as lookup numbers them",
    )
    add_run_options(parser)
    parser.add_argument("--bench", action="store_true", help="time many iterations of each side")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def exit_code(result: TryResult, shown: Shown | None = None) -> ExitCode:
    """3 where something is missing to run or time a side, 1 where one failed or the sides differ.

    A row that says that its sides differ ends with 0 where they do; so does a difference of a row
    where it shows, and with 1 where it does not.
    """
    statuses = [side.status for side in result.sides]
    timed = any(side.bench for side in result.sides)
    missed = timed and any(side.origin == "recorded" for side in result.sides)
    if missed or "unavailable" in statuses:
        return ExitCode.MISSING
    if shown:
        return ExitCode.DONE if shown.holds else ExitCode.NO
    if not {"ok", "none"}.issuperset(statuses):
        return ExitCode.NO
    foretold = result.row is not None and result.row.availability == "differs"
    return ExitCode.NO if result.verdict.status == "different" and not foretold else ExitCode.DONE


def _asked(args: argparse.Namespace) -> Asked:
    from mxcheat.live.trial import trial_of, trial_of_code  # noqa: PLC0415

    own = {side: getattr(args, side) for side in SIDES}
    if args.row and any(code is not None for code in own.values()):
        raise UsageError("try: give a ROW, or --pytorch and --gluon, not both")
    if args.difference is not None and not args.row:
        raise UsageError(
            "try: --difference goes with a ROW", hint="mxcheat try concat --difference 1"
        )
    if any(code is not None for code in own.values()):
        codes = {
            side: None if code is None else read_code(side, code) for side, code in own.items()
        }
        return Asked(trial_of_code(codes, parse_specs(args.inputs or "")))
    if args.inputs is not None:
        raise UsageError("try: --inputs goes with --pytorch and --gluon")
    if not args.row:
        raise UsageError("try: no ROW is given", hint="for example: mxcheat try addmm")
    sheet = load_sheet(args)
    row = choose_row(sheet.rows, checked_query(args.row, "try"), sheet.calls, "try")
    return Asked(trial_of(row)) if args.difference is None else _difference(row, args.difference)


def _difference(row: Row, number: int) -> Asked:
    from mxcheat.live.claims import difference_trial  # noqa: PLC0415
    from mxcheat.render.facts import by_danger  # noqa: PLC0415

    differences = by_danger(row.differences)  # numbered as they are shown
    if number > len(differences):
        known = f"it has {len(differences)}, numbered from 1" if differences else "it has none"
        raise UsageError(f"try: {row.id} has no difference {number}", hint=known)
    difference = differences[number - 1]
    return Asked(difference_trial(row, difference), (number, difference))


def read_code(side: str, code: str) -> str:
    """Code as given, or the text of @FILE ("@-" is standard input)."""
    if code.startswith("@"):
        name = code[1:]
        try:
            code = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise UsageError(f"--{side} {name}: cannot be read ({reason})") from None
    code = code.removeprefix("\n")
    if not code.strip():
        raise UsageError(f"--{side} is empty", hint="give code, or @FILE")
    return code
