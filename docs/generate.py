"""Writes everything in the documentation that is made from the data or from the app itself.

`make docs` runs it: docs/keys.md, docs/configuration.md, docs/json.md, docs/schemas/row.json, the
tables of docs/usage.md and docs/writing-rows.md, docs/mxcheat.1 (the manual page),
data/measured/parameters.tsv (how names are called), data/measured/outcomes.jsonl (what verifying
every row gave), data/measured/recordings.json.gz,
docs/errata.md, the card in README.md, and docs/screenshot.svg (the real app, driven through a
live run).
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from documents import json_page, row_schema
from imports import with_packages
from manual import manual_page
from options import with_options
from parameters import parameter_lists
from reference import configuration_page, keys_page, with_card, with_counts, with_row_keys

from mxcheat.cli.record import run as record
from mxcheat.cli.verify import run_rows
from mxcheat.config.reader import read_settings
from mxcheat.live import outcomes
from mxcheat.loading import load
from mxcheat.paths import outcomes_file, parameters_file, recordings_file
from mxcheat.render.errata import to_errata
from mxcheat.session import Session
from mxcheat.tui.app import MxcheatApp

DOCS = Path(__file__).parent


def write_outcomes() -> None:
    """Verify every row, and keep what was found."""
    rows = load().rows
    verified, versions = run_rows(rows, {}, read_settings())
    for each in verified:
        if not each.ok:
            raise SystemExit(f"{each.id}: {each.reason}")
    outcomes.write_outcomes(outcomes_file(), outcomes.outcomes_of(rows, verified, versions))


def write_parameters() -> None:
    """Ask both frameworks how the names that rows answer for are called."""
    with Session(recorded=False) as session:
        text = parameter_lists(session, load().rows)
    parameters_file().write_text(text, encoding="utf-8")


async def take_screenshot() -> None:
    """Search for a row, run it, and keep what is on the screen."""
    app = MxcheatApp(load())
    async with app.run_test(size=(132, 36)) as pilot:
        await pilot.press(*"matrix product")
        await pilot.pause()
        await pilot.press("enter")
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
    (DOCS / "schemas" / "row.json").write_text(row_schema(), encoding="utf-8")
    (DOCS / "json.md").write_text(json_page(), encoding="utf-8")
    usage = DOCS / "usage.md"
    usage.write_text(with_options(usage.read_text("utf-8")), encoding="utf-8")
    writing = DOCS / "writing-rows.md"
    writing.write_text(with_row_keys(writing.read_text("utf-8")), encoding="utf-8")
    architecture = DOCS / "architecture.md"
    architecture.write_text(with_packages(architecture.read_text("utf-8")), encoding="utf-8")


def main() -> None:
    write_reference()
    write_parameters()
    record(["--output", str(recordings_file())])
    write_outcomes()
    readme = DOCS.parent / "README.md"
    readme.write_text(with_counts(with_card(readme.read_text("utf-8"))), encoding="utf-8")
    shipped = outcomes.Outcomes(outcomes.read_outcomes(outcomes_file()))
    (DOCS / "errata.md").write_text(to_errata(load(), shipped), encoding="utf-8")
    asyncio.run(take_screenshot())


if __name__ == "__main__":
    main()
