"""Python code in colour."""

from __future__ import annotations

from textual.content import Content, Span

from mxcheat.render.tokens import tokens

_STYLES = {
    "comment": "$foreground-muted italic",
    "string": "$text-success",
    "number": "$text-warning",
    "call": "bold $text-primary",
    "option": "$text-secondary",
    "operator": "$foreground-muted",
    "keyword": "$text-accent",
    "constant": "$text-warning",
}


def highlight(code: str) -> Content:
    """Return `code` with the styles of Python's tokens; its text is unchanged."""
    styled = ((start, end, _STYLES.get(kind)) for start, end, kind in tokens(code))
    return Content(code, [Span(start, end, style) for start, end, style in styled if style])
