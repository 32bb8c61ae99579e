"""What a code base uses of either framework, which rows answer it, and what will bite.

`from mxcheat import scan` gives this package, whatever was imported before, so it can be called
like the function of `mxcheat.api`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from mxcheat.scan.found import Report


class _Package(ModuleType):
    def __call__(self, *paths: Any, **options: Any) -> Report:
        """Scan files and folders, as `mxcheat.api.scan` does."""
        api = __import__("mxcheat.api", fromlist=["scan"])  # which imports this package
        report: Report = api.scan(*paths, **options)
        return report


sys.modules[__name__].__class__ = _Package
