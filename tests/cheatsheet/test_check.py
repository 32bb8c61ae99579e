"""What is said of rows before they are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.check import Checked, check_files
from mxcheat.cheatsheet.code import called_names, short_name
from mxcheat.cheatsheet.nodes import DataFileError, Problem, UnreadableFileError
from mxcheat.cheatsheet.reader import load_file
from mxcheat.cheatsheet.rules import faults
from mxcheat.cheatsheet.sheet import overlay
from mxcheat.loading import load
from mxcheat.names.spelling import symbol_of
from mxcheat.paths import mappings_file, shipped_files
from tests.support import SOFTSIGN

if TYPE_CHECKING:
    from pathlib import Path


def checked(folder: Path, text: str) -> Checked:
    path = folder / "mine.yaml"
    path.write_text(text)
    (one,) = check_files([path], load)
    return one


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.line}: {problem}" for problem in problems]


def test_a_sound_row_is_told_nothing(tmp_path: Path) -> None:
    one = checked(tmp_path, SOFTSIGN)
    assert (one.problems, one.notes) == ((), ())
    assert [read.row.id for read in one.sound] == ["softsign"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("softsign(x)", "softsign(y)"), "'y' is not defined; give it in 'inputs'"),
        (("{x: \"uniform(3)\"}", "{xs: [1.0]}"), "'x' is not defined; give it in 'inputs'"),
        (("F.softsign(x)", "torch.softsing(xxs)\n  before: {pytorch: xs = x}"), "'xxs' is not"),
        (("nd.softsign", "torch.softsign"), "only the pytorch side has it; this one has mx, nd"),
        (("F.softsign(x)", "os.fspath(x)"), "'os' is not defined; import it in 'before', pytorch"),
        (("F.softsign", "FF.softsign"), "'FF' is not defined; give it in 'inputs'"),
        (("gluon: nd", "gluon: glun"), "'glun' is not defined; did you mean gluon?"),
        (("Soft sign", "FILL_IN"), "4: row softsign, function: is still to be filled in"),
        (("nd.softsign(x)", "FILL_IN"), "6: row softsign, gluon: is still to be filled in"),
        (("equivalent", "differs"), "availability: says 'differs'; add 'notes' that say how"),
        (("equivalent", "workaround\n  answers: {pytorch: [torch.nn.functional.softsign], "
          "gluon: [mxnet.nd.softsign]}"), "availability: says 'workaround', yet each form is one "
         "call of a name that the row answers for"),
        (("  gluon: nd.softsign(x)\n", ""), "has no gluon form, yet availability is 'equivalent'; "
         "without one it is pytorch-only"),
        (("\"uniform(3)\"", "uniform(2, 3)"), "inside braces quote what has commas: {x: "),
        (("F.softsign(x)", "[x].y"), "5: is not YAML: "),
        (("F.softsign(x)", "lambda x: x"), "quote the value, or put it below the key, after"),
        (("  pytorch:", "\tpytorch:"), "indent with spaces"),
    ],
)  # fmt: skip
def test_a_problem_is_said_with_what_would_do(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    problems = told(checked(tmp_path, SOFTSIGN.replace(*change)).problems)
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("{x: \"uniform(3)\"}", "{x: \"uniform(3)\", k: 2}"), "no code uses the input 'k'"),
        (("- {x:", "- {z: 1, x:"), "9: row softsign, cases: 'z' is none of the inputs"),
        (("  cases:\n  - {x: \"uniform(2, 2)\"}\n", ""), "checked on these alone; add 'cases'"),
        (("  inputs", "  keywords: [Soft Sign]\n  inputs"), "is what the row is called; leave it"),
        (("  inputs", "  keywords: [a, b, a]\n  inputs"), "'a' stands there more than once"),
        (("  inputs", "  answers: {gluon: [nd.softsign]}\n  inputs"), "write mxnet.nd.softsign"),
        (("id: softsign", "id: clamp"), f"2: row clamp: replaces the row of {mappings_file()}"),
    ],
)  # fmt: skip
def test_a_note_is_no_problem(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    one = checked(tmp_path, SOFTSIGN.replace(*change))
    assert one.problems == ()
    assert any(said in note for note in told(one.notes)), told(one.notes)


DIFFERENCE = """\
  differences:
  - says: nd takes no list.
    gluon: nd.softsign([x])
    shows: error
"""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("  notes: " + "word " * 61, "15: row softsign, notes: has 61 words, 60 at"),
        ("  - {says: a, gluon: nd.f(y), shows: error}", "15: row softsign, differences 2, gluon: "),
        ("  - {says: a, gluon: x, shows: error, instead: {gluon: torch.f(x)}}",
         "15: row softsign, differences 2, instead, gluon: 'torch' is not defined; only"),
        ("  also: {gluon: [nd.f(FF)]}", "15: row softsign, also, gluon 1: 'FF' is not"),
        ("  hybridized: G.softsign(x)", "15: row softsign, hybridized: 'G' is not defined"),
        ("  arguments: [{gluon: a, rule: 1 - x}]",
         "15: row softsign, arguments 1: no code runs the rule '1 - x'; add 'shown'"),
        ("  arguments: [{gluon: a, rule: 1 - x, shown: {pytorch: F.elu(x), gluon: nd.abs(x)}}]",
         "15: row softsign, arguments 1: no code runs the rule"),
        ("  arguments: [{gluon: a, rule: b = 2 * a}]", "15: row softsign, arguments 1: rule: 'b ="),
        ("  arguments: [{gluon: a, shown: {pytorch: x, gluon: x}}]",
         "15: row softsign, arguments 1: has 'shown', and no rule"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_row_with_differences(tmp_path: Path, more: str, said: str) -> None:
    assert checked(tmp_path, SOFTSIGN + DIFFERENCE).problems == ()
    problems = told(checked(tmp_path, f"{SOFTSIGN}{DIFFERENCE}{more}\n").problems)
    assert [problem[: len(said)] for problem in problems] == [said]


def test_long_notes_and_shared_names_are_let_pass_in_rows_without_differences(
    tmp_path: Path,
) -> None:
    answers = "  answers: {gluon: [mxnet.nd.softsign]}\n"
    long = SOFTSIGN + answers + "  notes: " + "word " * 61 + "\n"
    other = (SOFTSIGN + answers).replace("softsign\n", "second\n", 1).partition("rows:\n")[2]
    assert checked(tmp_path, long + other).problems == ()
    (problem,) = told(
        checked(tmp_path, SOFTSIGN + answers + DIFFERENCE + other + DIFFERENCE).problems
    )
    assert problem == (
        "25: row second, answers: softsign answers for mxnet.nd.softsign already; "
        "a name is answered by one row; others may use it"
    )


def test_one_broken_key_hides_no_other_problem(tmp_path: Path) -> None:
    text = SOFTSIGN.replace("tensor/operation", "tensr").replace("F.softsign(x)", "F.softsign(x")
    text = text.replace("nd.softsign(x)", "nd.softsign(FILL_IN)").replace("equivalent", "equal")
    text = text.replace("uniform(3)", "unifrom(3)").replace("  cases:", "  gradient: [w]\n  cases:")
    assert [problem.line for problem in checked(tmp_path, text).problems] == [3, 5, 7, 8, 9]
    assert checked(tmp_path, text).sound == []


def test_a_row_with_a_problem_does_not_run_and_the_others_do(tmp_path: Path) -> None:
    good = SOFTSIGN.replace("softsign\n", "second\n", 1).partition("rows:\n")[2]
    one = checked(tmp_path, SOFTSIGN.replace("softsign(x)", "softsign(y)") + good)
    assert [read.row.id for read in one.sound] == ["second"]
    assert [problem.row for problem in one.problems] == ["softsign", "softsign"]


def test_the_shipped_sheet_has_no_problem_and_is_read_but_once() -> None:
    files = check_files(shipped_files(), load)
    assert [one.problems for one in files] == [() for _ in files]
    assert sum(len(one.rows) for one in files) == len(load().rows)
    assert not [note for one in files for note in one.notes if "replaces" in note.message]
    assert not [fault for row in load().rows for fault in faults(row)]


def test_files_see_what_comes_before_them_and_nothing_else(tmp_path: Path) -> None:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    first.write_text("sections: {ours: Ours}\n" + SOFTSIGN)
    second.write_text(SOFTSIGN.replace("tensor/operation", "ours").replace("Soft", "Softer"))
    one, two = check_files([first, second], load)
    assert (one.problems, two.problems) == ((), ())
    assert told(two.notes) == [f"2: row softsign: replaces the row of {first}"]
    assert check_files([second], load, [first, second])[0].problems == ()
    (alone,) = check_files([second], load, [second, first])
    assert "'ours' is not known" in told(alone.problems)[0]


def test_a_broken_overlay_matters_only_where_it_comes_before(tmp_path: Path) -> None:
    mine, broken = tmp_path / "mine.yaml", tmp_path / "broken.yaml"
    mine.write_text(SOFTSIGN)
    broken.write_text("rows: 3\n")
    assert check_files([mine], load, [mine, broken])[0].problems == ()
    with pytest.raises(DataFileError, match=r"broken\.yaml:1: rows: expected a list"):
        check_files([mine], load, [broken])
    assert len(check_files([mine, broken], load, [broken])[1].problems) == 1


def test_a_file_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SOFTSIGN)
    with pytest.raises(UnreadableFileError) as raised:
        check_files([tmp_path / "mien.yaml"], load)
    assert raised.value.hint == f"did you mean {tmp_path / 'mine.yaml'}?"


def test_a_sheet_knows_which_file_a_row_is_from(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SOFTSIGN.replace("id: softsign", "id: clamp"))
    shipped = load()
    assert {*shipped.origins.values()} == {str(file) for file in shipped_files()}
    assert shipped.origins["clamp"] == str(mappings_file())
    both = overlay(shipped, load_file(path, shipped))
    assert both.origins == {**shipped.origins, "clamp": str(path)}
    assert len(both.rows) == len(shipped.rows)


def test_a_name_that_only_looks_like_the_one_used_is_told(tmp_path: Path) -> None:
    apis = "answers: {pytorch: [torch.special.softsign], gluon: [NDArray.softsign]}"
    problems = told(checked(tmp_path, SOFTSIGN.replace("  inputs", f"  {apis}\n  inputs")).problems)
    advice = "name only what it calls"
    assert sorted(problems) == [
        f"8: row softsign, answers: the gluon code does not use NDArray.softsign; {advice}",
        f"8: row softsign, answers: the pytorch code does not use torch.special.softsign; {advice}",
    ]


def test_short_and_public_names_are_each_others_reverse() -> None:
    for row in load().rows:
        for api in row.answers.get("gluon", ()):
            short = short_name(api, "gluon")
            if short != api:
                assert called_names(f"{short}(x)", "gluon") == [symbol_of(api)]
    assert short_name("torch.nn.functional.relu", "pytorch") == "F.relu"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("x.view(2); F.relu(nn.Linear(2, 3)(x))", ["torch.nn.functional.relu", "torch.nn.Linear"]),
        ("x.cpu().numpy()", ["Tensor.numpy", "Tensor.cpu"]),
        ("from torchvision import datasets as d\nd.MNIST(root)", ["torchvision.datasets.MNIST"]),
        ("len(x.shape)", []),
    ],
)
def test_the_names_that_a_row_answers_for_are_those_that_its_form_calls(
    code: str, names: list[str]
) -> None:
    assert called_names(code, "pytorch") == names
