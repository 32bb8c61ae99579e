"""What the word at the cursor of a command line may be, by the parser that would read it."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from mxcheat.cli.arguments import is_shared, kind_of
from mxcheat.cli.commands import COMMANDS, command_of, module_of
from mxcheat.cli.kinds import values

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from mxcheat.cli.kinds import Group


def words_of(line: str) -> list[str]:
    """The words of a command line; the last is the one at its end, empty after a space.

    Quotes are taken away; one that is still open is taken to end with the line.
    """
    for ending in ("", "\\", "'", '"'):
        try:
            words = shlex.split(line + ending)
        except ValueError:
            continue
        return [*words, ""] if not ending and line[-1:].isspace() else words
    return line.split()


def candidates(words: Sequence[str]) -> Group:
    """What may stand for the last of `words`, the first being the program.

    Of several kinds, the first in which something begins with what was typed; where nothing
    does, all of them, since a shell may match by other rules.
    """
    *given, typed = words[1:] or [""]
    line = Line(given)
    name, equals, value = typed.partition("=")
    if line.waiting or not (equals and name in line.options):
        return _first_begun(line.groups(typed), typed)
    found = _first_begun(values(line.options[name], value, line.files), value)
    before = name + equals
    return {word and before + word: meaning if word else before for word, meaning in found.items()}


def _first_begun(groups: Iterable[Group], typed: str) -> Group:
    found: Group = {}
    for group in groups:
        if any(word.startswith(typed) for word in group):
            return group
        found.update(group)
    return found


class Line:
    """The words before the cursor, as the parser of their command reads them.

    `waiting` is the option whose value comes next, if one does; `files` are those of --data.
    """

    def __init__(self, given: Sequence[str]) -> None:
        self.command, others = command_of(given)
        self.parser = module_of(self.command).parser()
        self.options: dict[str, argparse.Action] = self.parser._option_string_actions
        self.waiting: argparse.Action | None = None
        self.files: list[str] = []
        self._used: set[argparse.Action] = set()
        self._words: list[str] = []
        self._ended = False  # all that follows "--" is words
        for word in others:
            self._read(word)

    def groups(self, typed: str) -> Iterator[Group]:
        """What may come next, by kind: a value, options, or words."""
        if self.waiting:
            yield from values(self.waiting, typed, self.files)
        elif typed.startswith("-") and not self._ended:
            yield from self._open_options()
        else:
            yield from self._next_words(typed)

    def _read(self, word: str) -> None:
        name, equals, value = word.partition("=")
        if self.waiting:
            self._take(self.waiting, word)
        elif self._ended or not word.startswith("-"):
            self._words.append(word)
        elif word == "--":
            self._ended = True
        elif option := self.options.get(name):
            self._used.add(option)
            if equals:
                self._take(option, value)
            elif option.nargs is None:
                self.waiting = option

    def _take(self, option: argparse.Action, value: str) -> None:
        self.waiting = None
        if option.dest == "data":
            self.files.append(os.path.expanduser(value))

    def _open_options(self) -> Iterator[Group]:
        """Options that may still be given: by their long names, then by all names."""
        closed = {option for option in self._used if option.dest != "data"}
        for group in self.parser._mutually_exclusive_groups:
            if closed.intersection(group._group_actions):
                closed.update(group._group_actions)
        open_ones = [option for option in self.parser._actions if option not in closed]
        options = sorted(open_ones, key=is_shared)
        named = [(option.option_strings, option.help or "") for option in options]
        yield {names[-1]: meaning for names, meaning in named if names}
        yield {name: meaning for names, meaning in named for name in names}

    def _next_words(self, typed: str) -> Iterator[Group]:
        """What a word may be; a query of several words is one, which its first decides."""
        actions = self.parser._get_positional_actions()
        if not (self.command or self._words or self._ended):
            yield {name: gives for name, (_, _, gives) in COMMANDS.items()}
        for action in actions:
            repeated = "..." in str(action.metavar) and kind_of(action) != "QUERY"
            if repeated or not self._words:
                for group in values(action, typed, self.files):
                    yield {word: group[word] for word in group if word not in self._words}
