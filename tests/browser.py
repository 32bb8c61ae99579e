"""A real browser for tests: Debian's Chromium, without a window and without a network."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from tests.support import need_tool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.remote.webelement import WebElement

# As root it has no sandbox, in a container little shared memory; it looks up no host.
_OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"),
    *("--no-first-run", "--lang=en-US"),
)
PATIENCE = 120.0


class Browser:
    """The browser, with what tests ask of a page again and again."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def resize(self, width: int, height: int, *, phone: bool = False) -> None:
        """Give the page a size; a phone has a finger for a pointer."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self.tell("Emulation.setDeviceMetricsOverride", **size)
        self.tell("Emulation.setTouchEmulationEnabled", enabled=phone)

    def prefer(self, scheme: str) -> None:
        """Prefer "light" or "dark" pages."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.tell("Emulation.setEmulatedMedia", features=features)

    def open(self, page: Path, part: str = "") -> None:
        """Load a page anew, at one of its parts."""
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + part)

    def tell(self, command: str, **parameters: Any) -> Any:
        """Give a command of the browser's own protocol."""
        return self.driver.execute_cdp_cmd(command, parameters)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns that runs in the page."""
        return self.driver.execute_script(script, *arguments)

    def element(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def elements(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def ids(self, selector: str) -> list[str]:
        """The ids of the elements that can be seen, in the order of the page."""
        script = (
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter(element => element.checkVisibility()).map(element => element.id)"
        )
        return list(self.run(script, selector))

    def requests(self) -> list[str]:
        """The address of everything that was asked for since this was called last."""
        entries = (json.loads(entry["message"]) for entry in self._log("performance"))
        messages = [entry["message"] for entry in entries]
        sent = [each for each in messages if each["method"] == "Network.requestWillBeSent"]
        return [str(each["params"]["request"]["url"]) for each in sent]

    def complaints(self) -> list[str]:
        """What the console says of errors since this was called last."""
        return [str(entry["message"]) for entry in self._log("browser")]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        return list(self.driver.get_log(kind))  # type: ignore[no-untyped-call]


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser of its own; the test is skipped, in CI failed, where there is none."""
    for tool in ("chromium", "chromedriver"):
        need_tool(tool)
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for option in _OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        driver.set_page_load_timeout(PATIENCE)
        driver.set_script_timeout(PATIENCE)
        yield Browser(driver)
    finally:
        driver.quit()
