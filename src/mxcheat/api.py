"""The cheatsheet, live runs and scans for programs: what `from mxcheat import ...` gives.

The rows are those that every command sees: the shipped ones, then those of the files that the
configuration names, then those of `data`, where a known id replaces that row. Every error is an
MxcheatError; the modules that do the work are imported by the function that needs them.
"""

from __future__ import annotations

from mxcheat.config import row_files
from mxcheat.loading import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike
    from pathlib import Path

    from mxcheat.cheatsheet.nodes import DataFileError
    from mxcheat.cheatsheet.row import InputSpec, Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.config.reader import Settings
    from mxcheat.live.results import TryResult
    from mxcheat.live.session import Session
    from mxcheat.live.trial import Trial
    from mxcheat.scan.found import Report

    # One YAML file of rows, or several.
    Data = str | PathLike[str] | Sequence[str | PathLike[str]]


class Hits(list):  # type: ignore[type-arg] # subscripting it would take a module more
    """The hits of a lookup: a list, shown in a few lines."""

    def __repr__(self) -> str:
        others = [f"  {hit.row.id}: {hit.row.function}" for hit in self[1:]]
        return "\n".join([repr(self[0].row), *others]) if self else "[]"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from html import escape  # noqa: PLC0415

        lines = (f"<code>{hit.row.id}</code> {escape(hit.row.function)}" for hit in self[1:])
        return "<br>".join([self[0].row._repr_html_(), *lines]) if self else "[]"


def rows(
    section: str | None = None, availability: str | None = None, *, data: Data = ()
) -> list[Row]:
    """Rows in the order of the cheatsheet.

    `section` ("tensor", "tensor/operation") takes in all below it; `availability` is
    "equivalent", "differs", "workaround", "pytorch-only" or "gluon-only".

    Raises FilterError for a section or an availability that nobody knows, and DataFileError,
    whose `lines` name every problem, for a file that cannot be used.
    """
    from mxcheat.cheatsheet.sheet import filtered  # noqa: PLC0415

    sheet = _sheet(_files(data))
    return filtered(sheet.rows, sheet.sections, section, availability)


def lookup(
    query: str,
    n: int = 5,
    section: str | None = None,
    availability: str | None = None,
    *,
    data: Data = (),
) -> Hits:
    """At most `n` rows for a name, a line of code or a few words, best first; [] if none fits.

    A Hit has the `row`, its `score` from 0 to 100, `exact`: whether the query is one of the row's
    names, and `sure`: whether the row is an answer, or a guess. A prompt shows the best row and a
    line for each of the others. The other arguments and the errors are those of `rows`.
    """
    from mxcheat.cheatsheet.sheet import filtered  # noqa: PLC0415
    from mxcheat.search import Index, find  # noqa: PLC0415
    from mxcheat.search.index import shipped_index  # noqa: PLC0415

    files = _files(data)
    sheet = _sheet(files)
    chosen = filtered(sheet.rows, sheet.sections, section, availability)
    every_shipped = not any(files) and len(chosen) == len(sheet.rows)
    index = shipped_index(load, chosen) if every_shipped else Index(chosen, sheet.calls)
    return Hits(find(index, query, n))


def try_row(  # noqa: PLR0913 - all but the row have a default
    row: Row | str,
    ctx: str = "cpu",
    *,
    timeout: float = 30.0,
    bench: bool = False,
    session: Session | None = None,
    data: Data = (),
) -> TryResult:
    """Run both forms of a row side by side, from the same inputs, and say whether they agree.

    `row` is a Row, or the id of one. `ctx` is a device in any spelling ("cpu", "gpu0",
    "mx.gpu(0)", "cuda:0"). `timeout` is in seconds of a snippet's own time. With `bench` each
    side is timed over many iterations. A `session` keeps both frameworks imported from one try
    to the next; without one they are imported for this try (a second or two) and ended.

    What goes wrong on a side is in the result, not raised: a missing framework or device, an
    exception, a crash or a time-out is its `status` and `error`, and the other side has run.

    Raises NothingFoundError for an id that no row has, MxcheatError for a device or a time limit
    that is none or a wrong setting, and DataFileError as `rows` does.
    """
    from mxcheat.config.reader import read_settings  # noqa: PLC0415
    from mxcheat.live.trial import trial_of  # noqa: PLC0415

    settings = read_settings()
    found = _row_of(row, _files(data, settings)) if isinstance(row, str) else row
    return _run(trial_of(found), settings, session, ctx, timeout, bench=bench)


def try_pair(  # noqa: PLR0913 - all have a default
    pytorch: str | None = None,
    gluon: str | None = None,
    inputs: str | Mapping[str, InputSpec] = "",
    ctx: str = "cpu",
    *,
    timeout: float = 30.0,
    bench: bool = False,
    session: Session | None = None,
) -> TryResult:
    """Run a pair of your own side by side, and say whether the values of their last lines agree.

    `inputs` are named as `mxcheat try --inputs` takes them ("x=uniform(2, 3); k=2"), or a mapping
    of names to such specifications, numbers or lists. One side may be left out. All else is as
    `try_row` has it.

    Raises MxcheatError for no code at all, for inputs that cannot be read, for a device or a time
    limit that is none, and for a wrong setting.
    """
    from mxcheat.cheatsheet.inputs import parse_specs, plan_inputs  # noqa: PLC0415
    from mxcheat.config.reader import read_settings  # noqa: PLC0415
    from mxcheat.errors import MxcheatError  # noqa: PLC0415
    from mxcheat.live.trial import trial_of_code  # noqa: PLC0415

    given: dict[Side, str | None] = {"pytorch": pytorch, "gluon": gluon}
    if not any(code and code.strip() for code in given.values()):
        raise MxcheatError("there is no code to run", hint="give pytorch=, gluon= or both")
    specs = parse_specs(inputs) if isinstance(inputs, str) else dict(inputs)
    for name, spec in specs.items():
        if not isinstance(spec, (str, int, float, list)):
            hint = "give a specification, a number or a list"
            raise MxcheatError(f"input {name} is a {type(spec).__name__}", hint=hint)
    plan_inputs(specs)
    return _run(trial_of_code(given, specs), read_settings(), session, ctx, timeout, bench=bench)


def _run(  # noqa: PLR0913 - what a run takes
    trial: Trial,
    settings: Settings,
    session: Session | None,
    ctx: str,
    timeout: float,
    *,
    bench: bool,
) -> TryResult:
    from contextlib import nullcontext  # noqa: PLC0415

    from mxcheat.config.engine import engine_settings  # noqa: PLC0415
    from mxcheat.live.device import parse_device  # noqa: PLC0415
    from mxcheat.live.session import Session  # noqa: PLC0415

    device, seconds = parse_device(ctx), _seconds(timeout)
    with nullcontext(session) if session else Session(engine_settings(settings)) as running:
        return running.run(trial, device, seconds, bench=bench)


def scan(
    *paths: str | PathLike[str],
    framework: str = "mxnet",
    include: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    data: Data = (),
) -> Report:
    """What the files and folders use of a framework, which rows answer it, and what will bite.

    `framework` is "mxnet" or "torch": what the code is written for. `include` and `exclude` are
    patterns as in a .gitignore, one or several. Nothing of the code is imported or run. What is
    found of a file that cannot be read whole is there beside its `problem`.

    Raises MxcheatError for a path that is not there and for a framework that is none, and
    DataFileError as `rows` does.
    """
    from os import fspath  # noqa: PLC0415

    from mxcheat.errors import MxcheatError, did_you_mean  # noqa: PLC0415
    from mxcheat.scan.found import Report  # noqa: PLC0415
    from mxcheat.scan.scanning import Scan  # noqa: PLC0415

    known = ("mxnet", "torch")
    if framework not in known:
        raise MxcheatError(f"no framework {framework!r}", hint=did_you_mean(framework, known))
    sheet = _sheet(_files(data))
    found = Scan(
        [fspath(path) for path in paths],
        sheet,
        framework,
        include=[include] if isinstance(include, str) else include,
        exclude=[exclude] if isinstance(exclude, str) else exclude,
    )
    return Report(tuple(found), found.skipped)


def _files(data: Data, settings: Settings | None = None) -> tuple[list[Path], list[Path]]:
    """Files of rows: what the configuration names, and what is given."""
    from os import PathLike  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    given = [data] if isinstance(data, (str, PathLike)) else data
    return [*map(Path, row_files(settings))], [*map(Path, given)]


def _sheet(files: tuple[list[Path], list[Path]]) -> Cheatsheet:
    configured, given = files
    return load([*configured, *given], configured, _warn)


def _warn(error: DataFileError) -> None:
    import warnings  # noqa: PLC0415
    from inspect import currentframe  # noqa: PLC0415

    frame, depth = currentframe(), 1
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] == "mxcheat":
        frame, depth = frame.f_back, depth + 1  # the line to look at is the caller's
    warnings.warn(f"{error} (its other rows are used)", stacklevel=depth)


def _row_of(row_id: str, files: tuple[list[Path], list[Path]]) -> Row:
    from mxcheat.errors import NothingFoundError  # noqa: PLC0415
    from mxcheat.search import Index, find  # noqa: PLC0415

    sheet = _sheet(files)
    row = sheet.row(row_id)
    if row is None:
        nearest = find(Index(sheet.rows, sheet.calls), row_id, 1)
        hint = f"did you mean {nearest[0].row.id}?" if nearest else "rows() gives every row"
        raise NothingFoundError(f"no row has the id {row_id!r}", hint=hint)
    return row


def _seconds(timeout: float) -> float:
    from math import inf  # noqa: PLC0415

    from mxcheat.errors import MxcheatError  # noqa: PLC0415

    if not 0 < timeout < inf:
        raise MxcheatError(f"timeout is {timeout!r}", hint="give seconds above 0")
    return timeout
