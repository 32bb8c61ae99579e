"""What rows claim beside their form, run: a claim holds, and made false it is noticed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mxcheat.cheatsheet.row import Argument, Difference, Hybridized, Row, Unless
from mxcheat.live.arguments import check_arguments, names_to_describe
from mxcheat.live.claims import checks_of
from mxcheat.live.results import Described
from mxcheat.live.verify import verify_row

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.claims import Outcome
    from mxcheat.live.session import Session


def row(**changes: Any) -> Row:
    """Joining two arrays, with `changes`."""
    facts: dict[str, Any] = {
        "id": "concat",
        "section": "tensor/operation",
        "function": "Join tensors",
        "pytorch": "torch.cat([a, b], dim=1)",
        "gluon": "nd.concat(a, b, dim=1)",
        "availability": "equivalent",
        "inputs": {"a": "uniform(2, 3)", "b": "uniform(2, 3)"},
        "cases": ({"a": "uniform(4, 1)", "b": "uniform(4, 2)"},),
        "gradient": ("a", "b"),
    }
    return Row(**{**facts, **changes})


def difference(shows: str, pytorch: str = "", gluon: str = "", **more: Any) -> Difference:
    return Difference("They differ.", shows, pytorch or None, gluon or None, **more)


def outcomes(session: Session, claimed: Row) -> dict[str, Outcome]:
    """What came of everything that a row claims, by name."""
    return {
        check.name: check.judge([session.run(trial) for trial in check.trials])
        for check in checks_of(claimed)
    }


@pytest.mark.live
@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (difference("values", "torch.cat([a, b])", "nd.concat(a, b)"), "silent"),
        (difference("values", gluon="nd.concat(b, a, dim=1)"), "silent"),
        (difference("shape", "a.sum()", "a.sum()"), "silent"),
        (difference("dtype", "a.argmax(0)", "a.argmax(0)"), "silent"),
        (
            difference("gradient", "a.max()", "a.max()", inputs={"a": [1.0, 1.0]}, gradient=("a",)),
            "silent",
        ),
        (
            difference(
                "memory", "a[:, 1].fill_(7)", "a[:, 1][:] = 7", after={"pytorch": "a", "gluon": "a"}
            ),
            "silent",
        ),
        (difference("error", gluon="nd.concat([a, b], dim=1)"), "loud"),
        (difference("error", "torch.ones(2) @ torch.ones(3)", "nd.ones(2) * nd.ones(2)"), "loud"),
        (difference("crash", gluon="import os\nos.abort()"), "loud"),
        (difference("hybridized", gluon="a.reshape(a.shape[0], -1)"), "loud"),
        (difference("hybridized", gluon="a / len(a)"), "silent"),
    ],
    ids=lambda value: value.shows if isinstance(value, Difference) else value,
)
def test_a_difference_is_shown_and_said_to_be_silent_or_loud(
    session: Session, shown: Difference, found: str
) -> None:
    came = outcomes(session, row(differences=(shown,)))["difference 1"]
    assert (came.holds, came.found) == (True, found)


@pytest.mark.live
@pytest.mark.parametrize(
    "stale",
    [
        difference("values", "torch.cat([a, b], 1)", "nd.concat(a, b, dim=1)"),
        difference("shape", "a + b", "a + b"),
        difference("values", "a > 0", "a > 0"),
        difference("dtype", "a + b", "a + b"),
        difference("gradient", "a * b", "a * b"),
        difference("values", "a.nope", "a"),
        difference("error", gluon="nd.concat(a, b, dim=1)"),
        difference("error", "a.nope", "a.nope"),
        difference("crash", gluon="a.nope"),
        difference("hybridized", gluon="a + b"),
    ],
    ids=lambda value: value.shows,
)
def test_a_difference_that_stops_showing_is_noticed(session: Session, stale: Difference) -> None:
    assert not outcomes(session, row(differences=(stale,)))["difference 1"].holds


@pytest.mark.live
@pytest.mark.parametrize(
    ("says", "holds"),
    [
        ("2 and 3 are 5.0 in nd.", True),  # of code, inputs and outputs
        ("1 / 3 is 0.33 in torch, 0 in nd.", True),
        ("1 / 3 is 0.34 in torch.", False),
        ("1 / 3 is -0.33 in torch.", False),
        ("1 / 3 is 0.333 in torch, 7 in nd.", False),
        ("float64 in MXNet 1.9.1 is no number of a run.", True),
    ],
)
def test_the_numbers_of_a_sentence_are_those_of_the_run(
    session: Session, says: str, holds: bool
) -> None:
    shown = difference("values", "c / 3, c * 2 + 3", "c / 3, c * 2 + 3", inputs={"c": [1]})
    came = outcomes(session, row(differences=(replace(shown, says=says),)))["difference 1"]
    assert (came.holds, came.found) == (holds, "silent" if holds else "untold")


@pytest.mark.live
def test_what_to_write_instead_has_to_agree_with_the_other_side(session: Session) -> None:
    claimed = row(
        differences=(
            difference(
                "error", gluon="nd.concat([a, b])", instead={"gluon": "nd.concat(a, b, dim=1)"}
            ),
            difference(
                "values", gluon="nd.concat(b, a)", instead={"gluon": "nd.concat(b, a, dim=0)"}
            ),
        )
    )
    came = outcomes(session, claimed)
    assert came["difference 1, instead"].holds
    assert not came["difference 2, instead"].holds


@pytest.mark.live
def test_what_an_instead_was_held_against_is_said(session: Session) -> None:
    wrong = difference(
        "error", gluon="nd.concat([a, b])", instead={"gluon": "nd.concat(b, a, dim=1)"}
    )
    claimed = row(differences=(wrong,), after={"pytorch": "y"}, pytorch="y = torch.cat([a, b], 1)")
    came = outcomes(session, claimed)["difference 1, instead"]
    assert came.says.endswith("(held against the row's own PyTorch form, with its 'after')")


@pytest.mark.live
def test_an_error_may_come_of_a_gradient(session: Session) -> None:
    raises = difference("error", gluon="nd.cast(a, 'int32')")
    for gradient, holds in (((), False), (("a",), True)):
        claimed = row(differences=(replace(raises, gradient=gradient),))
        assert outcomes(session, claimed)["difference 1"].holds is holds


@pytest.mark.live
def test_other_spellings_are_run_on_every_case_with_the_gradient(session: Session) -> None:
    also = {
        "pytorch": ("torch.hstack([a, b])",),
        "gluon": ("nd.concat(b, a, dim=1)", "nd.concat(a, b.detach(), dim=1)"),
    }
    came = outcomes(session, row(also=also))
    assert {name for name, outcome in came.items() if not outcome.holds} == {
        f"also gluon {spelling}, case {case}" for spelling in (1, 2) for case in (0, 1)
    }


@pytest.mark.live
def test_a_form_is_run_hybridized_unless_the_row_says_why_not(session: Session) -> None:
    plain = outcomes(session, row())
    assert [plain[f"hybridized, case {case}"].holds for case in (0, 1)] == [True, True]
    shapes = "nd.concat(a, b, dim=len(a.shape) - 1)"
    assert not outcomes(session, row(gluon=shapes))["hybridized, case 0"].holds
    other = Hybridized(form="F.concat(a, b, dim=1)")
    assert all(
        outcome.holds for outcome in outcomes(session, row(gluon=shapes, hybridized=other)).values()
    )
    assert outcomes(session, row(gluon=shapes, hybridized=Hybridized(reason="shapes")))[
        "hybridized as it is"
    ].holds


@pytest.mark.live
def test_a_reason_or_another_form_that_hybridizing_does_not_need_is_noticed(
    session: Session,
) -> None:
    for needless in (Hybridized(reason="no"), Hybridized(form="F.concat(a, b, dim=1)")):
        assert not outcomes(session, row(hybridized=needless))["hybridized as it is"].holds


@pytest.mark.live
@pytest.mark.parametrize(("rule", "holds"), [("1 - x", True), ("x", False), ("1 - y", False)])
def test_the_rule_of_an_argument_makes_the_value_of_one_side_from_the_others(
    session: Session, rule: str, holds: bool
) -> None:
    shown: dict[Side, str] = {"pytorch": "a * 0.3", "gluon": "a * (1 - rule(0.3))"}
    claimed = row(arguments=(Argument("alpha", "beta", rule, shown),))
    assert outcomes(session, claimed)["argument 1"].holds is holds


@pytest.mark.live
@pytest.mark.parametrize(
    ("prose", "untold"),
    [
        ({"notes": "Axis 1 of (2, 3) and (4, 1), in MXNet 1.9 as in torch 2.13."}, ""),
        ({"notes": "Axis 1 of (2, 8)."}, "notes: nothing that was run gives 8"),
        ({"notes": "Write dim=1; the parts are float32."}, ""),
        ({"notes": "Write axis=1."}, "notes: nothing that was run gives axis=1"),
        ({"notes": "The parts are int64."}, "notes: nothing that was run gives int64"),
        ({"function": "Join 7 tensors"}, "function: nothing that was run gives 7"),
        ({"arguments": (Argument("dim=0", "dim=1", note="0 in torch, 5 in nd"),)}, "argument 1"),
    ],
)
def test_the_numbers_of_prose_are_those_of_something_that_was_run(
    session: Session, prose: dict[str, Any], untold: str
) -> None:
    verified = verify_row(session, row(**prose))
    assert verified.ok is not bool(untold)
    assert untold in verified.reason


@pytest.mark.live
def test_arguments_are_those_of_the_installed_frameworks(session: Session) -> None:
    answers: dict[Side, tuple[str, ...]] = {
        "pytorch": ("torch.topk",),
        "gluon": ("mxnet.nd.topk",),
    }
    good = [("k", "k=1"), ("dim=None", "axis=-1"), ("largest=True", "is_ascend=False")]
    bad = [("kk", "k=2"), ("dim=1", "ret_typ='value'")]
    claimed = [
        row(
            answers=answers,
            arguments=tuple(Argument(*pair) for pair in pairs),
        )
        for pairs in (good, bad)
    ]
    described = {
        side: session.describe(side, names) for side, names in names_to_describe(claimed).items()
    }
    assert check_arguments(claimed[0], described).problems == ()
    problems = "\n".join(check_arguments(claimed[1], described).problems)
    for words in (
        "no argument 'kk'",
        "k has the default 2",
        "dim has",
        "ret_typ has the default 'value'",
    ):
        assert words in problems


def test_a_default_is_first_that_of_what_the_form_calls() -> None:
    """Not that of another name, nor of another way to call; a dtype is told by its name."""
    answers: dict[Side, tuple[str, ...]] = {"gluon": ("mxnet.nd.concat", "mxnet.nd.concatenate")}
    described = {
        "mxnet.nd.concat": Described("", "concat(*data, dim=1, dtype=<class 'numpy.float32'>)", ""),
        "mxnet.nd.concatenate": Described("", "concatenate(arrays, dim=0, always_copy=True)", ""),
    }
    for written, problem in [
        ("dim=1", ""),
        ("dim=0", "gluon: dim has the default 0 here, and 1 in the framework"),
        ("always_copy=True", ""),
        ("dtype='float32'", ""),
        (
            "dtype='float64'",
            "gluon: dtype has the default 'float64' here, and 'float32' in the framework",
        ),
    ]:
        claimed = row(answers=answers, arguments=(Argument(gluon=written),))
        problems = check_arguments(claimed, {"gluon": described}).problems
        assert problems == ((problem,) if problem else ())


@pytest.mark.live
def test_where_the_claims_do_not_hold_is_checked_when_it_is_set(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = Unless("MXCHEAT_TEST_SETTING=0", "it fails")
    right, wrong = row(unless=(without,)), row(unless=(without,), gluon="nd.concat(b, a, dim=1)")
    assert verify_row(session, right).ok
    assert not verify_row(session, wrong).ok
    monkeypatch.setenv("MXCHEAT_TEST_SETTING", "0")
    stale, excused = verify_row(session, right), verify_row(session, wrong)
    assert (stale.ok, excused.ok) == (False, True)
    assert "it holds with MXCHEAT_TEST_SETTING=0" in stale.reason
    assert "as stated: case 0: different" in excused.reason


def test_arguments_behind_kwargs_are_said_to_be_unknown() -> None:
    claimed = row(
        answers={"gluon": ("Block.hybridize",)},
        arguments=(Argument(gluon="active=True"), Argument(gluon="static_alloc=False")),
    )
    described = {
        "Block.hybridize": Described(
            "Block.hybridize", "hybridize(self, active=True, **kwargs)", ""
        )
    }
    checked = check_arguments(claimed, {"gluon": described})
    assert (checked.problems, checked.unknown) == ((), ("gluon static_alloc=False",))
