"""What `%load_ext mxcheat` adds to IPython: `%mxcheat clamp` and `%mxcheat try clamp`."""

from functools import cache

from mxcheat.cli import candidates, commands, main, narrate, try_row
from mxcheat.errors import MxcheatError
from mxcheat.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """Add the magic. All tries of one IPython share a session, which ends with it."""
    session = cache(Session)  # with the first try, which may find the settings wrong

    def mxcheat(line: str) -> None:
        """Show the rows for a query, or do what a command does: %mxcheat try clamp."""
        command, words = commands.command_of(candidates.words_of(line.strip()))
        try:
            if command == "try":
                try_row.run(words, session())
            else:
                main.main([command, *words] if command else ["lookup", "--", line])
        except MxcheatError as error:
            narrate.complain(error)
        except SystemExit:  # after --help, and IPython goes on
            return

    shell.register_magic_function(mxcheat)
