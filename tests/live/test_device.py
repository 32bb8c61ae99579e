"""Device names in every spelling."""

from __future__ import annotations

import pytest

from mxcheat.errors import MxcheatError
from mxcheat.live.device import Device, parse_device


@pytest.mark.parametrize(
    ("text", "device", "name"),
    [
        ("cpu", Device("cpu"), "cpu"),
        ("cpu0", Device("cpu"), "cpu"),
        ("cpu:2", Device("cpu", 2), "cpu2"),
        ("gpu", Device("gpu"), "gpu0"),
        ("gpu1", Device("gpu", 1), "gpu1"),
        ("gpu(0)", Device("gpu"), "gpu0"),
        ("mx.gpu(3)", Device("gpu", 3), "gpu3"),
        ("cuda", Device("gpu"), "gpu0"),
        ("cuda:1", Device("gpu", 1), "gpu1"),
        ("GPU:0", Device("gpu"), "gpu0"),
        (" gpu0 ", Device("gpu"), "gpu0"),
    ],
)
def test_every_spelling(text: str, device: Device, name: str) -> None:
    assert parse_device(text) == device
    assert str(device) == name


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("gpo0", "gpu0"),
        ("tpu", "gpu"),
        ("banana", "expected one of: cpu"),
        ("gpu-1", "gpu1"),
        ("gpu(0", "gpu0"),
    ],
)
def test_a_wrong_name_gets_the_nearest(text: str, hint: str) -> None:
    with pytest.raises(MxcheatError, match="no such device") as raised:
        parse_device(text)
    assert hint in raised.value.hint
