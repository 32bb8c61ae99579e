"""The tables of docs/writing-rows.md: what they name exists, and what exists they name."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.inputs import DTYPES, plan_input
from mxcheat.cheatsheet.makers import MAKERS
from mxcheat.cheatsheet.reader import FILE_KEYS, PRINTED_KEYS, ROW_KEYS, read_text
from mxcheat.cheatsheet.row import AVAILABILITIES, COMPARISONS, Snippet
from mxcheat.cheatsheet.rules import faults
from mxcheat.cheatsheet.sides import MODULES, PROVIDED, SIDES
from mxcheat.live.trial import Trial
from mxcheat.loading import load

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.session import Session

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "writing-rows.md").read_text("utf-8")


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def table(heading: str, header: str) -> dict[str, str]:
    """The second column of a table by the first, without the header."""
    lines = section(heading).split(f"| {header} |")[1].split("\n\n")[0].splitlines()[2:]
    cells = (line.strip("| ").split(" | ", 1) for line in lines if line.startswith("|"))
    return dict(cells)


def code(text: str) -> list[str]:
    return re.findall(r"`(.*?)`", text)


def test_the_tables_of_keys_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    assert import_module("reference").with_row_keys(PAGE) == PAGE, "run make docs"
    made = import_module("documents").row_schema()
    assert (DOCS / "schemas" / "row.json").read_text("utf-8") == made, "run make docs"


def test_every_key_is_named_and_no_other() -> None:
    assert [key for cell in table("The file", "key") for key in code(cell)] == [
        *reversed(FILE_KEYS)
    ]
    keys = table("Keys", "key")
    assert {key for cell in keys for key in code(cell)} == set(ROW_KEYS)
    assert set(COMPARISONS) <= set(code(keys["`compare`"]))
    assert set(PRINTED_KEYS) <= set(code(keys["`printed`"]))
    required = section("Keys").split("have to be there")[0]
    assert {*code(required)} == {key.name for key in ROW_KEYS.values() if key.required}


def examples() -> list[str]:
    """What the page shows of differences, arguments and the like, as keys of a row."""
    found = [
        text
        for heading in ("Differences", "Arguments, spellings, versions")
        for text in re.findall(r"```yaml\n(.*?)```", section(heading), re.DOTALL)
    ]
    assert len(found) == 2
    return found


def test_the_examples_of_keys_are_sound() -> None:
    row = """\
rows:
- id: concat
  section: tensor/operation
  function: Join tensors
  pytorch: torch.cat([a, b], dim=1)
  gluon: nd.concat(a, b, dim=1)
  availability: equivalent
  answers: {pytorch: [torch.cat], gluon: [mxnet.nd.concat]}
  inputs: {a: "uniform(2, 3)", b: "uniform(2, 3)"}
"""
    (weights,) = re.findall(r"```yaml\n(.*?)```", section("Weights of a layer"), re.DOTALL)
    layer = """\
- id: mix
  section: layers
  function: Mix two inputs
  availability: equivalent
"""
    reading = read_text(row + "".join(examples()) + layer + weights, load())
    assert reading.problems == ()
    assert [fault for read in reading.rows for fault in faults(read.row)] == []


def test_every_availability_is_named_and_no_other() -> None:
    named = [word for cell in table("Keys", "availability") for word in code(cell)]
    assert named == list(AVAILABILITIES)


def test_every_maker_and_dtype_is_named_and_each_works() -> None:
    specs = [spec for cell in table("Inputs", "specification") for spec in code(cell)]
    assert {spec.partition("(")[0] for spec in specs if "(" in spec} == set(MAKERS)
    for spec in specs:
        plan_input("x", spec.replace("true", "True")).make()
    dtypes = section("Inputs").split("Every maker takes `dtype=`")[1].split(". ")[0]
    assert set(code(dtypes)) == set(DTYPES)


def test_the_names_of_each_side_are_those_that_are_provided() -> None:
    named = {side.lower(): code(names) for side, names in table("What is run", "side").items()}
    assert named == {side: list(PROVIDED[side]) for side in SIDES}


@pytest.mark.live
@pytest.mark.parametrize("side", SIDES)
def test_a_snippet_finds_these_names_and_no_others(side: Side, session: Session) -> None:
    same = [
        f"assert {short} is {full.replace('mxnet', 'mx')}" for short, full in MODULES[side].items()
    ]
    names = "', '.join(sorted(name for name in globals() if not name.startswith('__')))"
    snippet = Snippet("", "\n".join([*same, names]), "")
    result = session.run(Trial({side: snippet})).side(side)
    assert result.error is None
    assert result.outputs[0].text.strip("'") == ", ".join(sorted(PROVIDED[side]))
