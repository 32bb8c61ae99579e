"""The pages that are made from tables: of actions, of settings, of what a row holds."""

from __future__ import annotations

import json
from textwrap import fill
from typing import TYPE_CHECKING, Any

from imports import filled

from mxcheat.cheatsheet.fields import keys_of
from mxcheat.cheatsheet.row import Argument, Difference, Hybridized, Row, Version, Weight
from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.cheatsheet.usage import read_usage
from mxcheat.cheatsheet.when import WORDS
from mxcheat.cli.catalogue import shipped
from mxcheat.config.table import SETTINGS
from mxcheat.loading import load
from mxcheat.paths import usage_file
from mxcheat.render.card import write_card
from mxcheat.render.page import Page
from mxcheat.tui.actions import ACTIONS, PANES
from mxcheat.tui.keymap import key_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.config.table import Setting
    from mxcheat.tui.shown import Scope

_CARD_WIDTH = 100

KEYS_INTRO = """\
# Keys

Made from the registry of actions by `make docs`, as help (F1), the footer and the command palette
are. The id in the last column is what a key is remapped by, in the
[configuration](configuration.md):

    [keys]
    "row.run" = "ctrl+r,f5"

Several keys are separated by commas; the footer shows the first. Modifiers are `ctrl`,
`alt` and `shift`; other names are those of Textual: `f1`, `enter`, `escape`, `pageup`. What is not
given keeps its keys, and one key for two actions that can be meant at the same time is refused.
Actions without a key are in the palette (Ctrl+P), and can be given one.
"""

CONFIGURATION_INTRO = """\
# Configuration

Made from the table of settings by `make docs`. mxcheat needs no configuration; without a file it
is as below. It looks for `$XDG_CONFIG_HOME/mxcheat/config.toml`, by default
`~/.config/mxcheat/config.toml`, or for the file that `MXCHEAT_CONFIG` names; `mxcheat doctor` says
where that is, whether it is there, and what is set. A key or a value that is wrong is named with
what was expected, and the command ends with 2; `mxcheat doctor` names everything that is wrong. The
file is read once, when mxcheat starts.

What the command line says prevails over the environment, the environment over the file. Files are
looked for beside the configuration, those in the environment in the current directory.
"""

EXAMPLE = """\
## An example

    theme = "nord"
    density = "compact"
    timeout = 60
    data = ["mine.yaml"]

    [python]
    mxnet = "~/envs/mxnet/bin/python"

    [keys]
    "row.run" = "ctrl+r,f5"
"""

LANGUAGE = """\
## Language

With a Chinese locale (`LC_ALL`, else `LC_MESSAGES`, else `LANG` begins with `zh`), or with
`language = "zh"`, the app, the cards of `lookup`, the lists and the page of `export` show the
Chinese titles of rows, and Chinese labels; the app its hints, lists and help as well. Notes,
differences, errors and what a command says of its work stay English, and so does what scripts
read: `--json`, `--plain` and Markdown.
"""
STATE = """\
## What is remembered

The rows used last, the theme and the density chosen in the app are kept in
`$XDG_STATE_HOME/mxcheat/state.json`, by default `~/.local/state/mxcheat/state.json`. It is small,
and never needed: where it cannot be read or written, everything works. Beside it are `error.log`
(what went wrong in the app itself) and `copied.txt` (the last text that may not have reached the
clipboard).

`NO_COLOR` and `FORCE_COLOR` are respected, and the other base directories too:
`XDG_CACHE_HOME` holds what is made of the rows.
"""


def keys_page() -> str:
    """docs/keys.md."""
    parts = [KEYS_INTRO]
    for scope, pane in PANES.items():
        parts.append(f"## {pane.title}\n")
        actions = list(_actions(scope))
        if actions:
            parts += [*table(("Key", "What it does", "Id"), actions), ""]
        if pane.more:
            parts += [*table(("Also", "What it does"), pane.more), ""]
    return "\n".join(parts)


def configuration_page() -> str:
    """docs/configuration.md."""
    heads = ("Setting", "Environment", "Expected", "Default", "Meaning")
    lines = table(heads, map(_setting, SETTINGS))
    return "\n".join([CONFIGURATION_INTRO, *lines, "", EXAMPLE, LANGUAGE, STATE])


def with_row_keys(page: str) -> str:
    """docs/writing-rows.md with the tables of keys made anew."""
    for record in (Row, Difference, Argument, Hybridized, Weight, Version):
        keys = ((f"`{key.name}`", key.help) for key in keys_of(record))
        lines = "\n".join(table(("key", "what it holds"), keys))
        page = filled(page, f"keys of {record.__name__}", f"{lines}\n")
    words = ((f"`{word}`", takes, help) for word, (takes, help) in WORDS.items())  # noqa: A001
    lines = "\n".join(table(("word", "takes", "a call meets it if"), words))
    return filled(page, "words of when", f"{lines}\n")


def with_card(page: str) -> str:
    """README.md with its card made anew."""
    lines = Page(_CARD_WIDTH)
    write_card(lines, shipped().card("cumsum"))
    return filled(page, "card of cumsum", f"```text\n{lines.text(colour=False)}```\n")


def with_counts(page: str) -> str:
    """README.md with how much there is counted anew."""
    rows = load().rows
    differences = [difference for row in rows for difference in row.differences]
    silent = sum(difference.loud is False for difference in differences)
    answered = {name for row in rows for side in SIDES for name in row.answers.get(side, ())}
    used = read_usage(usage_file())
    have = [each for each in used if each.name in answered or each.alias_of in answered]
    share = sum(each.files for each in have) / sum(each.files for each in used)
    names = (
        f"{sum(each.side == side for each in have):,} of"
        f" {sum(each.side == side for each in used):,} names of {LABELS[side]}"
        for side in SIDES
    )
    said = (
        f"{len(rows)} rows; {len(differences):,} differences, {silent:,} of them silent. Of what"
        f" public code looks up {share:.0%} has a row: {', '.join(names)}"
        " (`python -m benchmarks.coverage`)."
    )
    return filled(page, "counts", f"{fill(said, 104)}\n")


def _actions(scope: Scope) -> Iterable[tuple[str, ...]]:
    for action in ACTIONS:
        if action.scope == scope:
            keys = [f"`{key_name(key)}`" for key in filter(None, action.keys.split(","))]
            yield " ".join(keys) or "–", action.tooltip, f"`{action.id}`"


def _setting(setting: Setting) -> tuple[str, ...]:
    default = "–" if setting.default is None else f"`{json.dumps(_plain(setting.default))}`"
    named = (f"`{setting.name}`", f"`{setting.variable}`")
    return (*named, setting.kind.expected, default, setting.sentence)


def _plain(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """The lines of a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
