"""mxcheat: PyTorch and MXNet Gluon, side by side, every claim executed.

For programs: `lookup`, `rows`, `scan`, `try_row` and `try_pair` (docs/python.md). For IPython:
`%load_ext mxcheat`.
"""

__version__ = "0.1.0"
__all__ = [
    "DataFileError",
    "Hit",
    "MxcheatError",
    "NothingFoundError",
    "Report",
    "Row",
    "Session",
    "TryResult",
    "load_ipython_extension",
    "lookup",
    "rows",
    "scan",
    "try_pair",
    "try_row",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mxcheat.api import lookup, rows, scan, try_pair, try_row
    from mxcheat.cheatsheet.nodes import DataFileError
    from mxcheat.cheatsheet.row import Row
    from mxcheat.errors import MxcheatError, NothingFoundError
    from mxcheat.ipython import load_ipython_extension
    from mxcheat.live.results import TryResult
    from mxcheat.scan.found import Report
    from mxcheat.search import Hit
    from mxcheat.session import Session
else:
    _MODULES = {
        **dict.fromkeys(("lookup", "rows", "try_pair", "try_row"), "api"),
        **dict.fromkeys(("MxcheatError", "NothingFoundError"), "errors"),
        "DataFileError": "cheatsheet.nodes",
        "Hit": "search",
        "Report": "scan.found",
        "Row": "cheatsheet.row",
        "Session": "session",
        "TryResult": "live.results",
        "load_ipython_extension": "ipython",
    }

    def __getattr__(name):  # every command imports this package, and most need none of these
        if name == "scan":  # a package that is called
            return __import__("mxcheat.scan", fromlist=[name])
        if name not in _MODULES:
            raise AttributeError(f"module 'mxcheat' has no attribute {name!r}")
        return getattr(__import__(f"mxcheat.{_MODULES[name]}", fromlist=[name]), name)

    def __dir__():
        return [*globals(), *_MODULES, "scan"]
