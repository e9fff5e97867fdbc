"""Browsers in which somebody has signed in, for journeys."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, Page
from served import Served

from dam.workflows import accounts

Enter = Callable[..., Page]


@contextmanager
def entering(browser: Browser, service: Served) -> Iterator[Enter]:
    """Yield a maker of browsers, each with a page: of somebody of that name, or of the public."""
    with ExitStack() as stack:

        def make(name: str | None = None, **options: object) -> Page:
            context = browser.new_context(
                **{"viewport": {"width": 1400, "height": 900}, "base_url": service.origin} | options
            )
            stack.callback(context.close)
            context.set_default_timeout(20_000)
            page = context.new_page()
            if name is not None:
                page.goto(f"/sign-in/{accounts.make_link(service.archive, name)}")
                page.get_by_role("button", name="Sign in").click()
                page.wait_for_url("**/desk/")
            return page

        yield make
