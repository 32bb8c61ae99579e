"""What a row of the cheatsheet is: the one table of its fields.

Each field says what it holds and what it is for (see `fields`). The reader, the template of a
new row, docs/writing-rows.md, the JSON form and its schema follow these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.copying import with_copies
from mxcheat.cheatsheet.fields import (
    CODE,
    FLAG,
    ID,
    INPUTS,
    SECTION,
    TEXT,
    VERBATIM,
    BySide,
    Found,
    Prints,
    Record,
    Several,
    key,
    to_json,
    word,
)
from mxcheat.cheatsheet.plain import keep_apart
from mxcheat.cheatsheet.when import When

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.cheatsheet.when import Rule

# An input as a row's author writes it: `uniform(2, 3)`, a number, a nested list.
InputSpec = str | int | float | bool | list[Any]

AVAILABILITIES = ("equivalent", "differs", "workaround", "pytorch-only", "gluon-only")

# How the outputs of both sides are compared.
COMPARISONS = ("values", "distribution", "none")

# What a difference shows in.
SHOWS = (
    *("values", "gradient", "shape", "dtype", "memory", "state"),
    *("error", "crash", "hybridized"),
)


class _Sided:
    """A record with something for each side, or None."""

    pytorch: str | None
    gluon: str | None

    def form(self, side: Side) -> str | None:
        """What it has for `side`: of a row, the form that works today."""
        return self.pytorch if side == "pytorch" else self.gluon


@dataclass(frozen=True)
class Printed:
    """One way a published document printed the row, verbatim."""

    source: str = key(TEXT, "The document that printed it.")
    function: str = key(VERBATIM, "What it said the row does.")
    pytorch: str = key(VERBATIM, "What it printed for PyTorch.")
    gluon: str = key(VERBATIM, "What it printed for MXNet Gluon.")


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
class Argument(_Sided):
    """An argument of one side and its counterpart on the other, each as `name` or `name=default`.

    `rule` is an expression that makes Gluon's value from PyTorch's, `x`.
    """

    pytorch: str | None = key(TEXT, "name and default in PyTorch", optional=True)
    gluon: str | None = key(TEXT, "name and default in Gluon", optional=True)
    rule: str = key(CODE, "how PyTorch's value, x, becomes Gluon's: `1 - x`")
    shown: Mapping[Side, str] = key(
        BySide(CODE),
        "by side: code that has to agree, where Gluon's is given `rule(x)` for PyTorch's x",
        public=False,
    )
    note: str = key(TEXT, "what else is to be known of it")


@dataclass(frozen=True)
class Difference(_Sided):
    """One thing in which the sides differ, or that one side does, and the code that shows it."""

    says: str = key(TEXT, "the difference in a sentence", required=True)
    shows: str = key(word(*SHOWS), "what it shows in", required=True)
    pytorch: str | None = key(
        CODE, "what shows it in PyTorch; without it the row's own form is run", optional=True
    )
    gluon: str | None = key(
        CODE, "what shows it in Gluon; without it the row's own form is run", optional=True
    )
    instead: Mapping[Side, str] = key(
        BySide(CODE), "by side: what to write instead, which has to agree"
    )
    inputs: Mapping[str, InputSpec] = key(
        INPUTS, "inputs beside those of the row, or in their place"
    )
    before: Mapping[Side, str] = key(
        BySide(CODE), "by side: set-up that follows the row's own", public=False
    )
    after: Mapping[Side, str] = key(BySide(CODE), "by side: what is done next", public=False)
    gradient: tuple[str, ...] = key(
        Several(TEXT), "inputs whose gradient is compared as well", public=False
    )
    when: Mapping[Side, Rule] = key(When(), "the calls that meet it, as a rule for `scan`")
    loud: bool | None = key(
        Found(FLAG),
        "whether one side raises or dies, as running it found; null where it was not run",
        optional=True,
    )


@dataclass(frozen=True)
class Hybridized:
    """The Gluon form inside a hybridized block, or why there is none."""

    form: str | None = key(CODE, "the form, with `F`", optional=True)
    reason: str = key(TEXT, "why there is none")


@dataclass(frozen=True)
class Weight:
    """A parameter of a layer and its counterpart; `rule` makes Gluon's value from PyTorch's, x."""

    pytorch: str | None = key(TEXT, "the parameter in PyTorch", optional=True)
    gluon: str | None = key(TEXT, "the parameter in Gluon", optional=True)
    rule: str = key(CODE, "how PyTorch's value, x, becomes Gluon's: `x.T`")
    value: str = key(
        TEXT, "the input that `copy_weights` puts there, as PyTorch has it", public=False
    )


@dataclass(frozen=True)
class Version(_Sided):
    """Since or until when something is so; `run` says whether it was tried on both versions."""

    pytorch: str | None = key(TEXT, "`since 1.5` or `until 1.5`", optional=True)
    gluon: str | None = key(TEXT, "`since 1.5` or `until 1.5`", optional=True)
    says: str = key(TEXT, "what changed there", required=True)
    run: bool = key(FLAG, "whether that was run, or is from source")


@dataclass(frozen=True)
class Unless:
    """A setting of the environment under which a side cannot do what the row says."""

    setting: str = key(TEXT, "`NAME=value`, a variable of the environment", required=True)
    says: str = key(TEXT, "what fails then, and why", required=True)

    def applies(self, environment: Mapping[str, str]) -> bool:
        """Whether that is how the environment is set."""
        name, _, value = self.setting.partition("=")
        return environment.get(name) == value


@dataclass(frozen=True, repr=False)
class Row(_Sided):
    """One row: a task, both forms of it, and what is true about them."""

    id: str = key(ID, "stable, lower-case words joined by `-`", required=True)
    section: str = key(SECTION, "where the row stands", required=True)
    function: str = key(
        TEXT, "what it does, in a few words, as someone would ask for it", required=True
    )
    pytorch: str | None = key(
        CODE, "the PyTorch form: what a reader copies, and just what is run", optional=True
    )
    gluon: str | None = key(
        CODE, "the Gluon form: what a reader copies, and just what is run", optional=True
    )
    availability: str = key(word(*AVAILABILITIES), "whether the forms agree", required=True)
    notes: str = key(TEXT, "what someone in a hurry needs, at most 60 words", example=">-\n  ...")
    also: Mapping[Side, tuple[str, ...]] = key(
        BySide(Several(CODE)),
        "by side: other spellings; each has to agree with the form",
        example="{pytorch: [...], gluon: [...]}",
    )
    answers: Mapping[Side, tuple[str, ...]] = key(
        BySide(Several(TEXT)),
        "by side: public names the row answers for, in full; the code has to use them",
        public="apis",
        example="{pytorch: [...], gluon: [...]}",
    )
    arguments: tuple[Argument, ...] = key(
        Several(Record(Argument)),
        "each argument of one side beside that of the other, with its default",
        example='\n- {pytorch: "dim=0", gluon: "dim=1"}',
    )
    differences: tuple[Difference, ...] = key(
        Several(Record(Difference)),
        "each thing in which the sides differ, with code that shows it, the worst first",
        example="\n- says: ...\n  pytorch: ...\n  gluon: ...\n  shows: values",
    )
    hybridized: Hybridized | None = key(  # noqa: RUF009 - a field, as the others
        Record(Hybridized, bare="form"),
        "the Gluon form with `F`, where the form itself does not hybridize; or a `reason`",
        optional=True,
        example="F.clip(x, 0, 1)",
    )
    weights: tuple[Weight, ...] = key(
        Several(Record(Weight)),
        "of a layer: each parameter of one side beside that of the other",
        example="\n- {pytorch: weight, gluon: weight, value: w}",
    )
    versions: tuple[Version, ...] = key(
        Several(Record(Version)),
        "since or until when a name, default or behaviour is so",
        example="\n- {gluon: since 1.5, says: ...}",
    )
    unless: tuple[Unless, ...] = key(
        Several(Record(Unless)),
        "settings under which the claims do not hold, which `verify` checks when they are set",
        example="\n- {setting: MXNET_MKLDNN_ENABLED=0, says: ...}",
    )
    keywords: tuple[str, ...] = key(
        Several(TEXT),
        "what people would type to find it, beyond the words above, the best first",
        public=False,
        example="[...]",
    )
    chinese: str = key(TEXT, "what it does, in Chinese", public=False)
    inputs: Mapping[str, InputSpec] = key(
        INPUTS,
        "the inputs that are shown, by name: what both sides are given",
        public=False,
        example='{x: "normal(2, 3)"}',
    )
    cases: tuple[Mapping[str, InputSpec], ...] = key(
        Several(INPUTS),
        "further inputs that the claim is checked on, each in place of those named alike",
        public=False,
        example='\n- {x: "normal(4)"}',
    )
    gradient: tuple[str, ...] = key(
        Several(TEXT), "inputs whose gradient is compared as well", public=False, example="[x]"
    )
    compare: str = key(
        word(*COMPARISONS),
        "`values`; `distribution` for random rows; `none` with a `reason`",
        default="values",
        public=False,
    )
    reason: str = key(TEXT, "why nothing can be compared", public=False)
    before: Mapping[Side, str] = key(
        BySide(CODE), "by side: set-up that stands apart", public=False
    )
    after: Mapping[Side, str] = key(
        BySide(CODE), "by side: what is done with the form", public=False
    )
    printed: tuple[Printed, ...] = key(
        Prints(Printed),
        "what was printed: `in` (ids from `sources`), `function`, `pytorch`, `gluon`, verbatim",
    )
    erratum: str | None = key(
        TEXT, "what the print gets wrong, and what happens if one follows it", optional=True
    )
    misprint: Mapping[Side, str] = key(
        BySide(TEXT),
        "by side: the printed code where it fails or gives other values, which is checked",
        public=False,
    )
    raises: tuple[str, ...] = key(
        Found(Several(TEXT)),
        "the errors that its differences and misprints raise, as running them found",
        public=False,
    )

    def __repr__(self) -> str:
        from mxcheat.cheatsheet.brief import row_text  # noqa: PLC0415 - for a prompt

        return row_text(self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from mxcheat.cheatsheet.brief import row_html  # noqa: PLC0415 - for a notebook

        return row_html(self)

    def after_of(self, side: Side) -> str:
        """What is done with the form on `side`, the copies of the weights among it; "" for none."""
        return with_copies(self.after.get(side, ""), self.weights, side)

    def snippet(self, side: Side) -> Snippet | None:
        """Everything that is run on `side`, or None where the row has no such side."""
        form = self.form(side)
        if form is None:
            return None
        return Snippet(self.before.get(side, ""), form, self.after_of(side))

    def snippet_of(
        self, difference: Difference, side: Side, form: str | None = None
    ) -> Snippet | None:
        """What shows one of the differences on `side`, or, with `form`, what is written instead.

        A side that the difference does not give is the row's own; None where there is none.
        """
        form = form or difference.form(side)
        if form is None:
            return self.snippet(side)
        before = (self.before.get(side, ""), difference.before.get(side, ""))
        return Snippet("\n".join(filter(None, before)), form, difference.after.get(side, ""))

    def snippet_of_rule(self, argument: Argument, side: Side) -> Snippet | None:
        """What shows the rule of one of the arguments on `side`, with `rule` as a function."""
        if side not in argument.shown:
            return None
        rule = f"rule = lambda x: {argument.rule}" if side == "gluon" else ""
        before = "\n".join(filter(None, (self.before.get(side, ""), rule)))
        return Snippet(before, argument.shown[side], "")

    def inputs_of(self, difference: Difference) -> dict[str, InputSpec]:
        """The inputs that one of the differences is shown on, by name."""
        return {**self.inputs, **difference.inputs}

    def inputs_of_case(self, case: int) -> dict[str, InputSpec]:
        """The inputs of case 0 (those shown) or of a further case, by name."""
        return {**self.inputs, **(self.cases[case - 1] if case else {})}

    @property
    def case_count(self) -> int:
        """How many sets of inputs the row is checked on."""
        return 1 + len(self.cases)

    @property
    def silent(self) -> int:
        """How many of the differences are silent: both sides run, and disagree."""
        return sum(difference.loud is False for difference in self.differences)

    def public_json(self) -> dict[str, Any]:
        """The row as every `--json` document shows it (spec: the command-line contract)."""
        return to_json(self)


# A list of rows shows none of these but how many differences are silent, of the rows in view.
keep_apart(
    Row,
    *(
        "differences",
        "arguments",
        "keywords",
        "cases",
        "raises",
        "also",
        "notes",
        "before",
        "after",
    ),
    *("inputs", "printed", "misprint", "erratum", "hybridized", "weights", "versions", "unless"),
)
