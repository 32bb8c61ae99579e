"""Fixtures that several test modules share: an own home, and workers that stay warm."""

from __future__ import annotations

import os
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING

import hypothesis
import pytest

from mxcheat.live.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# What programs look at; xdist sets COLUMNS.
_SEEN = ("NO_COLOR", "FORCE_COLOR", "TMUX", "COLUMNS", "LINES")

# Machines are noisy: how long an example takes is no matter of a test.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make check` leaves out, as far as it can be told by where and what it is."""
    for item in items:
        if isinstance(item, pytest.Function) and _drives_the_app(item):
            item.add_marker(pytest.mark.app)
        if item.path.parent.name in ("e2e", "faults"):
            item.add_marker(pytest.mark.whole)


def _drives_the_app(item: pytest.Function) -> bool:
    """Whether it is a coroutine, which presses keys and waits for a paint, or takes a picture."""
    return iscoroutinefunction(item.function) or "snap_compare" in item.fixturenames


def _of_the_user() -> list[str]:
    return [name for name in os.environ if name.startswith(("XDG_", "MXCHEAT_", "SSH_"))]


@pytest.fixture(scope="session", autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home of the tests' own and no settings from outside; the user's is neither read nor
    written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        for variable in (*_SEEN, *_of_the_user()):
            patch.delenv(variable, raising=False)
        for variable in ("LC_ALL", "LC_MESSAGES"):
            patch.delenv(variable, raising=False)
        patch.setenv("LANG", "C.UTF-8")  # what is shown is in English
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
