"""Whether what a sentence says in words is what the run shows: who raises, who copies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.live.clauses import clauses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.live.clauses import Clause
    from mxcheat.live.results import SideResult, TryResult

_RAISE = r"(?:raises?|refuses?|fails?|aborts?|crash(?:es)?|dies?|kills?)"
_RAISES = re.compile(rf"\b(?:{_RAISE}|ends? the process)\b", re.IGNORECASE)
# What says in other words that a call cannot be made.
_LACKS = re.compile(
    r"\b(?:ha(?:s|ve) (?:no|none|neither)|(?:takes?|knows?) no|(?:wants?|needs?)(?! no\b)"
    r"|cannot)\b",
    re.IGNORECASE,
)
_RAISES_NOT = re.compile(
    rf"\b(?:not|nothing|neither|never|nor (?:does|do) \S+) {_RAISE}\b"
    rf"|\b{_RAISE} (?:nothing|no|neither)\b|\b(?:silently|unnoticed|works?)\b",
    re.IGNORECASE,
)
# "in nd only", "only torch", "torch's alone": there it works, and nowhere else.
_SIDE = r"(?:torch|torchvision|PyTorch|nd|mx\.np|npx|MXNet|Gluon)(?:'s)?"
_THERE_ALONE = re.compile(rf"\b{_SIDE} (?:only|alone)\b|\b(?:only|alone) (?:in |by )?{_SIDE}\b")
# "nd has a unique", "torch takes a text": then nothing is said to raise.
_HAS = re.compile(r"\b(?:ha(?:s|ve)|takes?) (?:an?|the)\b")
# A snippet that catches what is raised shows the error, and ends well.
_CATCHES = re.compile(r"\bexcept\b")

_COPIES = re.compile(r"\b(?:copy|copies|copied|as it was)\b")
_SHARES = re.compile(r"\b(?:views?|shares?|itself|changes x)\b")
_NEGATES = re.compile(r"\b(?:no|not|nothing|except)\b")


def untrue_of_errors(sentence: str, results: Sequence[TryResult]) -> Iterator[str]:
    """What a sentence has wrong about who raises, in the runs that it is about."""
    sides = [side for result in results for side in result.sides]
    failing = {side.side for side in sides if side.status not in ("none", "ok")}
    said = list(clauses(sentence))
    raising = [clause for clause in said if _raises(clause)]
    quiet = [clause for clause in said if _raises_not(clause)]
    if not failing:
        for clause in raising:
            codes = [one.code for one in sides if clause.side in (None, one.side)]
            if not any(map(_CATCHES.search, codes)):
                yield f"{clause.text!r}: nothing raises"
        return
    # Where nothing is said to raise, what a side lacks tells why it does.
    if not raising:
        raising = [clause for clause in said if _lacks(clause)]
        quiet += [clause for clause in said if clause.side and _HAS.search(clause.text)]
    for clause in raising:
        if clause.side is not None and clause.side not in failing:
            yield f"{clause.text!r}: {LABELS[clause.side]} does not raise"
    for clause in quiet:
        if clause.side in failing or (clause.side is None and not raising):
            yield f"{clause.text!r}: {LABELS[min(failing)]} raises"


def _raises(clause: Clause) -> bool:
    return bool(_RAISES.search(clause.text)) and not _RAISES_NOT.search(clause.text)


def _raises_not(clause: Clause) -> bool:
    return any(words.search(clause.text) for words in (_RAISES_NOT, _THERE_ALONE))


def _lacks(clause: Clause) -> bool:
    return bool(_LACKS.search(clause.text)) and not _raises_not(clause)


def untrue_of_memory(sentence: str, result: TryResult) -> Iterator[str]:
    """What a sentence has wrong about who copies, where one side alone leaves an input as it was.

    Of a side that leaves it nothing but a copy was written to.
    """
    left = {side.side: _leaves_an_input(side, result) for side in result.sides}
    if left["pytorch"] == left["gluon"]:
        return
    for clause in clauses(sentence):
        if clause.side is None or _NEGATES.search(clause.text):
            continue
        copies, shares = _COPIES.search(clause.text), _SHARES.search(clause.text)
        if bool(copies) != bool(shares) and bool(copies) != left[clause.side]:
            does = "leaves it as it was" if left[clause.side] else "changes what it was given"
            yield f"{clause.text!r}: {LABELS[clause.side]} {does}"


def _leaves_an_input(side: SideResult, result: TryResult) -> bool:
    given = {described["text"] for described in result.inputs.values()}
    return any(output.text in given for output in side.outputs)
