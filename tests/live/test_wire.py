"""Frames: whole, in pieces, and garbage."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.live.worker import wire

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
messages = st.dictionaries(st.text(max_size=8), json_values, max_size=4)


@given(st.lists(messages, max_size=4), st.integers(1, 9))
def test_frames_survive_any_division(sent: list[dict[str, Any]], size: int) -> None:
    data = b"".join(wire.pack(message) for message in sent)
    buffer = wire.FrameBuffer()
    got = [
        message
        for start in range(0, len(data), size)
        for message in buffer.feed(data[start : start + size])
    ]
    assert got == sent


@given(st.binary(max_size=200))
def test_garbage_gives_messages_or_a_wire_error(data: bytes) -> None:
    with contextlib.suppress(wire.WireError):
        assert all(isinstance(message, dict) for message in wire.FrameBuffer().feed(data))


@pytest.mark.parametrize("body", [b"", b"[]", b"3", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_frame_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.FrameBuffer().feed(struct.pack(">I", len(body)) + body)


def test_an_oversized_frame_is_refused_before_it_arrives() -> None:
    with pytest.raises(wire.WireError, match="over the limit"):
        wire.FrameBuffer().feed(struct.pack(">I", wire.MAX_FRAME_BYTES + 1))


def test_descriptors_come_along() -> None:
    left, right = socket.socketpair()
    read_end, write_end = os.pipe()
    with left, right:
        wire.send(left, {"op": "fork"}, (write_end,))
        wire.send(left, {"op": "next"})
        message, fds = wire.receive(right, 3)
        assert message == {"op": "fork"}
        os.close(write_end)
        os.write(fds[0], b"through")
        os.close(fds[0])
        assert os.read(read_end, 10) == b"through"
        assert wire.receive(right, 3) == ({"op": "next"}, [])
        left.close()
        assert wire.receive(right) == (None, [])
    os.close(read_end)
