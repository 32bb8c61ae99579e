"""What stands around search and row: the device, what is known of the frameworks, the keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from mxcheat.render.language import label, said, told
from mxcheat.render.words import STATUS
from mxcheat.tui.actions import ACTIONS
from mxcheat.tui.keymap import key_name
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MUTED, TONES, cut, foreign_line
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import Binding
    from textual.screen import Screen

    from mxcheat.live.device import Device
    from mxcheat.tui.shown import Framework, Shown

# More devices than this are not listed: the chosen one is shown with its place.
LISTED = 3
MISSING = STATUS["unavailable"].glyph
_GAP = Content("  ")
_ORDER = [action.id for action in ACTIONS]
# These stay where there is no room for all.
_LAST_TO_GO = {action.id for action in ACTIONS if action.scope == "app"}


class DeviceBar(Guarded, Static):
    """`[cpu]  gpu0`: the one in brackets is chosen, a click chooses another."""

    auto_links = False

    def __init__(self) -> None:
        super().__init__(id="device")
        self.border_title = label("Device")

    def show(self, shown: Shown) -> None:
        """Show all devices, or if they are many the chosen one; what a side lacks is said."""
        self.tooltip = said("Where both sides run ({key})", key=shown.key("device.choose"))
        devices, chosen = shown.devices, shown.device
        if len(devices) > LISTED:
            place = {"place": devices.index(chosen) + 1, "all": len(devices)}
            text = _option(shown, chosen) + said(" ({place} of {all})", **place)
            self.update(text.stylize(_click("screen.use_device")))
        else:
            options = (
                _option(shown, device).stylize(_click(f"screen.use_device('{device}')"))
                for device in devices
            )
            self.update(_GAP.join(options))


def _option(shown: Shown, device: Device) -> Content:
    """A device, in brackets if it is the chosen one of several, with who cannot run on it."""
    is_chosen = device == shown.device
    lacking = shown.lacking(device)
    # That a framework is missing altogether is said at the foot.
    lacking = [each for each in lacking if not each.problem]
    name = f"[{device}]" if is_chosen and len(shown.devices) > 1 else str(device)
    if not lacking:
        return Content.styled(name, "bold $text-primary" if is_chosen else MUTED)
    who = label(" or ").join(each.name for each in lacking)
    text = said("{device} not in {frameworks}", device=name, frameworks=who)
    return Content.styled(text, TONES["fair"] if is_chosen else MUTED)


def _click(action: str) -> Style:
    return Style.from_meta({"@click": action})


class FrameworkStatus(Guarded, Static):
    """`torch 2.13.0 · mxnet 1.9.1`, or which of them is missing."""

    def __init__(self) -> None:
        super().__init__(Content(label("starting torch and mxnet…")), id="status")

    def show(self, shown: Shown) -> None:
        """Show versions; what is missing in a warning's colour."""
        self.update(Content(" · ").join(map(_short, shown.frameworks)))


def _short(framework: Framework) -> Content:
    if framework.problem:
        return Content.styled(
            f"{MISSING} {said('{framework} missing', framework=framework.name)}", TONES["fair"]
        )
    # The build's own suffix (+cpu, +cu126) says nothing that matters here.
    return foreign_line(f"{framework.name} {framework.version.partition('+')[0]}")


class Notice(Guarded, Static):
    """What is wrong and how to fix it, or a greeting for new users; hidden if there is neither."""

    def __init__(self) -> None:
        super().__init__(id="notice")
        self.display = False
        self._greeting = ""
        self._problems: list[Content] = []

    def show(self, shown: Shown) -> None:
        """Name each framework that cannot be used, and the command that helps."""
        self._problems = [
            Content.assemble(
                (f"{MISSING} {each.name} ", f"bold {TONES['fair']}"),
                foreign_line(told(each.problem).removeprefix(each.name).lstrip()),
                foreign_line(f" → {told(each.fix)}" if each.fix else "", "bold"),
            )
            for each in shown.frameworks
            if each.problem
        ]
        self._draw()

    def greet(self, said: str) -> None:
        """Say what to do first; "" once it has been done."""
        if said != self._greeting:
            self._greeting = said
            self._draw()

    def _draw(self) -> None:
        greeting = [Content.styled(self._greeting, "$text-primary")] if self._greeting else []
        lines = [*greeting, *self._problems]
        self.display = bool(lines)
        self.update(Content("\n").join(lines))


class KeyBar(Flow):
    """One line of keys and words; a click on a word does what the key does.

    One widget, where Textual's own footer builds a widget a key whenever one changes.
    """

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._shown: list[Binding] = []

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        if not screen.is_active:
            return
        bindings: dict[str, Binding] = {}
        for active in screen.active_bindings.values():
            if active.binding.show and active.binding.id:
                bindings.setdefault(active.binding.id, active.binding)
        shown = [bindings[name] for name in _ORDER if name in bindings]
        if shown != self._shown:
            self._shown = shown
            words = {binding.id or "": _word(binding) for binding in shown}
            self.flow(partial(_line, words))


def _word(binding: Binding) -> Content:
    click = _click(f"app.simulate_key('{binding.key}')")
    key = (key_name(binding.key), "bold $text-primary")
    return Content.assemble(key, f" {label(binding.description)}").stylize(click)


def _line(words: Mapping[str, Content], width: int) -> list[Content]:
    """As many words as fit, those of the app itself among them."""
    left = dict(words)
    for name in reversed([name for name in words if name not in _LAST_TO_GO]):
        if _GAP.join(left.values()).cell_length <= width:
            break
        del left[name]
    return [cut(_GAP.join(left.values()), width)]
