"""Programs that stand in for a Python interpreter with a framework."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# What a worker of a test's own begins with; serve.py, whose place it takes, is its argument 1.
_WORKER = """\
import os, socket, sys, time
sys.path.insert(0, os.path.dirname(sys.argv[1]))
import wire
control = socket.socket(fileno=int(sys.argv[3]))

def say(**event):
    wire.send(control, event)

def ready(protocol=wire.PROTOCOL):
    say(event="ready", protocol=protocol, version="2.0", numpy=None, python="3", seconds=0)

def take():
    "A run: its id, its socket, the token of its request."
    message, descriptors = wire.receive(control, 3)
    run = socket.socket(fileno=descriptors[0])
    say(event="started", id=message["id"], pid=os.getpid())
    return message["id"], run, wire.receive(run)[0]["token"]

def reply(run, token, value):
    output = {"name": "out", "kind": "number", "dtype": "int64", "value": value}
    wire.send(run, {"token": token, "status": "ok", "outputs": [output], "omitted": 0,
                    "elapsed_ms": 1.0, "bench": None})

"""


def launcher(folder: Path, script: str) -> str:
    """Path of a shell script, to be named for a framework; "$@" is what a Python gets.

    Asked what it is, it answers as the Python of the tests does.
    """
    path = folder / "python"
    answer = f'[ "$1" = -c ] && exec {shlex.quote(sys.executable)} "$@"'
    path.write_text(f"#!/bin/sh\n{answer}\n{script}\n")
    path.chmod(0o755)
    return str(path)


def stand_in_worker(folder: Path, code: str) -> str:
    """Path of a launcher whose worker is this Python code; when it is through, it stays idle.

    The code may `say` events, be `ready`, `take` a run and `reply`.
    """
    worker = folder / "stand_in.py"
    worker.write_text(f"{_WORKER}{code}\ntime.sleep(60)\n")
    return launcher(folder, f'exec {shlex.quote(sys.executable)} {shlex.quote(str(worker))} "$@"')
