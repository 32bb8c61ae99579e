"""Which keys do what: the defaults, or what the user has set."""

from __future__ import annotations

import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING

from mxcheat.errors import MxcheatError, did_you_mean
from mxcheat.tui.actions import ACTIONS, BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mxcheat.config.reader import Settings
    from mxcheat.tui.actions import Action
    from mxcheat.tui.shown import Scope

_HELD = ("ctrl", "alt", "super", "hyper", "meta", "shift")
# Actions of these scopes can be done wherever another scope's can.
_EVERYWHERE = ("main", "app")
_NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "delete": "Del",
}


class KeyMap:
    """The keys of every action."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """Take the keys that the user has set, by the id of an action."""
        self.own = {name: ",".join(_split(keys)) for name, keys in (own or {}).items()}

    def keys(self, action: str) -> list[str]:
        """The keys of an action, the one that is shown first; [] for one without."""
        return _split(self.own.get(action, BY_ID[action].keys))

    def actions(self, key: str, *scopes: Scope) -> list[str]:
        """The actions of a key, those of the first scope first."""
        return [
            action.id
            for scope in scopes
            for action in ACTIONS
            if action.scope == scope and key in self.keys(action.id)
        ]

    def shown(self, action: str) -> str:
        """The key of an action as people write it, or ""."""
        return "".join(map(key_name, self.keys(action)[:1]))

    def for_textual(self) -> dict[str, str]:
        """The keymap that Textual takes.

        It forgets the other actions of a key that is taken from one; so they are named too.
        """
        moved = {key for name in self.own for key in _split(BY_ID[name].keys)}
        beside = {
            action.id: action.keys for action in ACTIONS if moved.intersection(_split(action.keys))
        }
        return beside | self.own


def keymap_of(settings: Settings) -> KeyMap:
    """The keys that the settings ask for. Raises MxcheatError, naming where they do."""
    for problem in key_problems(settings):
        raise problem
    return KeyMap(settings["keys"])


def key_problems(settings: Settings) -> Iterator[MxcheatError]:
    """Everything that is wrong with the keys that the settings ask for."""
    own: Mapping[str, str] = settings["keys"]
    keymap = KeyMap(own)
    for problem in (*(_problem(name, keymap) for name in own), _clash(keymap) if own else None):
        if problem is not None:
            message, hint = problem
            yield MxcheatError(f"{settings.origin('keys')}: {message}", hint=hint)


def key_name(key: str) -> str:
    """A key as people write it: `^Q`, `F2`, `Shift+Tab`, `↑`."""
    *held, last = key.split("+")
    name = _NAMES.get(last) or last.capitalize()
    start = "".join("^" if modifier == "ctrl" else f"{modifier.capitalize()}+" for modifier in held)
    return start + name


def _problem(name: str, keymap: KeyMap) -> tuple[str, str] | None:
    """What is wrong with the keys that were set for an action, and what would be right."""
    if name not in BY_ID:
        return f"there is no action {name!r}", did_you_mean(name, BY_ID)
    for key in keymap.keys(name):
        *held, last = key.split("+")
        if not (set(held) <= set(_HELD) and _is_key(last)):
            return (
                f"{name} is {key!r}, which is not a key",
                "write ctrl+r, alt+enter, f5 and the like",
            )
        if len(last) == 1 and not set(held) - {"shift"}:
            return f"{name} is {key!r}, which types a letter", f"for example ctrl+{last}"
    return None


def _clash(keymap: KeyMap) -> tuple[str, str] | None:
    """Two actions that one key could both mean, unless the table intends it."""
    for one, other in combinations(ACTIONS, 2):
        shared = set(keymap.keys(one.id)).intersection(keymap.keys(other.id))
        meant = set(_split(one.keys)).intersection(_split(other.keys))
        if shared - meant and _meet(one, other):
            key = min(shared - meant)
            return f"{key} is both {one.id} and {other.id}", "give one of them another key"
    return None


def _meet(one: Action, other: Action) -> bool:
    scopes = {one.scope, other.scope}
    return len(scopes) == 1 or not scopes.isdisjoint(_EVERYWHERE)


def _is_key(name: str) -> bool:
    from textual.keys import Keys  # noqa: PLC0415 - only for keys that a user has set

    if len(name) == 1 or name in {key.value.split("+")[-1] for key in Keys}:
        return True
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True


def _split(keys: str) -> list[str]:
    return [key.strip().lower() for key in keys.split(",") if key.strip()]
