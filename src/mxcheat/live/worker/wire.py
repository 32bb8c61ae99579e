"""The messages that mxcheat and its workers exchange. Standard library, Python 3.8 syntax.

A frame is a 4-byte big-endian length followed by that many bytes of UTF-8 JSON: an object.

Two kinds of socket carry frames:

control, mxcheat <-> worker, for the worker's whole life
    -> {"op": "run", "id": N, "cwd": DIR, "preload": [MODULE, ..], "memory": BYTES or null}
       with three descriptors: run socket, stdout, stderr
    -> {"op": "kill", "id": N}
    <- {"event": "ready", "protocol": 5, "version": .., "numpy": .., "python": .., "seconds": ..}
    <- {"event": "failed", "type": .., "message": ..}        the framework cannot be imported
    <- {"event": "started", "id": N, "pid": P}               a child has taken the run
    <- {"event": "exited", "id": N, "code": C}               C < 0: ended by signal -C
    End of file means that mxcheat is gone: the worker kills its children and exits.

run, mxcheat <-> the child that has taken the run
    -> {"op": "snippet", "token": T, "more": true | false, "code": .., "inputs": .., "device": ..,
        "seed": .., "gradient": [..], "samples": DIR, "elements": N, "bench": true | false}
                    "hybridized": CODE: that is set-up, and "code" is run in a hybridized block
                    samples: small data files that rows read; elements: how many of an array travel
    -> {"op": "devices", "token": T, "more": ..}
    -> {"op": "describe", "token": T, "more": .., "names": [..]}
    <- {"token": T, "status": "ok" | "error" | "unavailable", "left": "...", ...}
                    see child.answer; left: what the run left behind in the process
    The first reply counts, and only with the token; the child's exit code never does.
    With "more" the child takes another request after its reply, unless something was left behind:
    a batch, each of whose requests is sent when the one before has been answered.
"""

from __future__ import annotations

import array
import json
import socket
import struct
from typing import Any

PROTOCOL = 5
MAX_FRAME_BYTES = 64 * 1024 * 1024
# The exit code of a child that could not send its reply.
SPEECHLESS = 70

_HEADER = struct.Struct(">I")
_FD_BYTES = array.array("i").itemsize


class WireError(Exception):
    """What arrived is not a frame: too long, not JSON, or not an object."""


def pack(message: dict[str, Any]) -> bytes:
    """Return `message` as the bytes of a frame."""
    body = json.dumps(message).encode()
    if len(body) > MAX_FRAME_BYTES:
        raise WireError("a message of %d bytes is over the limit" % len(body))
    return _HEADER.pack(len(body)) + body


class FrameBuffer:
    """Gathers bytes as they arrive and gives back each message that is complete."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """Add `data`; return the messages it completes. Raises WireError on garbage."""
        self._bytes += data
        messages = []
        while len(self._bytes) >= _HEADER.size:
            (length,) = _HEADER.unpack_from(self._bytes)
            if length > MAX_FRAME_BYTES:
                raise WireError("a frame of %d bytes is over the limit" % length)
            end = _HEADER.size + length
            if len(self._bytes) < end:
                break
            messages.append(_parse(bytes(self._bytes[_HEADER.size : end])))
            del self._bytes[:end]
        return messages

    @property
    def incomplete(self) -> bool:
        """Whether a message has begun and not ended."""
        return bool(self._bytes)


def send(sock: socket.socket, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
    """Send one frame, with open descriptors to hand over if `fds` names any."""
    data = pack(message)
    if fds:
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds).tobytes())
        sent = sock.sendmsg([data], [rights])
        data = data[sent:]
    sock.sendall(data)


def receive(sock: socket.socket, max_fds: int = 0) -> tuple[dict[str, Any] | None, list[int]]:
    """Wait for one frame; return it with the descriptors that came along.

    The message is None at end of file. Raises WireError on garbage.
    """
    header, fds = _receive_header(sock, max_fds)
    if len(header) < _HEADER.size:
        return None, fds
    (length,) = _HEADER.unpack(header)
    if length > MAX_FRAME_BYTES:
        raise WireError("a frame of %d bytes is over the limit" % length)
    body = _receive_exactly(sock, length)
    return (_parse(body) if len(body) == length else None), fds


def _receive_header(sock: socket.socket, max_fds: int) -> tuple[bytes, list[int]]:
    fds = array.array("i")
    if max_fds:
        space = socket.CMSG_SPACE(max_fds * _FD_BYTES)
        header, ancillary, _flags, _address = sock.recvmsg(_HEADER.size, space)
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                fds.frombytes(data[: len(data) - len(data) % _FD_BYTES])
    else:
        header = sock.recv(_HEADER.size)
    if header:
        header += _receive_exactly(sock, _HEADER.size - len(header))
    return header, list(fds)


def _receive_exactly(sock: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = sock.recv(min(count, 1 << 20))
        if not part:
            break
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _parse(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        raise WireError("a frame holds no JSON: %s" % error) from error
    if not isinstance(message, dict):
        raise WireError("a frame holds no JSON object")
    return message
