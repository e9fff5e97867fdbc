"""A real browser that sees the loopback and nothing else, and pages of another site for it."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright
from referees import CHECKOUT, referee

SCREENSHOTS = CHECKOUT / ".cache" / "screenshots"
DIST = CHECKOUT / "dam" / "web" / "static" / "dist"
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No name is found but the loopback's address: what a page would fetch from afar is missing.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for all journeys; each takes a context of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium on the path")
    if not (DIST / "meta.json").is_file():
        pytest.skip("the front end was not built; `make setup` builds it")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield launched
        launched.close()


class Watched:
    """A page with what went through it: answers by address, and what went wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: list[tuple[int, str]] = []
        self.errors: list[str] = []
        page.on("response", self._answered)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _answered(self, response: Response) -> None:
        self.answers.append((response.status, response.url))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def pictures(self, service: str) -> list[str]:
        """Return the pictures of an image service that were answered 200."""
        return [
            u for s, u in self.answers if s == 200 and u.startswith(f"{service}/") and ".j" in u
        ]

    def refused(self, origin: str) -> list[tuple[int, str]]:
        """Return what *origin* answered with an error."""
        return [(s, u) for s, u in self.answers if s >= 400 and u.startswith(origin)]


_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds on a page: the rule, and the elements that break it."""
    page.evaluate((referee("axe-core") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", _RULES)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]


def spread(screenshot: bytes) -> float:
    """Return how much the pixels of a screenshot differ: 0 is one colour, a photograph is > 10."""
    grey = Image.open(io.BytesIO(screenshot)).convert("L")
    return float(np.asarray(grey, dtype=float).std())


def keep(page: Page, name: str) -> None:
    """Keep what the page looks like, for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def site(directory: Path) -> Iterator[str]:
    """Serve a directory at another port, which makes it another site; yield its origin."""
    handler: Callable[..., SimpleHTTPRequestHandler] = partial(_Quiet, directory=str(directory))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
