"""Messages of errors without what varies from run to run: paths, numbers, addresses, colours."""

from __future__ import annotations

import re

# What is taken out of a message, and what is put in its place, in this order.
_VARYING = (
    (r"\x1b\[[0-9;?]*[A-Za-z]", ""),  # colours
    (r"[\u2018\u2019`\u00b4]", "'"),
    (r"[\u201c\u201d]", '"'),
    (r"(?s)Stack trace:.*", ""),
    (r"(?<![\w.])(?:[A-Za-z]:\\|[.~]{0,2}/)[\w.+\\/-]+(?::\d+)?:?", " "),  # paths, with a line
    (r"(?<![\w./])\w[\w.-]{0,60}(?:/[\w.-]{1,60}){1,20}\.(?:cc|h|cu|cpp|py)\b(?::\d+)?:?", " "),
    (r"\b0x[0-9a-fA-F]+\b", "#"),
    (r"(?<![\w#])[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?(?![A-Za-z_])L?", "#"),
    (r"(?<=[a-z])\d+(?=_)", ""),  # of the third layer made: dense2_weight
    (r"#(?:[\s,:x]*#)+", "#"),
    (r"\[#\] ?", " "),  # the time of day; a shape says as little
    (r"\s+", " "),
)


def plain_message(text: str) -> str:
    """What two messages of the same error have in common: `#` for numbers, no path, one line."""
    for pattern, instead in _VARYING:
        text = re.sub(pattern, instead, text)
    return text.strip()
