"""Every setting there is; the reader, the documentation and `doctor` are made from this table."""

from __future__ import annotations

from typing import Any, NamedTuple

from mxcheat.config.kinds import Choice, Files, Keys, Kind, Number, Program


class Setting(NamedTuple):
    """One setting: its name in the file ("table.key"), in the environment, and what it means.

    `default` is None where something else decides; `sentence` then says what.
    """

    name: str
    variable: str
    kind: Kind
    default: Any
    sentence: str


SETTINGS = (
    Setting(
        "theme",
        "MXCHEAT_THEME",
        Kind(),
        None,
        "Colours of the app, by the name of a theme; by default the one chosen last.",
    ),
    Setting(
        "density",
        "MXCHEAT_DENSITY",
        Choice("comfortable", "compact"),
        None,
        "Boxes around panes, or more lines; by default what was chosen last.",
    ),
    Setting(
        "language",
        "MXCHEAT_LANGUAGE",
        Choice("en", "zh"),
        None,
        "Titles and labels in English or in Chinese; by default as the locale says.",
    ),
    Setting(
        "device",
        "MXCHEAT_DEVICE",
        Kind(),
        "cpu",
        "Where both sides run: cpu, gpu0 and the like.",
    ),
    Setting(
        "timeout",
        "MXCHEAT_TIMEOUT",
        Number("seconds", "30"),
        30.0,
        "How many seconds a snippet may run.",
    ),
    Setting(
        "memory_limit",
        "MXCHEAT_MEMORY_LIMIT",
        Number("a number of GiB", "16"),
        None,
        "How many GiB a run on the CPU may allocate; by default 8, less on a small machine.",
    ),
    Setting(
        "data",
        "MXCHEAT_DATA",
        Files(),
        (),
        "YAML files of your own rows; those of --data come after them.",
    ),
    Setting(
        "python.torch",
        "MXCHEAT_TORCH_PYTHON",
        Program(),
        None,
        "The Python that has torch; by default the one that runs mxcheat.",
    ),
    Setting(
        "python.mxnet",
        "MXCHEAT_MXNET_PYTHON",
        Program(),
        None,
        "The Python that has mxnet; by default the one that runs mxcheat.",
    ),
    Setting(
        "keys",
        "MXCHEAT_KEYS",
        Keys(),
        {},
        "Other keys for actions, by the ids of docs/keys.md.",
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
