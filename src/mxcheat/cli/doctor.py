"""mxcheat doctor: what this machine has, what it lacks, and the line that mends it."""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING, Any

from mxcheat import __version__
from mxcheat.cheatsheet import load
from mxcheat.cheatsheet.reader import load_file
from mxcheat.cheatsheet.sheet import Cheatsheet, overlay
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser
from mxcheat.errors import ExitCode
from mxcheat.paths import config_file, mappings_file, shipped_files, state_directory
from mxcheat.render.inert import inert_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Failure
    from mxcheat.live.session import Session
    from mxcheat.render.page import Page


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
    """Look at the data and at both frameworks."""
    args = parser().parse_all(argv)
    data = _data(args.data)

    from mxcheat.cheatsheet.sides import FRAMEWORKS  # noqa: PLC0415
    from mxcheat.live.session import Session  # noqa: PLC0415

    with Session() as session:
        found = session.warm_up()
        frameworks = {
            FRAMEWORKS[side]: _framework(session, side, info) for side, info in found.items()
        }
    ok = all(framework["found"] for framework in frameworks.values())
    document = {
        "schema": 1,
        "mxcheat": __version__,
        "python": sys.executable,
        "data": data,
        **_settings(),
        "frameworks": frameworks,
        "ok": ok,
    }
    if args.json:
        output.write_json(document)
    else:
        _write(document, args.color)
    return ExitCode.DONE if ok else ExitCode.MISSING


def _data(overlays: Sequence[Path]) -> dict[str, Any]:
    sheet = load()
    described = []
    for path in overlays:
        added = load_file(path, sheet)
        described.append(_overlay(path, added, sheet))
        sheet = overlay(sheet, added)
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


def _settings() -> dict[str, Any]:
    """Where the configuration and the state are looked for, and what every setting is."""
    from mxcheat.config.reader import read_settings  # noqa: PLC0415

    path = config_file()
    settings = {name: value._asdict() for name, value in read_settings().items()}
    return {
        "config": {"path": path, "found": bool(path and os.path.exists(path))},
        "state": {"path": state_directory()},
        "settings": settings,
    }


def _framework(session: Session, side: Side, info: dict[str, Any] | Failure) -> dict[str, Any]:
    from mxcheat.live.interpreters import choose  # noqa: PLC0415

    python, why, _ = choose(side)
    blank: dict[str, Any] = {
        "found": False,
        "version": None,
        "python": python,
        "why": why,
        "numpy": None,
        "devices": [],
    }
    if not isinstance(info, dict):
        return {**blank, "problem": info.message, "fix": info.fix or None}
    return {
        "found": True,
        "version": info["version"],
        "python": python,
        "why": why,
        "numpy": info["numpy"],
        "devices": session.devices(side),
        "problem": None,
        "fix": None,
    }


def _write(document: dict[str, Any], color: str) -> None:
    page = output.new_page()
    page.line((f"mxcheat {document['mxcheat']}", "title"), (f"  {document['python']}", "quiet"))
    _write_paths(page, document)
    for name, framework in document["frameworks"].items():
        _write_framework(page, name, framework)
    output.write_page(page, color)


def _write_paths(page: Page, document: dict[str, Any]) -> None:
    """The data, what lies over it, the configuration and what it sets, the state."""
    data, config = document["data"], document["config"]
    _labelled(page, "data", f"{data['rows']} rows, {data['path']}")
    for own in data["overlays"]:
        count = f"{own['rows']} row{'s' * (own['rows'] != 1)}"
        _labelled(page, "overlay", inert_line(f"{own['path']}: {count}"))
        for row_id, file in own["replaced_from"].items():
            _labelled(page, "", inert_line(f"  its {row_id} replaces that of {file}"))
    found = "" if config["found"] else " (none there, and none is needed)"
    _labelled(page, "config", f"{config['path'] or 'nowhere: there is no home'}{found}")
    for name, setting in document["settings"].items():
        if setting["origin"] != "default":
            said = f"{name} = {setting['value']!r}, from {setting['origin']}"
            _labelled(page, "setting", inert_line(said))
    _labelled(page, "state", document["state"]["path"] or "nowhere: there is no home")


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
