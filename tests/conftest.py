"""Fixtures that several test modules share: an own home, and workers that stay warm."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from mxcheat.live.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _of_the_user() -> list[str]:
    return [name for name in os.environ if name.startswith(("XDG_", "MXCHEAT_", "SSH_"))]


@pytest.fixture(scope="session", autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home of the tests' own and no settings from outside; the user's is neither read nor
    written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        for variable in ("NO_COLOR", "FORCE_COLOR", "TMUX", *_of_the_user()):
            patch.delenv(variable, raising=False)
        yield


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for this one test."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def session() -> Iterator[Session]:
    """Both frameworks, imported once for all tests."""
    with Session() as session:
        yield session
