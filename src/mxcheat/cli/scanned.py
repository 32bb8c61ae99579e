"""What a scan prints, file by file: a page with a sum, lines for an editor, JSON, SARIF."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from mxcheat.cli import output
from mxcheat.cli.narrate import counted
from mxcheat.render.inert import inert_line
from mxcheat.scan import sarif
from mxcheat.scan.findings import (
    OTHER,
    Summary,
    blocking,
    file_entry,
    kind_of,
    name_of,
    place_of,
    says,
)
from mxcheat.scan.scanning import shown_path

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.render import page
    from mxcheat.scan.findings import Told
    from mxcheat.scan.found import Call, File
    from mxcheat.scan.scanning import Scan

_TONES = {"silent": "bad", "loud": "bad", "missing": "fair", "unknown": "fair", "answered": ""}
# Symbols that the page names; JSON has all.
_MOST = 20


class Writer(ABC):
    """Prints what is told of files as they come; `summary` is the sum of all that is in them."""

    def __init__(
        self,
        scan: Scan,
        args: Namespace,
        rows: Mapping[str, Row],
        before: Callable[[], None],
    ) -> None:
        """`rows` are the rows by their ids; `before` is called before anything is printed."""
        self.scan = scan
        self.args = args
        self.rows = rows
        self.before = before
        self.summary = Summary(rows)

    def add(self, file: File, told: Told) -> None:
        """Take in a file, and what is to be told of it."""
        self.summary.add(file)
        self.write(file, told)

    @abstractmethod
    def write(self, file: File, told: Told) -> None:
        """Print what is told of a file."""

    @abstractmethod
    def end(self) -> None:
        """Print what comes after all files."""


class Lines(Writer):
    """path:line:column: what is said, a line each."""

    def write(self, file: File, told: Told) -> None:
        """Print a line for the file, if it is told of itself, and one for each call."""
        if not told:
            return
        self.before()
        page = output.new_page()
        found = self.scan.found(file)
        path = shown_path(found)
        if told.why:
            no_line = found.problem or _is_notebook(path)
            where = f"{path}: " if no_line else f"{path}:{_line_in(told.why)}:1: "
            page.line((inert_line(where), "quiet"), (inert_line(told.why), _TONES["unknown"]))
        for call in told.calls:
            self._call(page, path, call)
        output.write_page(page, self.args.color)

    def end(self) -> None:
        """Print nothing: lines are all that is asked for."""

    def _call(self, page: page.Page, path: str, call: Call) -> None:
        page.line(
            (inert_line(f"{path}:{place_of(call)}: "), "quiet"),
            (inert_line(name_of(call)), "code"),
            (": ", ""),
            (inert_line(says(call, self.rows.get(call.row or ""))), _TONES[kind_of(call)]),
        )


def _line_in(why: str) -> str:
    """The line of a file that a problem names, else the first."""
    found = re.search(r"\bline (\d+)", why)
    return found[1] if found else "1"


def _is_notebook(path: str) -> bool:
    return path.lower().endswith(".ipynb")


class Page(Lines):
    """The same lines, and below them the sum."""

    def end(self) -> None:
        """Print how much is answered, what is not, what is silent, and what was left out."""
        self.before()
        page, summary = output.new_page(), self.summary
        if summary.calls or summary.problems:
            page.line()
        page.line((self._files(), "title"))
        if summary.calls:
            page.paragraph(self._calls(), "  ")
        _write_blocking(page, summary.without_row, "without a row")
        other = OTHER[self.args.framework]
        _write_blocking(page, summary.one_sided, f"whose row says that {other} has no counterpart")
        if severities := _listed(summary.severities()):
            silent = counted(summary.kinds["silent"], "call")
            page.paragraph(f"{silent} with silent differences: {severities}", "  ", tone="bad")
        if summary.problems:
            page.paragraph(f"{counted(summary.problems, 'file')} not read whole", "  ", tone="fair")
        if skipped := _listed(self.scan.skipped):
            page.paragraph(f"skipped: {skipped}", "  ", tone="quiet")
        output.write_page(page, self.args.color)

    def _files(self) -> str:
        summary = self.summary
        parts = [counted(summary.files, "file")]
        if summary.libraries:
            parts.append(
                ", ".join(f"{count} with {name}" for name, count in summary.libraries.most_common())
            )
        return ": ".join(parts)

    def _calls(self) -> str:
        summary = self.summary
        share = 100 * summary.answered / summary.calls
        parts = [f"{counted(summary.calls, 'call')}: {summary.answered} answered ({share:.0f} %)"]
        for kind, words in (("missing", "without a row"), ("unknown", "unknown")):
            if summary.kinds[kind]:
                parts.append(f"{summary.kinds[kind]} {words}")
        return ", ".join(parts)


def _write_blocking(page: page.Page, counts: Mapping[str, list[int]], what: str) -> None:
    """The symbols that stand in the way, with the files that each is in, those of most first."""
    entries = [*blocking(counts)]
    if not entries:
        return
    page.line((f"  {what}:", ""))
    width = max(len(entry["symbol"]) for entry in entries[:_MOST])
    for entry in entries[:_MOST]:
        where = f"{counted(entry['calls'], 'call')} in {counted(entry['files'], 'file')}"
        page.line((f"    {inert_line(entry['symbol']):<{width}}  ", "code"), (where, "quiet"))
    if len(entries) > _MOST:
        page.line((f"    and {len(entries) - _MOST} more; --json has all", "quiet"))


class Document(Writer):
    """One JSON document, written as the files come."""

    _started = False

    def write(self, file: File, told: Told) -> None:
        """Print the entry of a file."""
        self.before()
        entry = file_entry(file, told, self.scan.found(file), self.rows)
        text = json.dumps(entry, indent=2, allow_nan=False).replace("\n", "\n    ")
        output.write(("," if self._started else _HEAD) + "\n    " + text)
        self._started = True

    def end(self) -> None:
        """Print the sum, and close the document."""
        summary = json.dumps(self.summary.to_json(self.scan.skipped), indent=2)
        files = "\n  ]" if self._started else f"{_HEAD}]"
        text = summary.replace("\n", "\n  ")
        output.write(f'{files},\n  "summary": {text}\n}}\n')


_HEAD = '{\n  "schema": 1,\n  "files": ['


class Log(Writer):
    """One SARIF log, at the end."""

    _log: sarif.Log | None = None

    def write(self, file: File, told: Told) -> None:
        """Take a file in."""
        self._log = self._log or sarif.Log(self.rows)
        self._log.add(told, self.scan.found(file))

    def end(self) -> None:
        """Print the log."""
        self.before()
        output.write_json((self._log or sarif.Log(self.rows)).to_json())


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{what} {count}" for what, count in counts.items())
