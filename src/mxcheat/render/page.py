"""Text in lines of styled spans: one form for a plain pipe and for a terminal with colour."""

from __future__ import annotations

from itertools import zip_longest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Span = tuple[str, str]
    Line = Sequence[Span]

# Tones as SGR parameters: the terminal's own sixteen colours, so that its theme decides.
_SGR = {
    "title": "1",
    "quiet": "2",
    "good": "32",
    "fair": "33",
    "bad": "31",
    "code": "36",
    "call": "36",
    "keyword": "35",
    "string": "32",
    "number": "35",
}
# Longer lines of prose are hard to read.
_MEASURE = 100


def width_of(text: str) -> int:
    """Columns that `text` takes: two for wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    import unicodedata  # noqa: PLC0415 - most text is ASCII

    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def pad(text: str, width: int) -> str:
    """`text` filled up with spaces to `width` columns."""
    return text + " " * (width - width_of(text))


def cut(text: str, width: int) -> list[str]:
    """One line in pieces of at most `width` columns; nothing is dropped."""
    return [_text(piece) for piece in cut_line([(text, "")], width)]


def cut_line(line: Line, width: int, *, at_spaces: bool = False) -> list[Line]:
    """One styled line in pieces of at most `width` columns; nothing is dropped.

    With `at_spaces` it is cut after a space where one stands, but not in its indentation.
    """
    text = _text(line)
    start, least = 0, len(text) - len(text.lstrip())
    pieces: list[Line] = []
    while start < len(text) or not pieces:
        end = _fitting(text, start, width)
        space = text.rfind(" ", max(start, least), end) + 1
        if at_spaces and space and end < len(text):
            end = space
        pieces.append(_between(line, start, end))
        start = end
    return pieces


def _fitting(text: str, start: int, room: int) -> int:
    """Where a piece of `text` ends that begins at `start` and has `room`; never empty."""
    for at in range(start, len(text)):
        room -= width_of(text[at])
        if room < 0:
            return max(at, start + 1)
    return len(text)


def _between(line: Line, start: int, end: int) -> Line:
    """What of a line stands between two positions in its text."""
    spans, at = [], 0
    for text, tone in line:
        part = text[max(0, start - at) : max(0, end - at)]
        if part:
            spans.append((part, tone))
        at += len(text)
    return spans


def wrap(text: str, width: int) -> list[str]:
    """A paragraph in lines of at most `width` columns, cut between words where it can be."""
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if line and width_of(joined) > width:
            lines.append(line)
            joined = word
        *full, line = [joined] if width_of(joined) <= width else cut(joined, width)
        lines += full
    return [*lines, line]


class Page:
    """Lines being written, at most `width` columns each (a line of spans is left as it is).

    A plain page is for scripts and screen readers: no columns, no glyphs, every paragraph one
    line. A page for a screen has its one-line entries shortened to the width.
    """

    def __init__(self, width: int = 80, *, plain: bool = False, screen: bool = False) -> None:
        self.width = width
        self.plain = plain
        self.screen = screen and not plain
        self.lines: list[Line] = []

    def line(self, *spans: Span) -> None:
        """Add a line of (text, tone) spans; tone "" is plain."""
        self.lines.append(spans)

    def entry(self, *spans: Span) -> None:
        """Add a line of which a screen shows what fits, with an ellipsis for the rest."""
        if self.screen and width_of(_text(spans)) > self.width:
            spans = (*cut_line(spans, max(1, self.width - 1))[0], ("…", "quiet"))
        self.line(*spans)

    def paragraph(
        self,
        text: str,
        label: str = "",
        label_tone: str = "quiet",
        tone: str = "",
        *,
        before: str = "",
    ) -> None:
        """Add text wrapped to the width, after a label, continued under itself.

        `before` is a quiet start of the label.
        """
        margin = width_of(before + label)
        room = max(20, min(self.width, _MEASURE) - margin)
        for paragraph in text.split("\n"):
            for piece in [paragraph] if self.plain else wrap(paragraph, room):
                start = (pad(label, margin - width_of(before)), label_tone), (piece, tone)
                self.line(*([(before, "quiet")] if before else []), *start)
                label, before = "", " " * len(before)

    def beside(
        self, left: Iterable[Line], right: Iterable[Line], width: int, indent: int = 2
    ) -> None:
        """Two blocks of lines beside each other, the left one `width` columns wide."""
        for first, second in zip_longest(left, right, fillvalue=()):
            fill = " " * (width - width_of(_text(first)))
            self.line((" " * indent, ""), *first, (fill + " │ ", "quiet"), *second)

    def text(self, *, colour: bool) -> str:
        """All lines, each ended; with escape sequences for the tones if `colour`."""
        shown = _coloured if colour else _text
        return "".join(shown(spans).rstrip() + "\n" for spans in self.lines)


def _text(spans: Iterable[Span]) -> str:
    return "".join(text for text, _ in spans)


def _coloured(spans: Iterable[Span]) -> str:
    return "".join(
        f"\x1b[{_SGR[tone]}m{text}\x1b[0m" if tone and text.strip() else text
        for text, tone in spans
    )
