"""check: every problem of your own rows at once, with file and line."""

from __future__ import annotations

import shlex
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.check import Checked, check_files
from mxcheat.cheatsheet.nodes import Problem
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, add_run_options, run_options
from mxcheat.cli.narrate import counted
from mxcheat.cli.verify import exit_code_of, run_rows
from mxcheat.errors import ExitCode
from mxcheat.loading import load
from mxcheat.render.inert import inert_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.live.verify import Verified
    from mxcheat.render.page import Page

EXAMPLES = """examples:
  mxcheat check mine.yaml
  mxcheat check --live mine.yaml

A note is worth a look but not a problem: the exit code stays 0."""


def parser() -> Parser:
    """What the command takes."""
    about = "List every problem in row files, with its line and a fix."
    parser = Parser("check", about, EXAMPLES)
    files = "by default those of --data and the configuration"
    parser.add_argument("files", nargs="*", metavar="[FILE...]", help=files)
    parser.add_argument("--live", action="store_true", help="run their rows too, as verify does")
    add_run_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Check the files named, or all of the user's own."""
    parsing = parser()
    args = parsing.parse_all(argv)
    if not args.live and (args.ctx or args.timeout):
        raise parsing.usage_error("--ctx and --timeout go with --live")
    files = [Path(file) for file in args.files] or args.data
    if not files:
        raise parsing.usage_error("no FILE is given", "try mxcheat check mine.yaml")
    checked = check_files(files, load, args.data, args.configured)
    rows = [read.row for each in checked for read in each.sound] if args.live else []
    verified = run_rows(rows, run_options(args), args.settings)[0] if rows else []
    results = iter(verified)
    reports = [_Report(each, list(islice(results, len(each.sound)))) for each in checked]
    if args.json:
        output.write_json(_document(reports, verified if args.live else None))
    else:
        page = output.new_page()
        for report in reports:
            report.write(page)
        output.write_page(page, args.color)
    if all(report.checked.problems == () for report in reports):
        return exit_code_of(verified)
    return ExitCode.NO


class _Report:
    """What is said of one file: what reading it showed, and what running its rows did."""

    def __init__(self, checked: Checked, ran: Sequence[Verified]) -> None:
        lines = {read.row.id: read.line("id") for read in checked.sound}
        self.checked = checked
        self.ran = ran
        failed = [
            _failure(each, lines[each.id], checked) for each in ran if each.outcome == "FAILED"
        ]
        self.problems = [*checked.problems, *failed]

    def write(self, page: Page) -> None:
        """Write a line for each problem and note, and one for the file."""
        for problem in self.problems:
            self._write_one(page, problem, "")
        for note in self.checked.notes:
            self._write_one(page, note, "note: ")
        sign, tone = ("✗", "bad") if self.problems else ("✓", "good")
        page.line((f"{sign} ", tone), (inert_line(f"{self.checked.path}: {self._summary()}"), ""))

    def _write_one(self, page: Page, problem: Problem, label: str) -> None:
        page.line(
            (inert_line(f"{self.checked.path}:{problem.line}: "), "quiet"),
            (label, "fair"),
            (inert_line(problem.message), ""),
            (inert_line(f"; {problem.hint}") if problem.hint else "", "quiet"),
        )

    def _summary(self) -> str:
        parts = [counted(len(self.checked.rows), "row")]
        parts.append(counted(len(self.problems), "problem") if self.problems else "no problems")
        if self.checked.notes:
            parts.append(counted(len(self.checked.notes), "note"))
        if self.ran:
            good = sum(each.ok for each in self.ran)
            parts.append(f"{good} of {len(self.ran)} verified")
            lacking = sum(each.outcome == "unavailable" for each in self.ran)
            parts += [f"{lacking} could not be run"] * bool(lacking)
        return ", ".join(parts)


def _failure(verified: Verified, line: int, checked: Checked) -> Problem:
    """A row that does not do what it promises, as a problem of its file."""
    what = f"row {verified.id}: {verified.reason}"
    hint = f"see both sides: mxcheat --data {shlex.quote(str(checked.path))} try {verified.id}"
    return Problem(line, what, hint, verified.id)


def _document(reports: Sequence[_Report], verified: Sequence[Verified] | None) -> dict[str, Any]:
    return {
        "schema": 1,
        "files": [
            {"path": str(report.checked.path), "rows": len(report.checked.rows)}
            for report in reports
        ],
        "problems": [_entry(report, problem) for report in reports for problem in report.problems],
        "notes": [_entry(report, note) for report in reports for note in report.checked.notes],
        "live": None if verified is None else [each.to_json() for each in verified],
        "ok": not any(report.problems for report in reports)
        and all(each.ok for each in verified or ()),
    }


def _entry(report: _Report, problem: Problem) -> dict[str, Any]:
    return {
        "file": str(report.checked.path),
        "line": problem.line,
        "row": problem.row or None,
        "message": problem.message,
        "hint": problem.hint or None,
    }
