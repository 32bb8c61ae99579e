"""Programs that stand in for a Python interpreter with a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def launcher(folder: Path, script: str) -> str:
    """Path of a shell script, to be named in MXCHEAT_TORCH_PYTHON; "$@" is what a Python gets."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)
