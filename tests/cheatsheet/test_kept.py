"""What is kept: read while all it was made from is as it was, and harmless in any state."""

from __future__ import annotations

import os
from binascii import crc32
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from mxcheat.cheatsheet import kept as module
from mxcheat.cheatsheet.kept import Kept
from mxcheat.loading import load
from mxcheat.paths import mappings_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORM = {"rows": [("a", 1.5, None)], "bytes": b"\0\xff" * 500}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One file that forms are made from, and an empty cache beside it; changes count at once."""
    path = tmp_path / "rows.yaml"
    path.write_text("one")
    monkeypatch.setattr(module, "sheet_files", lambda: [str(path)])
    monkeypatch.setattr(module, "modules_of", lambda *_: [])
    monkeypatch.setattr(module, "_SETTLED", -1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return path


@pytest.fixture
def kept(source: Path) -> Path:
    """The file of a form that is kept."""
    assert Kept().keep("form", lambda: FORM) == FORM
    (path,) = (source.parent / "mxcheat").iterdir()
    return path


def never() -> Any:
    raise AssertionError("made in vain")


def test_what_is_kept_is_read(kept: Path) -> None:
    assert Kept().read("form") == FORM
    assert Kept().read("other") is None


def test_a_file_edited_to_the_same_size_is_seen(source: Path, kept: Path) -> None:
    source.write_text("two")
    assert Kept().read("form") is None
    Kept().keep("form", lambda: "made of two")
    assert Kept().read("form") == "made of two"
    assert list(kept.parent.iterdir()) == [kept]


def test_an_edit_whose_time_is_turned_back_is_seen(source: Path, kept: Path) -> None:
    before = source.stat()
    source.write_text("two")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Kept().read("form") is None


def test_a_source_that_appears_or_goes_is_seen(source: Path, kept: Path) -> None:
    source.unlink()
    assert Kept().read("form") is None


def test_an_edit_while_the_form_is_made_leaves_none_that_is_read(source: Path) -> None:
    def make() -> str:
        source.write_text("two")
        return "made of one"

    assert Kept().keep("form", make) == "made of one"
    assert Kept().read("form") is None


def test_what_changed_just_now_is_not_kept(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SETTLED", 3600 * 10**9)
    assert Kept().keep("form", never) is None


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda whole: whole[:-30],
    "cut to its checksum": lambda whole: whole[:4],
    "a bit turned": lambda whole: whole[:200] + bytes([whole[200] ^ 4]) + whole[201:],
    "the first bit turned": lambda whole: bytes([whole[0] ^ 1]) + whole[1:],
    "zeros": lambda whole: b"\0" * len(whole),
    "text": lambda _: b"#!/bin/sh\nexit 1\n",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_form_is_none(kept: Path, damage: Callable[[bytes], bytes]) -> None:
    kept.write_bytes(damage(kept.read_bytes()))
    assert Kept().read("form") is None
    assert Kept().keep("form", lambda: FORM) == FORM
    assert Kept().read("form") == FORM


def test_what_follows_the_parts_does_no_harm(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes() + b"\0")
    assert Kept().read("form") == FORM


def test_parts_are_kept_beside_each_other_and_read_alone(kept: Path) -> None:
    assert Kept().keep("second", lambda: Kept().keep("third", lambda: "inner")) == "inner"
    assert [Kept().read(part) for part in ("form", "second", "third")] == [FORM, "inner", "inner"]
    assert list(kept.parent.iterdir()) == [kept]
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert [Kept().read(part) for part in ("form", "second", "third")].count(None) == 1


@pytest.mark.parametrize("body", [b"", b"N", b"i\1\0\0\0", b")\2NN", b")\3NNN", b"[\2\0\0\0N"])
def test_a_whole_file_of_another_make_is_none(kept: Path, body: bytes) -> None:
    head = len(body).to_bytes(4, "big") + crc32(body).to_bytes(4, "big")
    kept.write_bytes(head + body)
    assert Kept().read("form") is None


def test_forms_of_other_interpreters_lie_beside(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.implementation.cache_tag", "other-99")
    assert Kept().read("form") is None
    assert Kept().keep("form", lambda: "theirs") == "theirs"
    monkeypatch.undo()
    assert len(list(kept.parent.iterdir())) == 2


def test_many_writers_at_once_leave_one_whole_form(source: Path) -> None:
    def write(form: int) -> None:
        for _ in range(20):
            Kept().keep("form", lambda: [form] * 10_000)
            assert Kept().read("form") in made

    made = [[form] * 10_000 for form in range(4)]
    errors: list[BaseException] = []
    threads = [Thread(target=_gather, args=(errors, write, form)) for form in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert len(list((source.parent / "mxcheat").iterdir())) == 1


def _gather(errors: list[BaseException], work: Callable[[int], None], form: int) -> None:
    try:
        work(form)
    except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
        errors.append(error)


def test_an_error_in_making_leaves_nothing_behind(source: Path) -> None:
    with pytest.raises(AssertionError, match="made in vain"):
        Kept().keep("form", never)
    assert list((source.parent / "mxcheat").iterdir()) == []


def test_only_the_newest_files_stay(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        monkeypatch.setattr("sys.implementation.cache_tag", f"python-{number}")
        Kept().keep("form", lambda: FORM)
    other = source.parent / "mxcheat" / "other.txt"
    other.write_text("not ours")
    monkeypatch.setattr("sys.implementation.cache_tag", "last")
    Kept().keep("form", lambda: FORM)
    names = sorted(path.name.partition("-")[2] for path in other.parent.iterdir())
    assert len(names) == 9
    assert {"last.kept", "python-11.kept"} <= set(names)


@pytest.mark.parametrize("home", ["", "/proc/nowhere", "/dev/null"])
def test_without_a_cache_nothing_is_made_for_it(
    source: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", home)
    assert Kept().read("form") is None
    assert Kept().keep("form", never) is None


def test_an_edit_of_the_shipped_sheet_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "mappings.yaml"
    sheet.write_bytes(mappings_file().read_bytes())
    monkeypatch.setattr(module, "_SETTLED", -1)
    monkeypatch.setattr(module, "sheet_files", lambda: [str(sheet)])
    monkeypatch.setattr("mxcheat.loading.shipped_files", lambda: [sheet])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = load()
    assert repr(load()) == repr(first)  # a nan among the inputs is not equal to itself
    text = sheet.read_text("utf-8")
    sheet.write_text(text.replace("element-wise inverse cosine", "element-wise INVERSE cosine"))
    assert sheet.stat().st_size == len(text.encode())
    row = load().row("acos")
    assert row is not None
    assert row.function == "Take the element-wise INVERSE cosine"
