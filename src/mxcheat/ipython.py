"""What `%load_ext mxcheat` adds to IPython: `%mxcheat clamp`, `%mxcheat try clamp`, `%%mxcheat`."""

import re
from functools import cache

from mxcheat.cli import candidates, commands, main, narrate, try_row
from mxcheat.errors import MxcheatError
from mxcheat.session import Session

# The line above a half of a cell.
_MARK = re.compile(r"^#[ \t]*(pytorch|gluon)[ \t]*:?[ \t]*$", re.IGNORECASE | re.MULTILINE)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """Add the magic. All tries of one IPython share a session, which ends with it."""
    session = cache(Session)  # with the first try, which may find the settings wrong

    def mxcheat(line: str, cell: str | None = None) -> None:
        """Show the rows for a query, or do what a command does: %mxcheat try clamp.

        A cell is a pair of your own: its PyTorch code below a line `# pytorch`, its Gluon code
        below `# gluon`. Beside %%mxcheat stand the inputs, x=uniform(2, 3), or options of try.
        """
        command, words = commands.command_of(candidates.words_of(line.strip()))
        try:
            if cell is not None:
                try_row.run(pair_of_cell(line.strip(), cell), session())
            elif command == "try":
                try_row.run(words, session())
            else:
                main.main([command, *words] if command else ["lookup", "--", line])
        except MxcheatError as error:
            narrate.complain(error)
        except SystemExit:  # after --help, and IPython goes on
            return

    shell.register_magic_function(mxcheat, "line_cell")


def pair_of_cell(line: str, cell: str) -> list[str]:
    """The arguments of `mxcheat try` for a cell and what stands beside its magic.

    Raises MxcheatError for a cell with no half that is marked, or with code above the first one.
    """
    options = candidates.words_of(line) if line.startswith("-") else ["--inputs", line]
    above, *parts = _MARK.split(cell)
    halves = dict(zip((side.lower() for side in parts[::2]), parts[1::2], strict=True))
    if not halves or above.strip():
        hint = "write # pytorch above the one half, and # gluon above the other"
        raise MxcheatError("%%mxcheat: the cell's code belongs to no side", hint=hint)
    # A line break first: @ would name a file.
    pair = [f"--{side}=\n{code.strip(chr(10))}" for side, code in halves.items()]
    return [*(options if line else []), *pair]
