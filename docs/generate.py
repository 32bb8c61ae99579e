"""Writes everything in the documentation that is made from the data or from the app itself.

`make docs` runs it: docs/keys.md, docs/configuration.md, docs/json.md, the tables of
docs/usage.md, docs/mxcheat.1 (the manual page), data/verdicts.json (what verifying every
row gave), data/recordings.json.gz, docs/errata.md, and docs/screenshot.svg (the real app, driven
through a live run).
"""

from __future__ import annotations

import asyncio
import json
import platform
from pathlib import Path

from documents import json_page
from imports import with_packages
from manual import manual_page
from options import with_options
from reference import configuration_page, keys_page

from mxcheat.cheatsheet import load
from mxcheat.cli.record import run as record
from mxcheat.live.verify import verify_rows
from mxcheat.paths import recordings_file, verdicts_file
from mxcheat.render.errata import to_errata
from mxcheat.session import Session
from mxcheat.tui.app import MxcheatApp

DOCS = Path(__file__).parent


def write_verdicts() -> None:
    """Verify every row and keep the outcome: the start of a `verify --json` document."""
    rows = []
    with Session() as session:
        for verified in verify_rows(session, load().rows):
            row = verified.to_json()
            del row["ms"]  # a time would change with every run
            rows.append(row)
            if not verified.ok:
                raise SystemExit(f"{verified.id}: {verified.reason}")
        torch, mxnet = (session.workers[side].info for side in ("pytorch", "gluon"))
    versions = {
        "torch": torch["version"],
        "mxnet": mxnet["version"],
        "numpy": mxnet["numpy"],
        "python": platform.python_version(),
    }
    document = {"schema": 1, "versions": versions, "ctx": "cpu", "rows": rows}
    verdicts_file().write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


async def take_screenshot() -> None:
    """Search for a row, run it, and keep what is on the screen."""
    app = MxcheatApp(load())
    async with app.run_test(size=(132, 36)) as pilot:
        await pilot.press(*"matrix product")
        await pilot.pause()
        await pilot.press("down", "enter")
        for _ in range(600):
            await pilot.pause(0.1)
            shown = app.export_screenshot()
            if "largest" in shown and "starting" not in shown:
                break
        else:
            raise SystemExit("no verdict within a minute")
        app.save_screenshot("screenshot.svg", str(DOCS))


def write_reference() -> None:
    """Write what is made from the app's own tables, from schemas, from parsers and from imports."""
    (DOCS / "keys.md").write_text(keys_page(), encoding="utf-8")
    (DOCS / "configuration.md").write_text(configuration_page(), encoding="utf-8")
    (DOCS / "mxcheat.1").write_text(manual_page(), encoding="utf-8")
    (DOCS / "json.md").write_text(json_page(), encoding="utf-8")
    usage = DOCS / "usage.md"
    usage.write_text(with_options(usage.read_text("utf-8")), encoding="utf-8")
    architecture = DOCS / "architecture.md"
    architecture.write_text(with_packages(architecture.read_text("utf-8")), encoding="utf-8")


def main() -> None:
    write_reference()
    record(["--output", str(recordings_file())])
    write_verdicts()
    (DOCS / "errata.md").write_text(to_errata(load()), encoding="utf-8")
    asyncio.run(take_screenshot())


if __name__ == "__main__":
    main()
