"""Folders of files, kept in `projects/`: each line with what it uses of MXNet.

A file of `projects/` holds several folders, each after a line `=== what it is`; a file of one comes
after `--- path`, and what it uses after a colon. Lines are marked as in `tests/names/code`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mxcheat.loading import load
from mxcheat.scan.found import File, Source
from mxcheat.scan.project import scan_sources
from tests.names.test_code import said

FOLDERS = sorted(Path(__file__).with_name("projects").glob("*.txt"))


def folders(path: Path) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The folders of a file: what each is, and its files with what they use."""
    found = []
    for part in ("\n" + path.read_text("utf-8")).split("\n=== ")[1:]:
        name, *files = ("\n" + part).split("\n--- ")
        heads = [file.partition("\n") for file in files]
        each = [(*head.partition(": ")[::2], text) for head, _, text in heads]
        found.append((f"{path.stem}: {name.strip()}", each))
    return found


def told(file: File) -> dict[int, list[str]]:
    """The symbols that were found in a file, by line."""
    lines: dict[int, list[str]] = {}
    for call in file.calls:
        lines.setdefault(call.line, []).append(call.symbol or "!")
    return {line: sorted(symbols) for line, symbols in lines.items()}


CASES = [case for path in FOLDERS for case in folders(path)]


@pytest.mark.parametrize(("name", "files"), CASES, ids=[name for name, _ in CASES])
def test_each_file_uses_what_is_said_of_it(name: str, files: list[tuple[str, str, str]]) -> None:
    sources = [Source(path, text) for path, _, text in files]
    found = [*scan_sources(sources, load())]
    assert [file.path for file in found] == [path for path, _, _ in files]
    for file, (_, uses, text) in zip(found, files, strict=True):
        assert told(file) == said(text), (name, file.path)
        if uses or name.startswith("clean"):
            assert {*file.uses} == {*uses.split()}, (name, file.path)
