"""The page of all rows, as a reader has it: in a real browser, wide and narrow, and on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.common.keys import Keys

from mxcheat.cheatsheet.row import Argument, Difference, Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.live.outcomes import Outcomes, kept_outcomes
from mxcheat.live.recordings import shipped_recordings
from mxcheat.loading import load
from mxcheat.render.language import speak
from mxcheat.render.webpage import to_html
from mxcheat.search import Index, ranked
from mxcheat.search.portable import portable
from tests.browser import Browser, browser

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERIES = Path(__file__).parents[1] / "search" / "queries.tsv"
SHEET = load()
INDEX = Index(SHEET.rows, SHEET.calls)
HOSTILE = Row(
    id="hostile",
    section="autograd",
    function="</h3><script>document.title = 'broken'</script> [/red] x[0]",
    chinese="<b>粗体</b>",
    pytorch="y = '</script>' if a < b else '</code><img src=x onerror=\"document.title=1\">'",
    gluon=None,
    availability="pytorch-only",
    notes="a < b & c; see x[0] and [/red].\x1b[31m",
    keywords=('"</script>quoted"', "\u2028apart"),
    arguments=(Argument("<i>", "&amp;", note="<b>"),),
    differences=(Difference("</span></summary>", "values", pytorch="a<b", loud=False),),
)
SMALL = Cheatsheet((*SHEET.rows[:60], HOSTILE), SHEET.sections, SHEET.sources)


def write(path: Path, sheet: Cheatsheet) -> Path:
    tables = portable(Index(sheet.rows, SHEET.calls))
    path.write_text(to_html(sheet, kept_outcomes(), tables, shipped_recordings()), "utf-8")
    return path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few rows, one of them hostile."""
    return write(tmp_path_factory.mktemp("page") / "small.html", SMALL)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as it:
        yield it


@pytest.fixture
def it(chromium: Browser, page: Path) -> Browser:
    """The small page, open in a wide and light window."""
    chromium.resize(1400, 900)
    chromium.prefer("light")
    chromium.open(page)
    return chromium


def found(it: Browser) -> list[str]:
    return it.ids("#_results article")


def type_in(it: Browser, text: str) -> list[str]:
    """What is found once a text has been typed, key by key."""
    field = it.element("#_query")
    field.clear()
    field.send_keys(text)
    return found(it)


def test_the_whole_sheet_asks_for_nothing_and_is_ranked_as_in_the_terminal(
    chromium: Browser, tmp_path: Path
) -> None:
    """The first row is the same for nearly all queries, and nearly always among the first three."""
    chromium.requests()
    whole = write(tmp_path / "whole.html", SHEET)
    chromium.open(whole)
    assert chromium.ids("article") == list_ids(SHEET)
    assert {url.partition(":")[0] for url in chromium.requests()} <= {"file", "about", "data"}
    assert chromium.complaints() == []
    for kind, queries in asked().items():
        mine = [[row for row, *_ in ranked(INDEX, query, 10)] for query in queries]
        theirs = in_page(chromium, queries)
        pairs = [*zip(queries, mine, theirs, strict=True)]
        far = [query for query, one, other in pairs if one[:1] != other[:1]]
        lost = [query for query, one, other in pairs if not {*one[:1]} <= {*other[:3]}]
        assert len(far) <= 0.08 * len(queries), (kind, far)
        assert len(lost) <= 0.03 * len(queries), (kind, lost)


def list_ids(sheet: Cheatsheet) -> list[str]:
    sections = dict.fromkeys(row.section for row in sheet.rows)
    return [row.id for section in sections for row in sheet.rows if row.section == section]


def in_page(it: Browser, queries: list[str]) -> list[list[int]]:
    script = (
        "const tables = JSON.parse(document.getElementById('_tables').textContent);"
        "const rank = makeRanker(tables, 50);"
        "return arguments[0].map(query => rank(query).rows.slice(0, 10))"
    )
    return list(it.run(script, queries))


def asked() -> dict[str, list[str]]:
    """Queries by kind: public names in their spellings, titles of both languages, what people ask.

    Every third or so, as each takes the terminal's ranker some time.
    """
    names = sorted({name for row in SHEET.rows for each in row.answers.values() for name in each})
    spelled = [name.removeprefix("mxnet.") for name in names]
    tails = [name.rpartition(".")[2] for name in names]
    lines = QUERIES.read_text("utf-8").splitlines()
    people = [line.partition("\t")[0] for line in lines if "\t" in line and line[0] != "#"]
    return {
        "names": names[::9] + spelled[1::9] + tails[2::9],
        "titles": [row.function for row in SHEET.rows[::5]],
        "Chinese": [row.chinese for row in SHEET.rows[1::5]],
        "people": people[::3],
    }


def test_what_is_typed_is_found_and_then_put_back(it: Browser) -> None:
    before = it.ids("article")
    it.run("scrollTo(0, 3000)")
    assert type_in(it, "clamp")[0] == "clamp"
    assert in_view(it, "clamp"), "from wherever one had come to"
    assert it.run("return location.hash") == "#?q=clamp"
    assert it.ids("main > section") == ["_results"]
    assert type_in(it, "x.clamp(0, 1)")[0] == "clamp"
    assert it.element("#_results-title").text == "Results"
    assert type_in(it, "clmap")[0] == "clamp", "a slip"
    assert "Nearest rows" in it.element("#_results-title").text, "it is a guess"
    assert type_in(it, "inverse cosine")[0] == "acos"
    assert type_in(it, "反余弦")[0] == "acos"
    assert type_in(it, "qqqqxxzz") == []
    assert it.element("#_none").is_displayed()
    it.element("#_query").send_keys(Keys.ESCAPE)
    assert it.ids("article") == before
    assert not it.element("#_none").is_displayed()
    assert it.complaints() == []


@pytest.mark.parametrize("name", ["availability", "section", "silent"])
def test_filters_show_what_passes_them(it: Browser, name: str) -> None:
    expected: dict[str, tuple[str, Any]] = {
        "availability": ("is=workaround", lambda row: row.availability == "workaround"),
        "section": ("in=autograd", lambda row: row.section == "autograd"),
        "silent": ("silent=1", lambda row: row.silent > 0),
    }
    address, passes = expected[name]
    rows = [row.id for row in SMALL.rows if passes(row)]
    assert 0 < len(rows) < len(SMALL.rows)
    if name == "silent":
        it.element("#_silent").click()
    else:
        value = address.partition("=")[2]
        it.element(f'#_{name} option[value="{value}"]').click()
    assert sorted(it.ids("article")) == sorted(rows)
    assert it.run("return location.hash") == f"#?{address}"
    assert it.element("#_count").text == f"{len(rows)} / {len(SMALL.rows)} rows"
    assert it.run(
        "return [...document.querySelectorAll('nav li')].every(li => li.hidden === "
        "document.getElementById(li.firstChild.getAttribute('href').slice(1)).hidden)"
    )
    it.element("#_query").send_keys(rows[-1])
    assert rows[-1] in found(it)
    assert {*found(it)} <= {*rows}


def test_an_address_brings_a_search_back(it: Browser, page: Path) -> None:
    it.open(page, "#?q=diagonal&in=tensor%2Foperation")
    assert found(it)[0] == "diag"
    assert it.element("#_query").get_attribute("value") == "diagonal"
    it.open(page, "#?q=diagonal&in=autograd")
    assert found(it) == []


def test_a_link_to_a_row_shows_it(it: Browser, page: Path) -> None:
    last = SMALL.rows[50].id
    it.open(page, f"#{last}")
    assert in_view(it, last)
    type_in(it, "clamp")
    it.run("location.hash = '#acos'")
    assert in_view(it, "acos"), "what was searched for gives way"
    it.run("location.hash = '#clamp.2'")
    assert in_view(it, "clamp.2")
    assert it.run("return document.getElementById('clamp.2').firstChild.open")
    heading = it.element("#addmm h3 a")
    assert str(heading.get_attribute("href")).endswith("#addmm")


def in_view(it: Browser, name: str) -> bool:
    script = (
        "const [id, done] = arguments;"
        "requestAnimationFrame(() => requestAnimationFrame(() => {"
        "const box = document.getElementById(id).getBoundingClientRect();"
        "done(0 <= box.top && box.top < innerHeight / 2)}))"
    )
    return bool(it.driver.execute_async_script(script, name))


def test_a_row_holds_all_that_the_card_does_and_what_was_recorded(it: Browser) -> None:
    row = next(row for row in SMALL.rows if row.id == "clamp")
    text = str(it.run("return document.getElementById('clamp').textContent"))
    parts: list[str | None] = [row.function, row.chinese, row.pytorch, row.gluon, row.notes]
    parts += [each.says for each in row.differences]
    parts += [code for each in row.differences for code in (each.pytorch, each.gluon)]
    parts += [argument.pytorch for argument in row.arguments]
    assert [part for part in parts if part and part not in text] == []
    numbers = it.run(
        "return [...document.querySelectorAll('#clamp .differences b:first-child')]"
        ".map(b => b.textContent)"
    )
    assert numbers == [str(number) for number in range(1, len(row.differences) + 1)]
    assert "Recorded outputs" in text
    assert it.run("return document.querySelectorAll('#clamp pre .c').length") > 2, "in colour"
    assert "torch 2." in it.element(".origin").text


def test_a_form_is_copied_as_it_is(it: Browser, page: Path) -> None:
    it.open(page, "#new-block")
    assert in_view(it, "new-block")
    it.element("#new-block figure button").click()
    assert it.element("#new-block figure button").text == "Copied"
    it.run("document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))")
    it.element("#paste").send_keys(Keys.CONTROL, "v")
    row = next(row for row in SMALL.rows if row.id == "new-block")
    assert it.element("#paste").get_attribute("value") == row.pytorch


@pytest.mark.parametrize("query", ["", "hostile"])
def test_what_rows_say_is_text(it: Browser, query: str) -> None:
    if query:
        assert type_in(it, query) == ["hostile"]
    text = str(it.run("return document.getElementById('hostile').textContent"))
    for part in (HOSTILE.function, str(HOSTILE.pytorch), "<i>", "&amp;", "</span></summary>"):
        assert part in text
    assert "see x[0] and [/red].␛[31m" in text
    assert it.driver.title == "PyTorch and MXNet Gluon"
    assert it.run("return document.querySelectorAll('article img, article script').length") == 0
    assert it.complaints() == []


def test_keys_alone_are_enough(it: Browser) -> None:
    assert focus(it) == "_query", "a keyboard starts with the search"
    it.element("#_query").send_keys("clamp", Keys.ENTER)
    assert focus(it) == "#clamp", "the link of the first row"
    it.driver.switch_to.active_element.send_keys("/")
    assert focus(it) == "_query"
    assert it.element("#_query").get_attribute("value") == "clamp"
    summary = it.element("#clamp .differences summary")
    summary.send_keys(Keys.ENTER)
    assert it.run("return document.getElementById('clamp.1').firstChild.open")


def focus(it: Browser) -> str:
    return str(
        it.run("const at = document.activeElement; return at.id || at.getAttribute('href') || ''")
    )


def test_everything_that_acts_has_a_name(it: Browser) -> None:
    for element in it.elements("input, select, nav, main > section, #acos button, #acos summary"):
        assert not element.is_displayed() or element.accessible_name, element.get_attribute(
            "outerHTML"
        )
    ids = it.run("return [...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len({*ids})
    assert it.run("return document.documentElement.lang") == "en"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read(it: Browser, scheme: str) -> None:
    it.prefer(scheme)
    low = it.run(CONTRAST)
    assert low == [], "below 4.5 to 1"


# Every colour of text against what it stands on, with those that are too near.
CONTRAST = """
const channel = value => (value /= 255) <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
function mixed(...colours) {
  for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
  return canvas.getImageData(0, 0, 1, 1).data;
}
const page = getComputedStyle(document.querySelector("header")).backgroundColor;
const low = new Set();
for (const element of document.querySelectorAll("main *, nav *, header *, h1, .origin")) {
  if (!element.checkVisibility() || !element.textContent.trim()) continue;
  const grounds = [];
  for (let at = element; at; at = at.parentElement)
    grounds.unshift(getComputedStyle(at).backgroundColor);
  const color = getComputedStyle(element).color;
  const [text, ground] = [mixed(page, color), mixed(page, ...grounds)].map(light);
  const ratio = (Math.max(text, ground) + .05) / (Math.min(text, ground) + .05);
  if (ratio < 4.5) low.add(`${element.outerHTML.slice(0, 60)}: ${color}, ${ratio.toFixed(2)}`);
}
return [...low];
"""


@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_wider_than_the_window(it: Browser, page: Path, width: int) -> None:
    it.resize(width, 844, phone=width < 400)
    it.open(page)
    assert overflow(it) == 0
    it.run("for (const details of document.querySelectorAll('details')) details.open = true")
    assert overflow(it) == 0
    assert (focus(it) == "_query") == (width > 400), "a phone would open its keyboard"
    it.run("scrollTo(0, 3000)")
    box = it.run("return document.getElementById('_query').getBoundingClientRect().top")
    assert 0 <= box < 60, "the search stays in view"


def overflow(it: Browser) -> int:
    script = "const {scrollWidth, clientWidth} = document.documentElement;"
    return int(it.run(f"{script} return scrollWidth - clientWidth"))


def test_on_paper_everything_is_open_and_nothing_is_afterwards(it: Browser) -> None:
    type_in(it, "clamp")
    it.run(
        "addEventListener('beforeprint', () => { window.folded = "
        "document.querySelectorAll('#_results details:not([open])').length })"
    )
    sheet = it.tell("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)
    assert sheet["data"].startswith("JVBERi"), "a PDF"
    assert it.run("return window.folded") == 0
    assert it.run("return document.querySelectorAll('article details[open]').length") == 0
    it.tell("Emulation.setEmulatedMedia", media="print")
    assert not it.element("#_query").is_displayed()
    assert not it.element("#clamp button").is_displayed()
    it.tell("Emulation.setEmulatedMedia", media="")


def test_for_chinese_readers(it: Browser, tmp_path: Path) -> None:
    sheet = replace(SMALL, rows=(*SMALL.rows[:20], replace(SMALL.rows[20], chinese="")))
    speak("zh")
    try:
        it.open(write(tmp_path / "zh.html", sheet))
    finally:
        speak("en")
    assert it.run("return document.documentElement.lang") == "zh"
    assert it.element("#acos h3").text == "反余弦"
    assert it.element(f"#{SMALL.rows[20].id} h3").text == SMALL.rows[20].function
    assert "element-wise inverse cosine" in it.element("#acos .state").text
    assert "等价" in it.element("#acos .state").text
    assert it.element("#_count").text == "21 行"
    assert type_in(it, "反余弦")[0] == "acos"


def test_without_verdicts_and_recordings_it_says_so() -> None:
    html = to_html(SMALL, Outcomes(), portable(Index(SMALL.rows)))
    assert "The rows were not verified." in html
    assert "Recorded outputs" not in html
