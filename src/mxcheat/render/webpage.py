"""The whole sheet as one HTML file that needs nothing else: for a browser, a phone, and paper.

Every row stands in it as HTML, so that it can be read, linked to and printed without a script;
the script ranks, filters and copies. What a row says is text here, never markup.
"""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.row import AVAILABILITIES
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.results import SideResult
from mxcheat.live.trial import trial_of
from mxcheat.render.beside import output_title
from mxcheat.render.export import origin, sections, verdict_of
from mxcheat.render.facts import by_danger, card_of, code_lines
from mxcheat.render.inert import inert, inert_line
from mxcheat.render.language import label, language, title
from mxcheat.render.words import AVAILABILITY, NO_FORM, SHOWS, how_loud, silent_differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mxcheat.cheatsheet.row import Difference, InputSpec, Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.outcomes import Outcomes
    from mxcheat.live.recordings import Recordings
    from mxcheat.render.page import Line

NAMES: dict[Side, str] = {"pytorch": "PyTorch", "gluon": "MXNet Gluon"}
# Of a recorded output so much is shown.
_MOST_LINES = 16
_MOST_LETTERS = 1500
# What the script says; what stands in the page itself is a label where it is written.
_SAID = ("Copied", "Press Ctrl+C", "rows", "Results", "Nearest rows")


def to_html(
    sheet: Cheatsheet,
    outcomes: Outcomes,
    tables: Mapping[str, Any],
    recordings: Recordings | None = None,
) -> str:
    """The sheet as a page in the language that is spoken; `tables` are those of search.portable."""
    numbers = {row.id: number for number, row in enumerate(sheet.rows)}
    parts = [(rows[0].section, name, rows) for name, rows in sections(sheet)]
    body = "\n".join(
        f'<section id="in:{escape(key)}" aria-label="{escape(label(name))}">\n'
        f"<h2>{escape(label(name))}</h2>\n"
        + "\n".join(_article(row, numbers[row.id], outcomes, recordings) for row in rows)
        + "\n</section>"
        for key, name, rows in parts
    )
    return Template(_file("sheet.html")).substitute(
        _labels(),
        lang=language(),
        style=_file("sheet.css"),
        script=_file("search.js") + _file("sheet.js"),
        tables=_data(tables),
        said=_data({said: label(said) for said in _SAID}),
        origin=escape(origin(sheet, outcomes)),
        count=len(sheet.rows),
        links="\n".join(_link(key, name, len(rows)) for key, name, rows in parts),
        section_options="".join(_option(key, name) for key, name, _ in parts),
        availabilities="".join(_option(each, AVAILABILITY[each].word) for each in AVAILABILITIES),
        body=body,
    )


def _file(name: str) -> str:
    return files("mxcheat.render").joinpath("web").joinpath(name).read_text("utf-8")


def _labels() -> dict[str, str]:
    """The words of the template, each under its English, joined: $all_sections."""
    words = (
        *("Search a name, a line of code, or words", "Search", "Sections", "All sections"),
        *("Section", "Availability"),
        *("Any availability", "Silent differences only", "Results", "Skip to the rows"),
        "Nothing found; try another name, or fewer words.",
    )
    return {
        "".join(char if char.isalpha() else "_" for char in word.lower()).strip("_"): escape(
            label(word)
        )
        for word in words
    }


def _data(value: object) -> str:
    """JSON that stands in a script element: nothing in it can end that."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _link(section: str, name: str, count: int) -> str:
    return (
        f'<li><a href="#in:{escape(section)}">{escape(label(name))}</a> <span>{count}</span></li>'
    )


def _option(value: str, name: str) -> str:
    return f'<option value="{escape(value)}">{escape(label(name))}</option>'


def _article(row: Row, number: int, outcomes: Outcomes, recordings: Recordings | None) -> str:
    silent = " data-silent" if row.silent else ""
    key = escape(row.id)
    head = (
        f'<article id="{key}" data-row="{number}" data-in="{escape(row.section)}"'
        f' data-is="{row.availability}"{silent}>'
    )
    shown = inert_line(title(row.function, row.chinese))
    parts = [
        head,
        f'<h3><a href="#{key}">{escape(shown)}</a></h3>',
        _state(row, outcomes, shown),
        _forms({side: row.form(side) for side in SIDES}),
        *([f'<p lang="en">{escape(inert(row.notes))}</p>'] if row.notes else []),
        *_arguments(row),
        *_differences(row),
        *_hybridized(row),
        *_recorded(row, recordings),
    ]
    if row.erratum:
        name, said = escape(label("Erratum")), escape(inert(row.erratum))
        parts.append(f'<p class="erratum" lang="en"><b>{name}</b> {said}</p>')
    return "\n".join([*parts, "</article>"])


def _state(row: Row, outcomes: Outcomes, shown: str) -> str:
    """Availability, what is silent, the verdict, the id, and the title in the other language."""
    sign = AVAILABILITY[row.availability]
    parts = [f'<span class="{sign.tone}">{sign.glyph} {escape(label(sign.word))}</span>']
    if row.silent:
        parts.append(f'<span class="bad">{escape(label(silent_differences(row.silent)))}</span>')
    parts.append(f"<span>{escape(verdict_of(row, outcomes))}</span>")
    parts.append(f"<code>{escape(row.id)}</code>")
    for lang, other in (("en", row.function), ("zh", row.chinese)):
        if other and inert_line(other) != shown:
            parts.append(f'<span lang="{lang}">{escape(inert_line(other))}</span>')
    return f'<p class="state">{" ".join(parts)}</p>'


def _forms(forms: Mapping[Side, str | None], before: str = "") -> str:
    """Code of both sides beside each other, each to be copied."""
    return f'<div class="forms">{"".join(_form(NAMES[s], forms[s], before) for s in forms)}</div>'


def _form(name: str, code: str | None, before: str) -> str:
    said = escape(f"{label(before)} {name}".strip())
    if code is None:
        none = escape(label(NO_FORM))
        return f'<figure><figcaption>{said}</figcaption><p class="none">{none}</p></figure>'
    copy = f'<button type="button" aria-label="{escape(label("Copy"))} {said}">'
    return (
        f"<figure><figcaption>{said} {copy}{escape(label('Copy'))}</button></figcaption>"
        f'<pre tabindex="0"><code>{_coloured(code)}</code></pre></figure>'
    )


def _coloured(code: str) -> str:
    """Code with its tokens in elements: `i` with the first letter of the tone as class."""
    return "\n".join(map(_line, code_lines(inert(code))))


def _line(spans: Line) -> str:
    return "".join(
        f'<i class="{tone[0]}">{escape(text)}</i>' if tone else escape(text) for text, tone in spans
    )


def _arguments(row: Row) -> Iterator[str]:
    """The table of arguments, folded."""
    if not row.arguments:
        return
    heads = "".join(f'<th scope="col">{name}</th>' for name in (*NAMES.values(), label("Remark")))
    lines = "".join(
        f"<tr><td><code>{escape(pytorch)}</code><td><code>{escape(gluon)}</code>"
        f"<td>{escape(remark)}"
        for pytorch, gluon, remark in card_of(row)["arguments"]
    )
    yield (
        f"<details><summary>{escape(label('Arguments'))} ({len(row.arguments)})</summary>"
        f'<div class="wide"><table lang="en"><thead><tr>{heads}</thead>'
        f"<tbody>{lines}</tbody></table></div></details>"
    )


def _differences(row: Row) -> Iterator[str]:
    """Each difference by its number: the sentence, and folded below it the code that shows it."""
    ordered = by_danger(row.differences)
    if ordered:
        told = "\n".join(_told(row, at, each) for at, each in enumerate(ordered, 1))
        yield f'<ol class="differences">\n{told}\n</ol>'


def _told(row: Row, number: int, difference: Difference) -> str:
    sign = how_loud(difference.loud)
    kind = f"{sign.glyph} {label(SHOWS[difference.shows])}"
    forms = {side: difference.form(side) or row.form(side) for side in SIDES}
    instead = {side: code for side in SIDES if (code := difference.instead.get(side))}
    return (
        f'<li id="{escape(row.id)}.{number}"><details><summary><b>{number}</b>'
        f'<b class="{sign.tone}">{escape(kind)}</b>'
        f'<span lang="en">{escape(inert_line(difference.says))}</span></summary>'
        f"{_inputs(difference.inputs)}{_forms(forms)}"
        f"{_forms(instead, 'Instead,') if instead else ''}</details></li>"
    )


def _inputs(inputs: Mapping[str, InputSpec]) -> str:
    if not inputs:
        return ""
    lines = (f"{name} = {_specified(spec)}" for name, spec in inputs.items())
    return (
        f'<p class="inputs">{escape(label("Inputs"))} <code>{escape("; ".join(lines))}</code></p>'
    )


def _specified(spec: InputSpec) -> str:
    return inert_line(spec if isinstance(spec, str) else json.dumps(spec))


def _hybridized(row: Row) -> Iterator[str]:
    """The form inside a hybridized block, or why there is none."""
    if row.hybridized is None:
        return
    form = row.hybridized.form
    if form:
        yield _forms({"gluon": form}, "Hybridized,")
    else:
        name, reason = escape(label("Hybridized")), escape(inert(row.hybridized.reason))
        yield f'<p lang="en"><b>{name}</b> {reason}</p>'


def _recorded(row: Row, recordings: Recordings | None) -> Iterator[str]:
    """What both sides gave when they were recorded, folded."""
    trial = trial_of(row)
    sides = [
        recordings.side(trial, SideResult(side, "ok"))
        for side in SIDES
        if recordings and trial.snippets.get(side)
    ]
    recorded = [side for side in sides if side is not None]
    if recorded:
        yield (
            f"<details><summary>{escape(label('Recorded outputs'))}</summary>{_inputs(row.inputs)}"
            f'<div class="forms">{"".join(map(_outputs, recorded))}</div></details>'
        )


def _outputs(side: SideResult) -> str:
    name = f"{NAMES[side.side]} {side.version or ''}".strip()
    texts = [(output_title(output), output.text) for output in side.outputs]
    texts += [("stdout", side.stdout)] if side.stdout.strip() else []
    texts += [("error", str(side.error))] if side.error else []
    blocks = "".join(
        f"<p>{escape(head)}</p><pre><code>{escape(_shortened(inert(text)))}</code></pre>"
        for head, text in texts
    )
    return f"<figure><figcaption>{escape(name)}</figcaption>{blocks}</figure>"


def _shortened(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    kept = "\n".join(lines[:_MOST_LINES])[:_MOST_LETTERS]
    return kept if kept == "\n".join(lines) else f"{kept}\n…"
