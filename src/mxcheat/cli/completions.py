"""mxcheat completions: what makes TAB complete a command line of mxcheat.

The script that a shell reads holds no commands, options or rows: on TAB it asks
`mxcheat completions --answer LINE`, so it stays right when any of them change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cli import output
from mxcheat.cli.arguments import Parser
from mxcheat.errors import ExitCode
from mxcheat.render.inert import inert_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Shell -> the script it reads.
SCRIPTS = {"bash": "mxcheat.bash", "zsh": "_mxcheat", "fish": "mxcheat.fish"}

EXAMPLES = """examples, each for the shell's start-up file:
  eval "$(mxcheat completions bash)"    # ~/.bashrc
  eval "$(mxcheat completions zsh)"     # ~/.zshrc, below compinit
  mxcheat completions fish | source     # ~/.config/fish/config.fish

Your own rows are completed too: configured ones, and those of --data FILE."""


def parser() -> Parser:
    """What the command takes."""
    parser = Parser("completions", "Print the completion script of a shell.", EXAMPLES)
    parser.add_argument("shell", choices=SCRIPTS, metavar="SHELL", help="bash, zsh or fish")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Print the script for a shell, or answer what such a script asks."""
    if argv and argv[0] == "--answer":
        output.write("".join(_answer(*argv[1:3])))
    else:
        output.write(script(parser().parse_all(argv).shell))
    return ExitCode.DONE


def script(shell: str) -> str:
    """The script for "bash", "zsh" or "fish"."""
    from importlib.resources import files  # noqa: PLC0415 - an answer does without

    return (files("mxcheat.cli") / "shells" / SCRIPTS[shell]).read_text("utf-8")


def _answer(line: str = "", replaced: str | None = None) -> Iterator[str]:
    """What the last word of `line`, a command line up to the cursor, may be; a line each.

    It holds the word and, after a tab, what it means. Where names of files are meant, it holds
    what stands before the name after the tab, and nothing before it. With `replaced`, the end of
    the last word that the shell puts the answer for, each is a continuation of just that.
    """
    from mxcheat.cli.candidates import candidates, words_of  # noqa: PLC0415 - nor do scripts

    words = words_of(line)
    typed = words[-1]
    kept = "" if replaced is None else typed.removesuffix(replaced)
    for word, meaning in candidates(words).items():
        if not word:
            yield f"\t{meaning.removeprefix(kept)}\n"
        elif word.isprintable() and (replaced is None or word.startswith(typed)):
            yield f"{word.removeprefix(kept)}\t{inert_line(meaning)}\n"
