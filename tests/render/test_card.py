"""Cards and listings, held against files as bytes.

python -m tests.render.test_card     draws the files anew, for a reader to look at
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mxcheat.cheatsheet.row import Argument, Difference, Row
from mxcheat.render.card import write_card, write_listing
from mxcheat.render.facts import card_of, code_lines
from mxcheat.render.page import Page
from mxcheat.render.tokens import tokens

GOLDEN = Path(__file__).with_name("golden")
ROWS = [
    Row(
        id="zero-grad",
        section="optimizer",
        function="Clear the gradients before each training step",
        pytorch="optimizer.zero_grad()  # or net.zero_grad()",
        gluon="for p in net.collect_params().values():\n    p.zero_grad()",
        availability="workaround",
        notes="Gluon writes gradients anew in each backward pass; only where grad_req is 'add' do "
        "they sum up, and then somebody has to clear them.",
        erratum="The sheet says that nothing needs to be done. With grad_req='add' that is wrong: "
        "梯度会累加 (gradients add up).",
    ),
    Row(
        id="loader",
        section="data",
        function="Load a dataset in batches",
        pytorch="loader = torch.utils.data.DataLoader(dataset, batch_size=n, shuffle=False, "
        'drop_last=True, prefix="a\x1b[31mb")',
        gluon='loader = gluon.data.DataLoader(dataset, batch_size=n, last_batch="discard")',
        availability="differs",
    ),
    Row(
        id="long-name-of-a-row",
        section="tensor/operation",
        function="[/red] [b]No markup[/b]: " + "what is done is said in more words than fit, " * 2,
        pytorch="x.t()",
        gluon=None,
        availability="pytorch-only",
        notes="Nothing\non the other side.",
    ),
    Row(
        id="concat",
        section="tensor/join",
        function="Join tensors along an existing axis",
        pytorch="torch.cat([a, b], dim=1)",
        gluon="nd.concat(a, b, dim=1)",
        availability="equivalent",
        arguments=(Argument("dim=0", "dim=1"), Argument("out=None", None, note="in place")),
        differences=(
            Difference("nd takes no list.", "error", gluon="nd.concat([a])", loud=True),
            Difference("Not run [/red]\x1b[31m.", "dtype"),
            Difference(
                "Without an axis nd joins along axis 1, torch along axis 0, so that "
                "square arrays give other values and nobody says so.",
                "values",
                loud=False,
            ),
            Difference("The gradient of an empty one is lost.", "gradient", loud=False),
        ),
    ),
]
PAGES = {
    "40.txt": (Page(40, screen=True), False),
    "60.txt": (Page(60, screen=True), False),
    "80.txt": (Page(80, screen=True), False),
    "200.txt": (Page(200, screen=True), False),
    "pipe.txt": (Page(100), False),
    "plain.txt": (Page(10**6, plain=True), False),
    "colour.txt": (Page(80, screen=True), True),
}


def drawn(name: str) -> bytes:
    """Every card and a listing, on the page of this name."""
    page, colour = PAGES[name]
    page.lines.clear()
    for row in ROWS:
        write_card(page, card_of(row))
        page.line(("----", ""))
    write_listing(page, map(card_of, ROWS))
    return page.text(colour=colour).encode()


@pytest.mark.parametrize("name", PAGES)
def test_cards_look_as_they_did(name: str) -> None:
    assert drawn(name) == (GOLDEN / name).read_bytes()


def test_every_page_has_its_file_and_no_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(PAGES)


def test_tokens_of_code() -> None:
    code = 'with f(x=None, y=-1e3):  # why\n    s.z += f\'a\' + "b\\"" if 0x1F == y else print'
    found = [(code[start:end], kind) for start, end, kind in tokens(code)]
    assert [pair for pair in found if pair[1] not in ("word", "operator")] == [
        ("with", "keyword"),
        ("f", "call"),
        ("x", "option"),
        ("None", "constant"),
        ("y", "option"),
        ("1e3", "number"),
        ("# why", "comment"),
        ("f'a'", "string"),
        ('"b\\""', "string"),
        ("if", "keyword"),
        ("0x1F", "number"),
        ("else", "keyword"),
    ]


def test_lines_of_code_hold_all_of_it() -> None:
    code = 'a = """one\n\n  two"""\nreturn a  # 梯度\n'
    lines = ["".join(text for text, _ in line) for line in code_lines(code)]
    assert "\n".join(lines) == code
    tones = [[tone for _, tone in line] for line in code_lines(code)]
    assert tones == [["", "string"], [], ["string"], ["keyword", "", "quiet"], []]


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in PAGES:
        (GOLDEN / each).write_bytes(drawn(each))
