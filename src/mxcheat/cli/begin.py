"""From what a user says of a row to the row begun: as a copy of a shipped one, or as a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.code import called_names, names_in, syntax_problem
from mxcheat.cheatsheet.rules import FILL_IN
from mxcheat.cheatsheet.sides import PROVIDED, SIDES
from mxcheat.cheatsheet.writing import ARRAY, Draft, template, text_of_row
from mxcheat.cli.arguments import UsageError
from mxcheat.cli.try_row import read_code
from mxcheat.errors import did_you_mean
from mxcheat.paths import shipped_files

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.cli.forms import Forms
    from mxcheat.cli.skeleton import Skeleton

_NAME = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)


def id_of(name: str) -> str:
    """The id of a row for what has this name: hard-sigmoid for F.hard_sigmoid.

    Raises UsageError for a name without a letter or digit.
    """
    row_id = re.sub(r"[^a-z0-9]+", "-", name.rpartition(".")[2].lower()).strip("-")
    if not row_id:
        raise UsageError(f"new: {name!r} gives no id", hint="try mxcheat new hard_sigmoid")
    return row_id


class Begun(NamedTuple):
    """A row as an item of `rows`, not indented, what its author should know, and its forms.

    `forms` are empty for a copy.
    """

    text: str
    notes: list[str]
    forms: Mapping[Side, str]


def begin(args: argparse.Namespace, row_id: str, sheet: Cheatsheet) -> Begun:
    """Begin the row that the command line names. Raises UsageError for options that are wrong."""
    copied = next(filter(None, (text_of_row(path, row_id) for path in shipped_files())), "")
    if not copied:
        draft, problems = _draft(args, row_id, sheet.sections)
        answering = _answering(draft, sheet.rows).items()
        notes = [f"{api} is in the cheatsheet already: {', '.join(ids)}" for api, ids in answering]
        notes += problems
        return Begun(template(draft, sheet.sections), notes, draft.forms)
    options = ("section", "function", *SIDES)
    given = [f"--{option}" for option in options if getattr(args, option) is not None]
    if given:
        hint = f"leave out {' and '.join(given)} to begin with a copy, or take another NAME"
        raise UsageError(f"new: {row_id} is a shipped row", hint=hint)
    return Begun(copied, [f"{row_id} is a shipped row: this is a copy, which will replace it"], {})


def _draft(
    args: argparse.Namespace, row_id: str, sections: Iterable[str]
) -> tuple[Draft, list[str]]:
    """The row as far as it is known, and what does not run of what was looked up."""
    if args.section is not None and args.section not in sections:
        hint = did_you_mean(args.section, sections)
        raise UsageError(f"new: no section {args.section!r}", hint=hint)
    given: dict[Side, str] = {
        side: _given(side, code) for side in SIDES if (code := getattr(args, side)) is not None
    }
    looked_up = _looked_up(args) if len(given) < len(SIDES) else None
    found = looked_up.skeletons if looked_up else {}
    known = {**{side: skeleton.form for side, skeleton in found.items()}, **given}
    forms = {side: known[side] for side in SIDES if side in known}
    kept = {side: skeleton for side, skeleton in found.items() if side not in given}
    draft = Draft(
        row_id,
        args.section or _section(kept.values()),
        args.function or FILL_IN,
        forms,
        {
            side: [kept[side].api] if side in kept else called_names(form, side)
            for side, form in forms.items()
        },
        _inputs(forms, kept.values()),
    )
    return draft, looked_up.problems if looked_up and not given else []


def _section(skeletons: Iterable[Skeleton]) -> str:
    is_layer = any(skeleton.is_layer for skeleton in skeletons)
    return "module" if is_layer else "tensor/operation"


def _answering(draft: Draft, rows: Iterable[Row]) -> dict[str, list[str]]:
    """The names of the draft that rows answer for already, and the ids of these."""
    answering: dict[str, list[str]] = {}
    for row in rows:
        for side in SIDES:
            for api in {*row.answers.get(side, ())} & {*draft.answers.get(side, ())}:
                answering.setdefault(api, []).append(row.id)
    return answering


def _given(side: Side, code: str) -> str:
    code = read_code(side, code).replace("\r\n", "\n").strip("\n")
    problem = syntax_problem(code)
    if problem:
        raise UsageError(f"new: --{side} {code!r}: {problem[1]}")
    return code


def _looked_up(args: argparse.Namespace) -> Forms:
    """What the frameworks that can be had make of the name."""
    from mxcheat.cli.forms import Forms, find_forms  # noqa: PLC0415 - not with both forms given
    from mxcheat.config.engine import engine_settings  # noqa: PLC0415
    from mxcheat.live.session import Session  # noqa: PLC0415

    name = args.name[0]
    if not _NAME.fullmatch(name):
        return Forms({}, [])
    with Session(engine_settings(args.settings), once=True) as session:
        session.warm_up()
        return find_forms(session, name)


def _inputs(forms: Mapping[Side, str], skeletons: Iterable[Skeleton]) -> dict[str, str]:
    """Every name that a form is to be given, in the order of the code."""
    known = {name: spec for each in skeletons for name, spec in each.inputs.items()}
    inputs = {}
    for side, form in forms.items():
        names = names_in(form, side).free - {*PROVIDED[side]}
        for name in sorted(names, key=lambda name: _place(name, form)):
            inputs[name] = known.get(name, ARRAY)
    return inputs


def _place(name: str, code: str) -> int:
    found = re.search(rf"\b{name}\b", code)
    return found.start() if found else len(code)
