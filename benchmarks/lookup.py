"""`mxcheat lookup` beside the Python tldr client: from the start of the process to its end.

Both are installed console scripts of the same interpreter, with warm caches, run in turns. tldr
shows a page from its cache, of our own writing: it needs no network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.figures import CannotMeasureError, Figure, interleaved, ratio
from benchmarks.setting import MXCHEAT, PEERS, PYTHON, Setting, check_output
from benchmarks.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = 40
TLDR = [str(PEERS / "tldr"), "mxcheat"]
EXPECTED_OF_TLDR = "Run one row on a device"
PAGE = """# mxcheat

> Find the PyTorch or MXNet Gluon form you need, and run both side by side.
> Every row of the cheatsheet is executed.

- Search full screen:

`mxcheat`

- Print the row for a name, a line of code or a few words:

`mxcheat lookup {{clamp}}`

- Print one form alone, for a pipe:

`mxcheat lookup --code {{gluon}} {{addmm}}`

- Run one row on a device:

`mxcheat try {{addmm}} --ctx {{gpu0}}`

- Check every row of a section:

`mxcheat verify --section {{tensor/operation}}`

- Write the corrected cheatsheet as one page:

`mxcheat export --format {{html}} -o {{cheatsheet.html}}`
"""


def measure(setting: Setting) -> Iterator[Figure]:
    """Start-up of a lookup: exact and misspelt, on a pipe and on a terminal."""
    page = setting.home / ".cache" / "tldr" / "pages" / "common" / "mxcheat.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE)
    clamp, clmap = [MXCHEAT, "lookup", "clamp"], [MXCHEAT, "lookup", "clmap"]

    def piped(command: list[str], expected: str) -> float:
        return setting.piped(command, expected)

    def seen(command: list[str], expected: str) -> float:
        return _on_terminal(setting, command, expected)

    for what, command, run, goal in (
        ("lookup clamp, piped", clamp, piped, 0.5),
        ("lookup clmap, piped", clmap, piped, 0.75),
        ("lookup clamp, on a terminal", clamp, seen, 1.0),
    ):
        ours, theirs = interleaved(
            PAIRS + 1,
            lambda command=command, run=run: run(command, "torch.clamp"),  # type: ignore[misc]
            lambda run=run: run(TLDR, EXPECTED_OF_TLDR),  # type: ignore[misc]
        )
        # The first round writes what the caches hold.
        yield ratio(what, ours[1:], "tldr", theirs[1:], goal)
    bare, theirs = interleaved(
        PAIRS,
        lambda: setting.piped([PYTHON, "-c", "pass"]),
        lambda: setting.piped(TLDR, EXPECTED_OF_TLDR),
    )
    yield ratio("the interpreter alone", bare, "tldr", theirs)


def _on_terminal(setting: Setting, command: list[str], expected: str) -> float:
    with Terminal(command, setting.environment) as terminal:
        took = terminal.read_to_end()
    check_output(command, terminal.output, expected)
    if b"\x1b[" not in terminal.output:
        raise CannotMeasureError(f"{' '.join(command)} printed no colour on a terminal")
    return took
