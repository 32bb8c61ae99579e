"""mxcheat check, and files of rows laid over the shipped ones: what is said, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from mxcheat.paths import mappings_file
from tests.faults.launchers import launcher
from tests.support import HARDTANH, SOFTSIGN, mxcheat


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("mine.yaml")
    path.write_text(SOFTSIGN)
    return path


def test_a_clean_file_is_said_to_be_so_in_one_line(mine: Path) -> None:
    done = mxcheat("check", mine)
    assert (done.code, done.stdout, done.stderr) == (0, "✓ mine.yaml: 1 row, no problems\n", "")


def test_every_problem_of_every_file_is_said_at_once(mine: Path) -> None:
    broken = Path("broken.yaml")
    broken.write_text(SOFTSIGN.replace("function", "fucntion").replace("nd.", "ndd."))
    done = mxcheat("check", broken, mine)
    assert (done.code, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "broken.yaml:4: row softsign: unknown key 'fucntion'; did you mean function?",
        "broken.yaml:6: row softsign, gluon: 'ndd' is not defined; did you mean nd?",
        "✗ broken.yaml: 1 row, 2 problems",
        "✓ mine.yaml: 1 row, no problems",
    ]
    document = mxcheat("check", broken, mine, "--json").json
    assert (document["schema"], document["ok"], document["live"]) == (1, False, None)
    assert document["files"] == [
        {"path": "broken.yaml", "rows": 1},
        {"path": "mine.yaml", "rows": 1},
    ]
    assert document["problems"][1] == {
        "file": "broken.yaml",
        "line": 6,
        "row": "softsign",
        "message": "row softsign, gluon: 'ndd' is not defined",
        "hint": "did you mean nd?",
    }


def test_a_note_leaves_the_exit_code_alone(mine: Path) -> None:
    mine.write_text(SOFTSIGN.replace("id: softsign", "id: clamp"))
    done = mxcheat("check", mine)
    assert done.code == 0
    note, summary = done.stdout.splitlines()
    assert note == f"mine.yaml:2: note: row clamp: replaces the row of {mappings_file()}"
    assert summary == "✓ mine.yaml: 1 row, no problems, 1 note"


def test_without_a_file_all_of_ones_own_are_checked(mine: Path) -> None:
    other = Path("other.yaml")
    other.write_text(SOFTSIGN.replace("id: softsign", "id: second"))
    done = mxcheat("--data", other, "check", env={"MXCHEAT_DATA": str(mine)})
    assert done.code == 0
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "✓ mine.yaml",
        "✓ other.yaml",
    ]


def test_what_a_file_says_is_text_and_nothing_else(mine: Path) -> None:
    mine.write_text(SOFTSIGN.replace("section: tensor/operation", 'section: "\\e[31m[red]"'))
    done = mxcheat("check", mine)
    assert done.code == 1
    assert "[red]" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], ["no FILE is given", "mxcheat check mine.yaml"]),
        (["check", "mien.yaml"], ["mien.yaml: cannot be read", "did you mean mine.yaml?"]),
        (["check", "mine.yaml", "."], [".: cannot be read (Is a directory)"]),
        (["check", "mine.yaml", "--ctx", "gpu0"], ["--ctx and --timeout go with --live"]),
        (["check", "mine.yaml", "--life"], ["did you mean --live?"]),
        (["check", "mine.yaml", "--live", "--ctx", "gpo0"], ["did you mean gpu0?"]),
        (["list", "--data", "mien.yaml"], ["mien.yaml: cannot be read", "did you mean mine.yaml?"]),
        (["list", "--own"], ["no row matches these filters", "mxcheat new NAME"]),
    ],
)
@pytest.mark.usefixtures("mine")
def test_a_mistake_is_one_line(arguments: list[str], words: list[str]) -> None:
    done = mxcheat(*arguments)
    assert (done.code, done.stdout) == (1 if "--own" in arguments else 2, "")
    assert done.stderr.count("\n") == 1
    assert all(word in done.stderr for word in words), done.stderr


@pytest.mark.live
def test_live_says_which_row_does_not_do_what_it_promises(mine: Path) -> None:
    unlike = SOFTSIGN.partition("rows:\n")[2].replace("softsign\n", "unlike\n", 1)
    mine.write_text(SOFTSIGN + unlike.replace("nd.softsign", "nd.sigmoid"))
    done = mxcheat("check", "--live", mine)
    assert (done.code, done.stderr) == (1, "")
    problem, summary = done.stdout.splitlines()
    assert problem.startswith("mine.yaml:11: row unlike: case 0: different: 3 of 3 elements differ")
    assert problem.endswith("; see both sides: mxcheat --data mine.yaml try unlike")
    assert summary == "✗ mine.yaml: 2 rows, 1 problem, 1 of 2 verified"
    document = mxcheat("check", "--live", mine, "--json").json
    assert [(row["id"], row["ok"]) for row in document["live"]] == [
        ("softsign", True),
        ("unlike", False),
    ]
    assert [problem["line"] for problem in document["problems"]] == [11]


@pytest.mark.live
def test_live_tells_apart_what_files_call_alike(mine: Path) -> None:
    other = Path("its other.yaml")
    other.write_text(SOFTSIGN.replace("nd.softsign", "nd.sigmoid"))
    done = mxcheat("check", "--live", mine, other)
    assert done.code == 1
    first, note, second, last = sorted(done.stdout.splitlines())
    assert first.startswith("its other.yaml:2: note: row softsign: replaces the row of mine.yaml")
    assert note.endswith("mxcheat --data 'its other.yaml' try softsign")
    assert (second, last) == (
        "✓ mine.yaml: 1 row, no problems, 1 of 1 verified",
        "✗ its other.yaml: 1 row, 1 problem, 1 note, 0 of 1 verified",
    )


@pytest.mark.live
def test_live_without_a_framework_ends_as_verify_does(mine: Path, tmp_path: Path) -> None:
    env = {"MXCHEAT_MXNET_PYTHON": launcher(tmp_path, 'exec /usr/bin/env python3 -S -E "$@"')}
    done = mxcheat("check", "--live", mine, env=env)
    assert done.code == mxcheat("verify", "softsign", "--data", mine, env=env).code == 3
    assert done.stderr.startswith("mxcheat: mxnet is not installed; to get it: ")
    assert done.stdout == "✓ mine.yaml: 1 row, no problems, 0 of 1 verified, 1 could not be run\n"
    assert mxcheat("check", "--live", "--json", mine, env=env).json["ok"] is False


def test_files_of_the_configuration_lie_beside_it(mine: Path, own_home: Path) -> None:
    folder = own_home / ".config" / "mxcheat"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('data = ["rows/ours.yaml"]')
    done = mxcheat("list", "--own")
    assert done.code == 2
    assert done.stderr == (
        f"mxcheat: {folder / 'config.toml'}: data: there is no file {folder / 'rows/ours.yaml'}; "
        "it is looked for beside the configuration\n"
    )
    (folder / "rows").mkdir()
    mine.rename(folder / "rows" / "ours.yaml")
    assert "softsign" in mxcheat("list", "--own").stdout
    assert [row["id"] for row in mxcheat("list", "--own", "--json").json["rows"]] == ["softsign"]
    done = mxcheat("list", env={"MXCHEAT_DATA": "nowhere.yaml"})
    assert (done.code, done.stderr) == (
        2,
        "mxcheat: MXCHEAT_DATA: there is no file nowhere.yaml; it is looked for in the current "
        "folder\n",
    )


@pytest.mark.live
def test_doctor_says_which_file_replaced_the_row_of_which(mine: Path) -> None:
    ours, other = Path("ours.yaml"), Path("other.yaml")
    ours.write_text("sections: {ours: Ours}\n" + SOFTSIGN.replace("id: softsign", "id: clamp"))
    other.write_text(SOFTSIGN.replace("tensor/operation", "ours"))
    files = ("--data", mine, "--data", ours, "--data", other, "--data", mine.absolute())
    overlays = mxcheat("doctor", *files[:-2], "--json").json["data"]["overlays"]
    assert [(each["path"], each["replaced_from"]) for each in overlays] == [
        ("mine.yaml", {}),
        ("ours.yaml", {"clamp": str(mappings_file())}),
        ("other.yaml", {"softsign": "mine.yaml"}),
    ]
    said = mxcheat("doctor", *files).stdout
    assert "its softsign replaces the one from other.yaml" in said
    shown = [line.split()[1] for line in said.splitlines() if line.startswith("overlay ")]
    assert shown == ["ours.yaml:", "other.yaml:", "mine.yaml:"]  # once, where it comes last


def test_a_file_with_a_problem_stops_every_command_with_its_line(mine: Path) -> None:
    mine.write_text(SOFTSIGN.replace("equivalent", "equal"))
    for command in (["list"], ["lookup", "clamp"], ["try", "clamp"], ["export"]):
        done = mxcheat(*command, "--data", mine)
        assert (done.code, done.stdout) == (2, ""), command
        assert done.stderr.startswith("mxcheat: mine.yaml:7: row softsign, availability: 'equal'")
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words", [["list"], ["lookup", "sign"], ["export"], ["lookup", "clamp", "--json"]]
)
def test_a_bad_row_of_the_configuration_stops_no_command(mine: Path, words: list[str]) -> None:
    """The sound rows are there, and where to see what is wrong is said, once."""
    mine.write_text(SOFTSIGN + HARDTANH.partition("\n")[2].replace("workaround", "workarond"))
    done = mxcheat(*words, env={"MXCHEAT_DATA": str(mine)})
    assert done.code == 0
    assert done.stderr.startswith(f"mxcheat: {mine}:16: row hardtanh, availability: 'workarond'")
    assert done.stderr.endswith(f" (its other rows are used; all problems: mxcheat check {mine})\n")
    assert done.stderr.count("\n") == 1
    ids = [row["id"] for row in mxcheat("list", "--json", "--own", env=env_of(mine)).json["rows"]]
    assert ids == ["softsign"]
    other = Path("other.yaml")
    other.write_text(HARDTANH)
    assert mxcheat("check", other, env=env_of(mine)).code == 0
    assert mxcheat(*words, "--data", mine, env=env_of(mine)).code == 2, "named: it has to be right"


def env_of(mine: Path) -> dict[str, str]:
    return {"MXCHEAT_DATA": str(mine)}


def test_a_file_of_the_configuration_that_is_no_yaml_stops_no_command(mine: Path) -> None:
    mine.write_text("rows: [")
    done = mxcheat("lookup", "clamp", env=env_of(mine))
    assert done.code == 0
    assert f"all problems: mxcheat check {mine}" in done.stderr
