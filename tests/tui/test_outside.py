"""The user's own editor: what becomes of the text, and what is said where it fails."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, cast

import pytest

from mxcheat.errors import MxcheatError
from mxcheat.tui.outside import edited_outside

if TYPE_CHECKING:
    from textual.app import App


class _Standing:
    """Stands in for an app that can leave its terminal."""

    suspend = staticmethod(nullcontext)


def edited(monkeypatch: pytest.MonkeyPatch, editor: str) -> str:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    return edited_outside(cast("App[object]", _Standing()), "x", ".py")


def python(code: str) -> str:
    return f"{sys.executable} -c 'import os, sys; path = sys.argv[1]; {code}'"


def test_what_the_editor_writes_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edited(monkeypatch, python('open(path, "a").write("y")')) == "x\ny"


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ('vim "', r"EDITOR is 'vim \"', which is no command \(No closing quotation\)"),
        ("/no/such/editor", r"/no/such/editor cannot be started \(No such file or directory\)"),
        (python("sys.exit(3)"), "ended with status 3; nothing was changed"),
        (python("os.remove(path)"), r"cannot be read \(No such file or directory\); nothing was"),
        (python("os.remove(path); os.mkdir(path)"), r"cannot be read \(Is a directory\)"),
        (python('open(path, "wb").write(b"\\xff")'), "not UTF-8; nothing was changed"),
    ],
)
def test_what_goes_wrong_is_said_in_a_line(
    monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    with pytest.raises(MxcheatError, match=said):
        edited(monkeypatch, editor)
