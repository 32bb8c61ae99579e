"""Documentation of a framework made readable at any width: paragraphs flow, examples stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content, Span

from mxcheat.render.inert import inert
from mxcheat.render.language import said
from mxcheat.tui.text.lines import MUTED, wrap, wrap_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST_LINES = 150
# Continued lines are indented by this, so that each bullet and each parameter stands out.
_HANG = 2
_NAME = "$text-secondary"
_EXAMPLE = "$text-success"
# :attr:`~torch.x <y>`, ``x``, `x` and **x**: what is between the marks is what is meant.
_MARKED = re.compile(
    r"(:[\w:]+:)?(`{1,2})~?([^`\n]+?)(?:(?(1) ?| )<[^`\n]*>)?\2_{0,2}"
    r"|(?<!\w)\*\*(?=\S)([^*`\n]+?)(?<=\S)\*\*(?!\w)"
)
_JOINT = re.compile(r"\\(?: |$)")
_BLANK_LINES = re.compile(r"\n(?:[ ]*\n){2,}")
_UNDERLINE = re.compile(r"([-=~])\1{2,}$")
_HEADING = re.compile(r"[A-Z]\w+(?: \w+)?:$")
_PROMPT = re.compile(r">>>|\.\.\. |\.\.\.$")
_BULLET = re.compile(r"[-*+•] |\d+[.)] ")
_DIRECTIVE = re.compile(r"\.\. (\w+)::\s*(.*)")
# Directives whose content is prose; that of others is shown as it stands.
_PROSE = ("note", "warning", "seealso", "deprecated", "versionadded", "versionchanged")
# `units : int`, `input (Tensor): ...`, `Returns:` begin a line of their own.
_ENTRY = re.compile(r"\w[\w, .*]{0,30}(\([^)]*\))?( : |:( |$))")


class _Line(NamedTuple):
    """A line, or lines that belong together; an example is shown as it stands."""

    indent: int
    text: str
    example: bool = False
    heading: bool = False


def document(doc: str, width: int) -> list[Content]:
    """The lines of a docstring, each at most `width` cells."""
    lines = _BLANK_LINES.sub("\n\n", inert(doc)).strip("\n").split("\n")
    found: list[Content] = []
    for line in _joined(_read(lines[:_MOST_LINES])):
        found += _lines(line, width)
    if len(lines) > _MOST_LINES:
        more = said("… {count} more lines", count=f"{len(lines) - _MOST_LINES:,}")
        found.append(Content.styled(more, MUTED))
    return found


def _lines(line: _Line, width: int) -> list[Content]:
    margin = Content(" " * min(line.indent, width // 3))
    room = width - len(margin)
    if line.example:
        return [margin + part for part in wrap_code(Content.styled(line.text, _EXAMPLE), room)]
    begins = _BULLET.match(line.text) or _ENTRY.match(line.text)
    hang = _HANG if begins and not line.text.endswith(":") else 0
    prose = _prose(line.text).stylize("bold") if line.heading else _prose(line.text)
    first, *others = wrap(prose, room - hang)
    return [margin + first, *(margin + Content(" " * hang) + other for other in others)]


def _read(lines: Sequence[str]) -> Iterator[_Line]:
    """Each line, and whether it belongs to an example; underlines of headings are dropped."""
    announced: int | None = None  # the indentation of the line that announced an example
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        if announced is not None and text and indent <= announced:
            announced = None
        example = announced is not None or bool(_PROMPT.match(text))
        heading = not example and bool(_HEADING.match(text) or _UNDERLINE.match(below.strip()))
        if not _UNDERLINE.match(text):
            yield _Line(indent, text, example, heading)
        if text.endswith("::") and not example and not _is_prose(text):
            announced = indent


def _is_prose(text: str) -> bool:
    directive = _DIRECTIVE.match(text)
    return directive is not None and directive[1] in _PROSE


def _joined(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Lines of one paragraph as one line."""
    held: _Line | None = None
    for line in lines:
        if held is not None and _goes_on(held, line):
            held = held._replace(text=f"{held.text} {line.text}")
        else:
            if held is not None:
                yield held
            held = line
    if held is not None:
        yield held


def _goes_on(above: _Line, line: _Line) -> bool:
    """Whether a line continues the paragraph above it."""
    if not (above.text and line.text) or above.example or line.example or above.heading:
        return False
    anew = any(begin.match(line.text) for begin in (_BULLET, _DIRECTIVE, _ENTRY))
    if anew or above.text.endswith(":"):
        return False
    deeper = bool(_BULLET.match(above.text)) and line.indent > above.indent
    return deeper or line.indent == above.indent


def _prose(text: str) -> Content:
    """A paragraph without the marks of reStructuredText; what they mark is in colour."""
    text = _JOINT.sub("", text)
    directive = _DIRECTIVE.match(text)
    if directive is not None:
        text = f"{directive[1].capitalize()}: {directive[2]}".rstrip()
    elif text.endswith("::"):
        text = text[:-1]
    parts: list[str] = []
    spans: list[Span] = [] if directive is None else [Span(0, len(directive[1]) + 1, "bold")]
    end = length = 0
    for match in _MARKED.finditer(text):
        length += match.start() - end
        named, strong = match[3], match[4]
        meant = named or strong
        spans.append(Span(length, length + len(meant), _NAME if named else "bold"))
        parts += [text[end : match.start()], meant]
        length += len(meant)
        end = match.end()
    return Content("".join(parts) + text[end:], spans)
