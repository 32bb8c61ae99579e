"""The device selector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from mxcheat.live.device import CPU, Device, parse_device
from mxcheat.tui.keymap import key_of
from mxcheat.tui.text.marks import MUTED
from mxcheat.tui.trouble import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.tui.runner import Framework

# More devices than this are not listed: the chosen one is shown with its place.
LISTED = 3


class DeviceSelector(Guarded, Static):
    """`● cpu  ○ gpu0`: a key goes to the next, a click chooses."""

    auto_links = False
    chosen: reactive[Device] = reactive(CPU)

    @dataclass
    class Changed(Message):
        """Another device was chosen."""

        device: Device

    def __init__(self, chosen: Device = CPU) -> None:
        super().__init__(id="device")
        self.set_reactive(DeviceSelector.chosen, chosen)
        self.border_title = "Device"
        # gpu0 stands there even without one: choosing it says what is missing.
        self.devices = _ordered({CPU, Device("gpu", 0), chosen})
        self._frameworks: Sequence[Framework] = ()

    def on_mount(self) -> None:
        """Show the first choice."""
        self.tooltip = f"Where both sides run ({key_of(self, 'device.choose')})"
        self._draw()

    def offer(self, frameworks: Sequence[Framework]) -> None:
        """Add the devices that the frameworks found."""
        self._frameworks = frameworks
        found = {parse_device(name) for each in frameworks for name in each.devices}
        self.devices = _ordered({*self.devices, *found})
        self._draw()

    def who_has(self, device: Device) -> str:
        """Which frameworks can run on `device`, and why another cannot."""
        if not self._frameworks:
            return "not known yet"
        have = [each.name for each in self._frameworks if str(device) in each.devices]
        lack = [_why_not(each) for each in self._frameworks if str(device) not in each.devices]
        return "; ".join(filter(None, [" and ".join(have), *lack]))

    def next(self) -> None:
        """Choose the next device, after the last the first."""
        place = self.devices.index(self.chosen)
        self.chosen = self.devices[(place + 1) % len(self.devices)]

    def action_choose(self, place: int) -> None:
        """Choose by place in the list."""
        self.chosen = self.devices[place]

    def watch_chosen(self, before: Device, now: Device) -> None:
        """Show the choice and tell of it."""
        self._draw()
        if before != now:
            self.post_message(self.Changed(now))

    def _draw(self) -> None:
        if len(self.devices) > LISTED:
            place = self.devices.index(self.chosen)
            step = Style.from_meta({"@click": f"choose({(place + 1) % len(self.devices)})"})
            text = f"● {self.chosen} ({place + 1} of {len(self.devices)})"
            self.update(Content.styled(text, step))
            return
        self.update(Content("  ").join(map(self._option, range(len(self.devices)))))

    def _option(self, place: int) -> Content:
        device = self.devices[place]
        chosen = device == self.chosen
        glyph = "●" if chosen else "○"
        click = Style.from_meta({"@click": f"choose({place})"})
        text = Content.styled(f"{glyph} {device}", "bold $text-primary" if chosen else MUTED)
        return text.stylize(click)


def _why_not(framework: Framework) -> str:
    if framework.problem:
        return framework.problem + (f" → {framework.fix}" if framework.fix else "")
    return f"{framework.name} finds only {', '.join(framework.devices)}"


def _ordered(devices: Iterable[Device]) -> list[Device]:
    return sorted(devices, key=lambda device: (device.kind, device.index))
