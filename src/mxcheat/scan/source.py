"""From the bytes of a file to the Python in it."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from tokenize import detect_encoding

from mxcheat.scan.files import MARKDOWN, NOTEBOOK, STDIN, Found
from mxcheat.scan.found import Source
from mxcheat.scan.markdown import is_markdown, read_markdown
from mxcheat.scan.notebook import read_notebook

# Bytes read of a file: a longer one was made by a program, unless it is a notebook with pictures.
_MOST = 2_000_000
_MOST_OF_A_NOTEBOOK = 32_000_000

# The line that names the encoding, the first or the second of a source.
_COOKIE = re.compile(rb"(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")


def read_source(found: Found, path: str) -> Source:
    """The Python of a file, called `path` in the report; one that cannot be read has a problem."""
    if found.problem:
        return Source(path, "", found.problem)
    is_notebook = path.lower().endswith(NOTEBOOK)
    most = _MOST_OF_A_NOTEBOOK if is_notebook else _MOST
    try:
        data, size = _bytes_of(found, most)
    except OSError as error:
        return Source(path, "", f"cannot be read ({error.strerror})")
    if size > most:
        data = data[: data.rfind(b"\n") + 1] or data
    text, problem = decode(data)
    if size > most:
        problem = f"it is huge ({size / 1e6:,.1f} MB); read as far as {most / 1e6:.0f} MB"
    return _of_kind(path, text, problem, from_stdin=found.place == STDIN)


def decode(data: bytes) -> tuple[str, str | None]:
    r"""The text of bytes, decoded as Python decodes a source, with \n at the end of each line; and
    what is wrong with it: binary, an unknown encoding, bytes that do not fit."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lines(data.decode("utf-16", "replace")), "it is UTF-16, which Python does not read"
    if wide := _wide(data):
        return _lines(data.decode(wide, "replace")), "it is UTF-16, which Python does not read"
    if b"\0" in data[:8000]:
        return "", "it is binary"
    encoding, problem = _encoding(data)
    try:
        return _lines(data.decode(encoding)), problem
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        problem = f"it is not {name} (byte 0x{data[error.start]:02x} in line {line})"
    # Each byte as a character keeps what is ASCII right, and in its line.
    return _lines(data.decode("latin-1")), problem


def _of_kind(path: str, text: str, problem: str | None, *, from_stdin: bool) -> Source:
    """The Python of a notebook, of Markdown or of a source, by its name; by its text on stdin."""
    name = path.lower()
    if name.endswith(NOTEBOOK) or (from_stdin and text.lstrip().startswith("{")):
        pieces = read_notebook(text)
        if pieces.cells or not from_stdin:
            both = "; ".join(filter(None, (problem, pieces.problem)))
            return Source(path, pieces.text, both or None, pieces.cells)
    if name.endswith(MARKDOWN) or (from_stdin and is_markdown(text)):
        text = read_markdown(text)
    return Source(path, text, problem)


def _bytes_of(found: Found, most: int) -> tuple[bytes, int]:
    """The first bytes of a file, at most `most`, and how many it has."""
    if found.place == STDIN:
        data = sys.stdin.buffer.read()
        return data[:most], len(data)
    with open(found.place, "rb") as file:
        data = file.read(most)
        more = file.read(1)
        return data, max(os.fstat(file.fileno()).st_size, len(data) + len(more))


def _encoding(data: bytes) -> tuple[str, str | None]:
    """The encoding that a source declares, else UTF-8; and what is wrong with the declaration."""
    try:
        encoding, _ = detect_encoding(io.BytesIO(data).readline)
        "".encode(encoding)
    except (SyntaxError, LookupError, UnicodeError):  # undefined refuses all text
        # Bytes in the first lines that do not fit are reported by decoding.
        said = _COOKIE.match(data)
        name = said[1].decode("ascii", "replace") if said else ""
        problem = f"it says that its encoding is {name}, which is none for text"
        return "utf-8-sig", problem if said else None
    return encoding, None


def _wide(data: bytes) -> str:
    """The kind of UTF-16 that bytes without a byte order mark look like, or ""."""
    start = data[:400]
    for kind in ("utf-16-le", "utf-16-be") if b"\0" in start else ():
        text = "".join(start.decode(kind, "replace").split())
        if text.isascii() and text.isprintable():
            return kind
    return ""


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
