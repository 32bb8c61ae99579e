"""Fixtures that several test modules share: an own home, and workers that stay warm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.live.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that no test reads or writes the user's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable in ("XDG_CACHE_HOME", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    return home


@pytest.fixture(scope="session")
def session() -> Iterator[Session]:
    """Both frameworks, imported once for all tests."""
    with Session() as session:
        yield session
