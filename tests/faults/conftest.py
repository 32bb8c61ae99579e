"""What every fault's test ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import census

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def no_strays() -> Iterator[None]:
    """Each test begins without what a test before it should not have left."""
    yield
    census.end_strays()
