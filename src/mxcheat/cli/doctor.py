"""mxcheat doctor: what this machine has, what it lacks, and the line that mends it."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mxcheat import __version__
from mxcheat.cheatsheet.nodes import DataFileError
from mxcheat.cheatsheet.reader import read_file
from mxcheat.cheatsheet.sheet import overlay
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, once
from mxcheat.cli.sheet import check_line
from mxcheat.config import missing
from mxcheat.config.table import SETTINGS
from mxcheat.errors import ExitCode, MxcheatError, did_you_mean
from mxcheat.loading import load
from mxcheat.paths import config_file, mappings_file, shipped_files, state_directory
from mxcheat.render.inert import inert_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.config.reader import Settings
    from mxcheat.live.pythons.choose import Chosen, EngineSettings
    from mxcheat.live.results import Failure
    from mxcheat.live.session import Session
    from mxcheat.render.page import Page


_CONFIG = "MXCHEAT_CONFIG"
_OF_WORKERS = {"MXCHEAT_NO_FORK", "MXCHEAT_WORKER"}
EXAMPLES = """examples:
  mxcheat doctor
  mxcheat doctor --json | jq .frameworks.mxnet"""


def parser() -> Parser:
    """What the command takes."""
    about = "Show what is here, what is missing, and how to get it."
    parser = Parser("doctor", about, EXAMPLES)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Look at the settings, the data and both frameworks, whatever is wrong with one of them."""
    args = parser().parse_words(argv)

    from mxcheat.config.engine import engine_settings  # noqa: PLC0415
    from mxcheat.config.reader import examine_settings  # noqa: PLC0415

    settings, problems = examine_settings()
    problems += [*_wrong_variables(), *_wrong_values(settings)]
    data = _data(settings, args.data, problems)
    frameworks = _frameworks(engine_settings(settings))
    lacking = not all(framework["found"] for framework in frameworks.values())
    document = {
        "schema": 1,
        "mxcheat": __version__,
        "python": sys.executable,
        "data": data,
        **_settings(settings),
        "frameworks": frameworks,
        "problems": [
            {"problem": problem.message, "fix": problem.hint or None} for problem in problems
        ],
        "ok": not (lacking or problems),
    }
    if args.json:
        output.write_json(document)
    else:
        _write(document, args.color)
    if lacking:
        return ExitCode.MISSING
    return ExitCode.NO if problems else ExitCode.DONE


def _wrong_variables() -> Iterator[MxcheatError]:
    """Variables of ours that nothing reads, and a configuration that is named and not there."""
    known = {setting.variable for setting in SETTINGS} | {_CONFIG}
    for name in sorted(os.environ):
        if name.startswith("MXCHEAT_") and name not in known | _OF_WORKERS:
            yield MxcheatError(f"nothing reads {name}", hint=did_you_mean(name, sorted(known)))
    path = config_file()
    if os.environ.get(_CONFIG) and path and not os.path.exists(path):
        yield MxcheatError(
            f"{_CONFIG}: there is no file {path}", hint=f"create it, or unset {_CONFIG}"
        )


def _wrong_values(settings: Settings) -> list[MxcheatError]:
    """What those find wrong who use a setting: the engine's device, the app's theme and keys."""
    from mxcheat.config.engine import device_of  # noqa: PLC0415
    from mxcheat.tui.wrong_settings import wrong_settings  # noqa: PLC0415

    found = [*wrong_settings(settings)]
    try:
        device_of(settings)
    except MxcheatError as error:
        found.append(error)
    return found


def _data(
    settings: Settings, given: Sequence[Path], problems: list[MxcheatError]
) -> dict[str, Any]:
    """The sheet, and what lies over it; what is wrong with a file goes to `problems`."""
    sheet = load()
    described = []
    for file in once([*map(Path, settings["data"]), *given]):
        if str(file) in settings["data"] and not file.exists():
            problems.append(missing(settings, str(file)))
            continue
        try:
            reading = read_file(file, sheet)
        except DataFileError as error:
            problems.append(error)
            continue
        if reading.problems:
            wrong = DataFileError(file, reading.problems)
            problems.append(MxcheatError(str(wrong), hint=f"all problems: {check_line(wrong)}"))
        described.append(_overlay(file, reading.sheet, sheet))
        sheet = overlay(sheet, reading.sheet)
    content = b"".join(path.read_bytes() for path in shipped_files())
    return {
        "rows": len(sheet.rows),
        "path": str(mappings_file()),
        "sha256": hashlib.sha256(content).hexdigest(),
        "overlays": described,
    }


def _overlay(path: Path, added: Cheatsheet, before: Cheatsheet) -> dict[str, Any]:
    """How many rows a file adds, which it replaces, and from which file each."""
    origins = before.origins
    replaced = {row.id: origins[row.id] for row in added.rows if row.id in origins}
    return {
        "path": str(path),
        "rows": len(added.rows),
        "replaces": list(replaced),
        "replaced_from": replaced,
    }


def _settings(settings: Settings) -> dict[str, Any]:
    """Where the configuration and the state are looked for, and what every setting is."""
    path = config_file()
    return {
        "config": {"path": path, "found": bool(path and os.path.exists(path))},
        "state": {"path": state_directory()},
        "settings": {name: value._asdict() for name, value in settings.items()},
    }


def _frameworks(settings: EngineSettings) -> dict[str, dict[str, Any]]:
    from mxcheat.live.pythons.choose import choose  # noqa: PLC0415
    from mxcheat.live.session import Session  # noqa: PLC0415

    with Session(settings) as session:
        found = session.warm_up()
        chosen = {side: choose(side, settings) for side in found}
        return {
            chosen[side].framework: _framework(session, chosen[side], info)
            for side, info in found.items()
        }


def _framework(session: Session, chosen: Chosen, info: dict[str, Any] | Failure) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "found": False,
        "version": None,
        "python": chosen.python,
        "why": chosen.why,
        "numpy": None,
        "devices": [],
        "problem": None,
        "fix": None,
    }
    if not isinstance(info, dict):
        return {**blank, "problem": info.message, "fix": info.fix or None}
    known = {name: info[name] for name in ("version", "numpy")}
    return {**blank, **known, "found": True, "devices": session.devices(chosen.side)}


def _write(document: dict[str, Any], color: str) -> None:
    page = output.new_page()
    page.line((f"mxcheat {document['mxcheat']}", "title"), (f"  {document['python']}", "quiet"))
    _write_paths(page, document)
    for name, framework in document["frameworks"].items():
        _write_framework(page, name, framework)
    for problem in document["problems"]:
        page.line(
            (f"{'problem':<10}", "quiet"), ("✗ ", "bad"), (inert_line(problem["problem"]), "")
        )
        if problem["fix"]:
            page.line((" " * 12, ""), (inert_line(problem["fix"]), ""))
    output.write_page(page, color)


def _write_paths(page: Page, document: dict[str, Any]) -> None:
    """The data, what lies over it, the configuration and what it sets, the state."""
    data, config = document["data"], document["config"]
    _labelled(page, "data", f"{data['rows']} rows, {data['path']}")
    for own in data["overlays"]:
        count = f"{own['rows']} row{'s' * (own['rows'] != 1)}"
        _labelled(page, "overlay", inert_line(f"{own['path']}: {count}"))
        for row_id, file in own["replaced_from"].items():
            _labelled(page, "", inert_line(f"  its {row_id} replaces the one from {file}"))
    found = "" if config["found"] else " (not there; none is needed)"
    _labelled(page, "config", f"{config['path'] or 'none: HOME is not set'}{found}")
    for name, setting in document["settings"].items():
        if setting["origin"] != "default":
            said = f"{name} = {setting['value']!r}, from {setting['origin']}"
            _labelled(page, "setting", inert_line(said))
    _labelled(page, "state", document["state"]["path"] or "none: HOME is not set")


def _write_framework(page: Page, name: str, framework: dict[str, Any]) -> None:
    if framework["found"]:
        devices = ", ".join(framework["devices"])
        numpy = f"NumPy {framework['numpy']}" if framework["numpy"] else "no NumPy"
        facts = f"{framework['version']}, {numpy}, devices: {devices}"
        page.line((f"{name:<10}", "quiet"), ("✓ ", "good"), (facts, ""))
    else:
        problem = inert_line(framework["problem"])
        page.line((f"{name:<10}", "quiet"), ("✗ ", "bad"), (problem, ""))
        if framework["fix"]:
            page.line((" " * 12, ""), (f"to get it: {inert_line(framework['fix'])}", ""))
    page.line((" " * 12, ""), (f"{framework['python']} ({framework['why']})", "quiet"))


def _labelled(page: Page, label: str, text: str) -> None:
    page.line((f"{label:<10}", "quiet"), (text, ""))
