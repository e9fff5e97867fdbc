"""The rights manager's pages in a browser: an agreement by keyboard, without scripts, by axe."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import numpy as np
import pytest
from browser import keep, violations
from entering import entering
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from served import Served, serve

from dam.records.register import NewRecord, RecordKind
from dam.rights.agreements import Agreement, AgreementKind, Direction, Medium, UsePurpose
from dam.rights.facts import Audience
from dam.rights.planned_use import Use
from dam.workflows import accounts, agree, clear, plan_use

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("rights")]
AGREEMENT = Agreement(
    0, Direction.OUT, AgreementKind.PERMISSION, "The archive", "City Museum", end=date(2030, 1, 1)
)
USE = Use("City Museum", Medium.PRINT, UsePurpose.EDUCATION, date(2026, 12, 1))
WIDER = """most => [...document.querySelectorAll("*")]
  .filter((one) => one.getBoundingClientRect().right > most + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""
INC = "http://rightsstatements.org/vocab/InC/1.0/"


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[Served]:
    """An archive of one published photograph, in copyright and on no ground."""
    home, path = tmp_path_factory.mktemp("rights"), tmp_path_factory.mktemp("p") / "a.jpg"
    small = Image.fromarray(np.random.default_rng(7).integers(0, 255, (6, 9, 3), dtype="uint8"))
    small.resize((600, 400), Image.Resampling.BICUBIC).save(path, quality=90)
    with serve(home) as served:
        accounts.add_user(served.archive, "Rita", Audience.RIGHTS_MANAGER, None, "the test")
        served.take_in(path)
        records = [
            NewRecord(RecordKind.STATEMENT, INC),
            NewRecord(RecordKind.SHOWING),  # what publishing recorded no longer holds
            NewRecord(RecordKind.PUBLICATION, "published"),
        ]
        clear.record(served.archive, served.ids["a.jpg"], records, "the test")
        yield served


@pytest.fixture
def enter(browser: Browser, service: Served):
    """A maker of browsers in which Rita is signed in."""
    with entering(browser, service) as make:
        yield partial(make, "Rita")


def type_agreement(page: Page) -> None:
    page.get_by_label("Who gives").fill("Studio Aliyev")
    page.get_by_label("Who is given").fill("The archive")
    page.get_by_label("Territories").fill("world")
    for box in ("online", "embedding in other sites", "showing the collection"):
        page.get_by_role("checkbox", name=box, exact=True).press("Space")
    page.get_by_label("Signed on").fill("2025-03-01")
    page.get_by_label("Required credit").fill("Foto: Əliyev")
    page.get_by_role("button", name="Record this agreement").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Studio Aliyev → The archive")


def ask(page: Page, one: str) -> None:
    page.get_by_label("Who plans it").fill("Mori & Co.")
    page.get_by_label("Photographs").fill(one)
    page.get_by_label("Medium").select_option("merchandise")
    page.get_by_label("Purpose").select_option("commercial")
    page.get_by_label("Territories").fill("Japan")
    page.get_by_label("Last day").fill("2028-12-31")
    page.get_by_role("button", name="Answer").press("Enter")


def test_an_agreement_opens_a_photograph_and_a_use_is_asked_without_scripts(enter, service):
    one = service.ids["a.jpg"]
    page = enter(java_script_enabled=False)
    page.goto("/rights/agreements")
    page.get_by_role("link", name="New agreement").press("Enter")
    type_agreement(page)
    page.get_by_label("Photographs").fill(f"{service.origin}/p/{one}")
    page.get_by_role("button", name="Show what would change").press("Enter")
    expect(page.get_by_role("rowheader", name="record → zoom")).to_be_visible()
    page.get_by_role("button", name="Cover them").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Recorded")
    page.goto(f"/p/{one}")
    expect(page.get_by_text("Foto: Əliyev").first).to_be_visible()
    page.goto("/rights/uses")
    ask(page, one)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask: the records do not say enough.")
    expect(page.get_by_text("not for merchandise")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1400])
def test_axe_finds_nothing_and_no_page_of_rights_is_wider_than_the_window(enter, service, width):
    agree.conclude(service.archive, AGREEMENT, "Rita")
    plan_use.ask(service.archive, [service.ids["a.jpg"]], USE, "Rita")
    page = enter(viewport={"width": width, "height": 900}, bypass_csp=True)
    for path in (
        "/rights/", f"/rights/p/{service.ids['a.jpg']}", "/rights/agreements",
        "/rights/agreements/new", "/rights/agreements/1", "/rights/agreements/1/edit",
        "/rights/uses", "/rights/uses/1",
    ):  # fmt: skip
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert violations(page) == [], path
        wide = page.evaluate(WIDER, width)
        assert wide == [], path
        keep(
            page,
            f"{path.strip('/').replace(service.ids['a.jpg'], 'one').replace('/', '-')}-{width}",
        )
