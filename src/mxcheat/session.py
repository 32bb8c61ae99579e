"""A live session by the user's settings, for programs: `from mxcheat import Session`."""

from mxcheat.config.engine import engine_settings
from mxcheat.config.reader import read_settings
from mxcheat.live import session


class Session(session.Session):
    """Both frameworks, with the interpreters and the memory limit that the user has set."""

    def __init__(self, *, recorded: bool = True) -> None:
        """With `recorded`, a row's recording stands for a framework that cannot be had.

        Raises MxcheatError for settings that are wrong.
        """
        super().__init__(engine_settings(read_settings()), recorded=recorded)
