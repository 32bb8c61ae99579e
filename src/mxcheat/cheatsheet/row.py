"""What a row of the cheatsheet is, and its public JSON form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mxcheat.cheatsheet import sides

if TYPE_CHECKING:
    from collections.abc import Mapping

Side = Literal["pytorch", "gluon"]
SIDES = sides.SIDES

AVAILABILITIES = ("equivalent", "differs", "workaround", "pytorch-only", "gluon-only")

# How two sides' outputs are held against each other.
COMPARISONS = ("values", "distribution", "none")

# An input as a row's author writes it: `uniform(2, 3)`, a number, a nested list.
InputSpec = str | int | float | bool | list[Any]


@dataclass(frozen=True)
class Printed:
    """One way a published document printed the row, verbatim."""

    source: str
    function: str
    pytorch: str
    gluon: str


@dataclass(frozen=True)
class Snippet:
    """The code of one side: set-up, the form a reader copies, and what is done with it."""

    before: str
    form: str
    after: str

    @property
    def code(self) -> str:
        """What is run, top to bottom."""
        return "\n".join(part for part in (self.before, self.form, self.after) if part)


@dataclass(frozen=True)
class Difference:
    """One way the sides differ, as code that shows it; `shows` is a word of SHOWS.

    `loud` says how a reader meets it, as running it found: one side raises or dies (True), both
    run and disagree (False); None where it has not been run.
    """

    says: str
    shows: str
    code: Mapping[Side, str]
    instead: Mapping[Side, str] = field(default_factory=dict)
    inputs: Mapping[str, InputSpec] = field(default_factory=dict)
    before: Mapping[Side, str] = field(default_factory=dict)
    after: Mapping[Side, str] = field(default_factory=dict)
    gradient: tuple[str, ...] = ()
    when: str = ""
    loud: bool | None = None


@dataclass(frozen=True)
class Argument:
    """One argument of both forms, each as `name=default`; a side without it has none.

    `rule` says how values convert, `note` whatever else a porter has to know.
    """

    code: Mapping[Side, str]
    rule: str = ""
    note: str = ""


@dataclass(frozen=True)
class Hybridized:
    """The Gluon form that works in a hybridized block, or why there is none."""

    form: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One row: a task, both forms of it, and what is true about them.

    `cases` are further inputs that the claim is checked on, each a complete replacement
    for the named inputs; `gradient` names the inputs whose gradient is compared as well;
    `reason` says why nothing can be compared when `compare` is "none"; `misprint` is what a
    document printed, as code, where following it fails or gives other values.
    """

    id: str
    section: str
    function: str
    pytorch: str | None
    gluon: str | None
    availability: str
    notes: str = ""
    erratum: str | None = None
    printed: tuple[Printed, ...] = ()
    apis: Mapping[Side, tuple[str, ...]] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    chinese: str = ""
    inputs: Mapping[str, InputSpec] = field(default_factory=dict)
    cases: tuple[Mapping[str, InputSpec], ...] = ()
    before: Mapping[Side, str] = field(default_factory=dict)
    after: Mapping[Side, str] = field(default_factory=dict)
    gradient: tuple[str, ...] = ()
    compare: str = "values"
    reason: str = ""
    misprint: Mapping[Side, str] = field(default_factory=dict)
    also: Mapping[Side, tuple[str, ...]] = field(default_factory=dict)
    arguments: tuple[Argument, ...] = ()
    differences: tuple[Difference, ...] = ()
    hybridized: Hybridized | None = None

    def form(self, side: Side) -> str | None:
        """The form that works today on `side`, or None."""
        return self.pytorch if side == "pytorch" else self.gluon

    def snippet(self, side: Side) -> Snippet | None:
        """Everything that is run on `side`, or None where the row has no such side."""
        form = self.form(side)
        if form is None:
            return None
        return Snippet(self.before.get(side, ""), form, self.after.get(side, ""))

    def inputs_of_case(self, case: int) -> dict[str, InputSpec]:
        """The inputs of case 0 (those shown) or of a further case, by name."""
        return {**self.inputs, **(self.cases[case - 1] if case else {})}

    @property
    def silent(self) -> int:
        """How many of the differences are silent: both sides run, and disagree."""
        return sum(difference.loud is False for difference in self.differences)

    @property
    def case_count(self) -> int:
        """How many sets of inputs the row is checked on."""
        return 1 + len(self.cases)

    def public_json(self) -> dict[str, Any]:
        """The row as every `--json` document shows it (spec: the command-line contract)."""
        return {
            "id": self.id,
            "section": self.section,
            "function": self.function,
            "pytorch": self.pytorch,
            "gluon": self.gluon,
            "printed": [vars(printed) for printed in self.printed],
            "erratum": self.erratum,
            "notes": self.notes,
            "availability": self.availability,
            "apis": {side: list(self.apis.get(side, ())) for side in SIDES},
        }


@dataclass(frozen=True)
class Source:
    """A document that printed rows: where it stood, and what it is called."""

    id: str
    title: str
    origin: str


@dataclass(frozen=True)
class Cheatsheet:
    """All rows in their order, with the titles of sections and the documents cited.

    `calls` says how often public code calls a name; search parts ties by it.
    """

    rows: tuple[Row, ...]
    sections: Mapping[str, str]
    sources: Mapping[str, Source]
    calls: Mapping[str, int] = field(default_factory=dict)

    def row(self, row_id: str) -> Row | None:
        """The row with this id, or None."""
        return next((row for row in self.rows if row.id == row_id), None)
