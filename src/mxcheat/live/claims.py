"""What a row claims beside its form, as trials: spellings, hybridized forms, rules, differences.

`checks_of` says what is to be run, and each check judges what came of it. Whether a difference is
silent (both sides run, and disagree) or loud (one raises or dies) is found here, never declared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import from_values
from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.cheatsheet.sides import other as other_side
from mxcheat.live.results import AGREEING
from mxcheat.live.told_numbers import untold_numbers
from mxcheat.live.told_sides import untold_of_sides, untrue_of_dtypes
from mxcheat.live.told_words import untrue_of_errors, untrue_of_memory
from mxcheat.live.trial import Trial
from mxcheat.live.verdict.compare import compare_sides
from mxcheat.live.verdict.pairs import pair_outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mxcheat.cheatsheet.row import Difference, Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Output, SideResult, TryResult, Verdict

    Judge = Callable[[Sequence[TryResult]], "Outcome"]

# Operators live here: their Gluon forms have to work inside a hybridized block as well.
_OPERATORS = "tensor/"
_GRADIENT = ".grad"
# What a difference shows that is loud; it may come of taking a gradient too, if that is named.
_ERRORS = ("error", "crash")


@dataclass(frozen=True)
class Outcome:
    """What came of a check: whether it is what the row says, a word for it, and a sentence.

    `found` is "agrees", "silent", "loud", or, where the claim does not hold, what is the case.
    """

    holds: bool
    found: str
    says: str = ""


@dataclass(frozen=True)
class Shown:
    """A difference that was run: its number as shown, and what came of it; None without a side."""

    number: int
    difference: Difference
    outcome: Outcome | None

    @property
    def holds(self) -> bool | None:
        """Whether it shows; None where a framework or a device is missing."""
        return None if self.outcome is None else self.outcome.holds

    def to_json(self) -> dict[str, Any]:
        """As `try --json` has it; `loud` is as the run found it, if it did."""
        found = self.outcome.found if self.outcome and self.outcome.holds else ""
        return {
            "number": self.number,
            "says": self.difference.says,
            "shows": self.difference.shows,
            "loud": found == "loud" if found else self.difference.loud,
            "holds": self.holds,
        }


@dataclass(frozen=True)
class Check:
    """One claim: its name in messages ("difference 2"), what is run, and how that is judged."""

    name: str
    trials: tuple[Trial, ...]
    judge: Judge


def checks_of(row: Row) -> Iterator[Check]:
    """Everything a row claims beside what its form gives, in the row's order."""
    yield from _spellings(row)
    yield from _hybridized(row)
    yield from _rules(row)
    for number, difference in enumerate(row.differences, 1):
        yield from _difference(row, difference, f"difference {number}")


def difference_trial(row: Row, difference: Difference) -> Trial:
    """The trial that shows a difference; a side it does not give is the row's own form.

    Where it shows an error of one side, that side alone is run. A gradient is taken where it is
    what differs, and where a difference that shows an error names one.
    """
    given = [side for side in SIDES if difference.form(side) is not None]
    alone = len(given) == 1 and difference.shows in _ERRORS
    snippets = {
        side: None if alone and side not in given else row.snippet_of(difference, side)
        for side in SIDES
    }
    gradient = difference.gradient if difference.shows in ("gradient", *_ERRORS) else ()
    if difference.shows == "gradient":
        gradient = gradient or row.gradient
    hybridized = difference.shows == "hybridized"
    return Trial(snippets, row.inputs_of(difference), gradient, row=row, hybridized=hybridized)


def with_eager(trial: Trial) -> tuple[Trial, ...]:
    """The trial; before one in a hybridized block, its Gluon code outside of one."""
    if not trial.hybridized:
        return (trial,)
    eager = replace(trial, snippets={"gluon": trial.snippets["gluon"]}, hybridized=False)
    return eager, trial


def shown_by(difference: Difference, results: Sequence[TryResult]) -> Outcome:
    """Whether the results of `with_eager` show what is said, and how a reader would meet it.

    The sentence has to fit the run: numbers and dtypes, each on its side, who raises, who copies.
    """
    outcome = _shown_by(difference, results)
    if not outcome.holds:
        return outcome
    for untrue in _untrue(difference, results):
        return Outcome(False, "untold", untrue)
    return outcome


def _untrue(difference: Difference, results: Sequence[TryResult]) -> Iterator[str]:
    """What the sentence has wrong about the runs that show it."""
    says, instead = difference.says, tuple(difference.instead.values())
    untold = untold_numbers(says, instead, results)
    if untold:
        yield f"nothing that was run gives {', '.join(untold)}"
    yield from untold_of_sides(says, instead, results)
    yield from untrue_of_errors(says, results)
    if difference.shows == "memory":
        yield from untrue_of_memory(says, results[-1])
    elif difference.shows != "values":  # where code may ask for the dtype, and give an answer
        yield from untrue_of_dtypes(says, results[-1])


def _shown_by(difference: Difference, results: Sequence[TryResult]) -> Outcome:
    if difference.shows == "hybridized":
        return _does_not_trace(results)
    (result,) = results
    ran = [side for side in result.sides if side.status != "none"]
    failed = [side for side in ran if not side.ok]
    if difference.shows in _ERRORS:
        return _loud(difference.shows, failed)
    if failed:
        return Outcome(False, failed[0].status, f"{failed[0].side}: {failed[0].error}")
    differs = _DIFFERS[difference.shows](result)
    return Outcome(differs, "silent" if differs else "agrees", result.verdict.reason)


def judged(number: int, difference: Difference, results: Sequence[TryResult]) -> Shown:
    """What came of a difference, from the results of `with_eager`."""
    missing = any(result.lacks_a_side for result in results)
    return Shown(number, difference, None if missing else shown_by(difference, results))


def _spellings(row: Row) -> Iterator[Check]:
    for side in SIDES:
        for number, code in enumerate(row.also.get(side, ()), 1):
            snippet = row.snippet(side)
            if snippet is None:  # which `check` tells
                continue
            for case in range(row.case_count):
                inputs = row.inputs_of_case(case)
                both = snippet, replace(snippet, form=code)
                trials = tuple(Trial({side: one}, inputs, row.gradient) for one in both)
                name = f"also {side} {number}, case {case}"
                yield Check(name, trials, partial(_agree, side, row.compare))


def _hybridized(row: Row) -> Iterator[Check]:
    """The form in a hybridized block, on every case; or the form that the row gives for it."""
    snippet = row.snippet("gluon")
    if snippet is None or not (row.hybridized or row.section.startswith(_OPERATORS)):
        return
    form = replace(snippet, after="")
    eager = [
        Trial({"gluon": form}, row.inputs_of_case(case), row.gradient)
        for case in range(row.case_count)
    ]
    traced = [replace(trial, hybridized=True) for trial in eager]
    if row.hybridized:  # needless where the form works as it is
        yield Check("hybridized as it is", (*eager, *traced), _does_not_trace)
        traced = [
            replace(trial, snippets={"gluon": replace(form, form=row.hybridized.form or "")})
            for trial in traced
        ]
    if row.hybridized is None or row.hybridized.form:
        judge = partial(_agree, "gluon", row.compare)
        for case, pair in enumerate(zip(eager, traced, strict=True)):
            yield Check(f"hybridized, case {case}", pair, judge)
        if row.gradient:  # which is taken under record(): some operators do otherwise outside
            outside = tuple(replace(trial, gradient=()) for trial in (eager[0], traced[0]))
            yield Check("hybridized, outside of record()", outside, judge)


def _rules(row: Row) -> Iterator[Check]:
    """The rules of arguments: both sides agree where Gluon is given what the rule makes."""
    for number, argument in enumerate(row.arguments, 1):
        if argument.shown:
            snippets = {side: row.snippet_of_rule(argument, side) for side in SIDES}
            trial = Trial(snippets, row.inputs, row=row)
            yield Check(f"argument {number}", (trial,), partial(_instead_agrees, ""))


def _difference(row: Row, difference: Difference, name: str) -> Iterator[Check]:
    trial = difference_trial(row, difference)
    told = (
        replace(trial, snippets={"gluon": trial.snippets["gluon"]}) if trial.hybridized else trial
    )
    yield Check(name, with_eager(told), partial(shown_by, difference))
    for side, code in difference.instead.items():
        snippets = {**trial.snippets, side: row.snippet_of(difference, side, code)}
        against = other_side(side)
        if difference.form(against) is None:  # of an error, only the side that raises is run
            snippets[against] = row.snippet(against)
        instead = replace(trial, snippets=snippets, hybridized=False)
        judge = partial(_instead_agrees, _held_against(row, difference, against))
        yield Check(f"{name}, instead", (instead,), judge)


def _agree(side: Side, comparison: str, results: Sequence[TryResult]) -> Outcome:
    """Whether two runs of one side give the same."""
    first, second = (result.side(side) for result in results)
    for one in (first, second):
        if not one.ok:
            return Outcome(False, one.status, str(one.error))
    compared = "values" if comparison == "none" else comparison
    return _agreement(compare_sides(first, second, compared, terms=results[0].terms))


def _held_against(row: Row, difference: Difference, side: Side) -> str:
    """What stands on the other side of an `instead`, in words; "" where the difference gives it."""
    if difference.form(side) is not None:
        return ""
    after = ", with its 'after'" if row.after.get(side) else ""
    return f"held against the row's own {LABELS[side]} form{after}"


def _instead_agrees(against: str, results: Sequence[TryResult]) -> Outcome:
    """Whether both sides agree; where they do not, it is said what was held `against` it."""
    (result,) = results
    outcome = _agreement(result.verdict)
    if outcome.holds or not against:
        return outcome
    return replace(outcome, says=f"{outcome.says} ({against})")


def _agreement(verdict: Verdict) -> Outcome:
    holds = verdict.status in AGREEING
    return Outcome(holds, "agrees" if holds else verdict.status, verdict.reason)


def _does_not_trace(results: Sequence[TryResult]) -> Outcome:
    """Of as many eager runs and then the same hybridized, one pair at least does not agree."""
    half = len(results) // 2
    outcome = Outcome(False, "agrees")
    for outside, inside in zip(results[:half], results[half:], strict=True):
        eager, traced = outside.gluon, inside.gluon
        if not eager.ok:
            return Outcome(False, eager.status, str(eager.error))
        if not traced.ok:
            return Outcome(True, "loud", str(traced.error))
        verdict = compare_sides(eager, traced, terms=outside.terms)
        if verdict.status == "different":
            return Outcome(True, "silent", verdict.reason)
        outcome = Outcome(False, "agrees", verdict.reason)
    return outcome


def _loud(shows: str, failed: Sequence[SideResult]) -> Outcome:
    wanted = "error" if shows == "error" else "crashed"
    if len(failed) != 1:
        what = "both sides fail" if len(failed) > 1 else "nothing raises"
        return Outcome(False, "silent" if not failed else "loud", what)
    return Outcome(failed[0].status == wanted, "loud", str(failed[0].error))


def _pairs(result: TryResult) -> list[tuple[Output, Output]]:
    pairs = pair_outputs(result.pytorch.outputs, result.gluon.outputs)
    return [] if isinstance(pairs, str) else pairs


def _values_differ(result: TryResult) -> bool:
    """The values differ, whatever their dtypes do."""
    left, right = (
        replace(side, outputs=tuple(_in_one_dtype(out) for out in side.outputs))
        if _dtypes_differ(result)
        else side
        for side in result.sides
    )
    return compare_sides(left, right, terms=result.terms).status == "different"


def _in_one_dtype(output: Output) -> Output:
    """A real array as float64, which holds what nearly every other dtype does."""
    array = output.array
    if array is None or "complex" in array.dtype:
        return output
    wide = from_values(array.shape, "float64", [float(value) for value in array.values])
    return replace(output, kind="array", dtype="float64", array=wide)


def _shapes_differ(result: TryResult) -> bool:
    return any(left.shape != right.shape for left, right in _pairs(result))


def _dtypes_differ(result: TryResult) -> bool:
    return any(left.dtype != right.dtype for left, right in _pairs(result))


def _gradients_differ(result: TryResult) -> bool:
    """The gradients differ, whatever the values do."""
    keep = {
        side.side: replace(
            side, outputs=tuple(out for out in side.outputs if out.name.endswith(_GRADIENT))
        )
        for side in result.sides
    }
    verdict = compare_sides(keep["pytorch"], keep["gluon"], terms=result.terms)
    return verdict.status == "different"


_DIFFERS: dict[str, Callable[[TryResult], bool]] = {
    "values": _values_differ,
    "memory": _values_differ,
    "state": _values_differ,
    "shape": _shapes_differ,
    "dtype": _dtypes_differ,
    "gradient": _gradients_differ,
}
