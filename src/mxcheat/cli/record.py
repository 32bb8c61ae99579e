"""mxcheat record: what every row gives, for where a framework cannot be had."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mxcheat.cli.arguments import Parser, UsageError
from mxcheat.cli.narrate import Progress, say
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode, MissingError
from mxcheat.paths import in_checkout, recordings_file

if TYPE_CHECKING:
    from collections.abc import Sequence


EXAMPLES = """examples:
  mxcheat record
  mxcheat record --data mine.yaml -o recordings.json.gz"""


def parser() -> Parser:
    """What the command takes."""
    about = "Run every row and record its output, for machines that cannot run it."
    parser = Parser("record", about, EXAMPLES)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        default=recordings_file() if in_checkout() else Path("recordings.json.gz"),
        help="output file (recordings.json.gz; in a checkout, the shipped recordings)",
    )
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Run every row of the sheet on the CPU and write what came of it."""
    args = parser().parse_all(argv)

    from mxcheat.config.engine import engine_settings  # noqa: PLC0415
    from mxcheat.live.host.process import WorkerFailedError  # noqa: PLC0415
    from mxcheat.live.recordings import record, to_file  # noqa: PLC0415
    from mxcheat.live.session import Session  # noqa: PLC0415

    rows = load_sheet(args).rows
    progress = Progress(len(rows))
    recorded = {}
    with Session(engine_settings(args.settings)) as session:
        try:
            for done, (row_id, sides) in enumerate(record(session, rows), 1):
                progress.show(done, row_id)
                recorded[row_id] = sides
        except WorkerFailedError as error:
            raise MissingError(str(error.failure), hint=error.failure.fix) from None
        finally:
            progress.clear()
        data = to_file(session, recorded)
    try:
        args.output.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{args.output} cannot be written ({error.strerror})") from None
    say(f"{len(recorded)} rows, {len(data):,} bytes: {args.output}")
    return ExitCode.DONE
