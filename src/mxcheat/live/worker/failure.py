"""An exception as a reply, pointing into the snippet. Standard library, Python 3.8 syntax."""

from __future__ import annotations

import os
import traceback
from typing import Any

TEXT_LIMIT = 10_000
_NAME_LIMIT = 300


def describe_failure(error: BaseException, filename: str) -> dict[str, Any]:
    """Type, message, line in the snippet and traceback, our own frames left out.

    An exception can be made so that asking it anything fails too: then its type and message alone.
    """
    plain = {"type": type(error).__name__[:_NAME_LIMIT], "message": _message(error)[:TEXT_LIMIT]}
    try:
        return dict(plain, **_details(error, filename))
    except BaseException:
        return plain


def _details(error: BaseException, filename: str) -> dict[str, Any]:
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename != filename:
        frames = frames.tb_next
    text = "".join(traceback.format_exception(type(error), error, frames, limit=20))
    in_snippet = [frame for frame in traceback.extract_tb(frames) if frame.filename == filename]
    line = in_snippet[-1].lineno if in_snippet else None
    details = {"line": line, "traceback": _without_folder(text[-TEXT_LIMIT:])}
    if isinstance(error, SyntaxError) and error.filename == filename:
        details.update(line=error.lineno, message=str(error.msg)[:TEXT_LIMIT])
    return details


def _without_folder(text: str) -> str:
    try:
        return text.replace(os.getcwd(), ".")
    except OSError:  # the snippet removed it
        return text


def _message(error: BaseException) -> str:
    try:
        text = str(error).strip()
    except BaseException as another:
        return "(it cannot be printed: that raises %s)" % type(another).__name__
    if type(error).__name__ == "MXNetError":
        # What went wrong stands below the C++ stack, and may itself have several lines.
        lines = [line for line in text.splitlines() if line.strip()]
        marked = [i for i, line in enumerate(lines) if line.startswith("MXNetError: ")]
        text = " ".join(lines[marked[-1] if marked else -1 :]).replace("MXNetError: ", "", 1)
    return text
