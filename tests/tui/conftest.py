"""Sessions for the app's state tests."""

from __future__ import annotations

import pytest

from .driver import FakeSession


@pytest.fixture
def quick() -> FakeSession:
    """A session whose runs end at once."""
    return FakeSession().at_once()


@pytest.fixture
def slow() -> FakeSession:
    """A session whose runs wait for the test."""
    return FakeSession()
