"""Batches and sheets in a browser: without scripts, by keyboard alone; axe finds nothing."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from browser import keep, violations
from entering import entering
from PIL import Image
from playwright.sync_api import Browser, expect
from served import Served, serve

from dam.catalogue.batch_edits import Action, Instruction
from dam.catalogue.edit_fields import EditField, Target
from dam.rights.facts import Audience
from dam.workflows import accounts, batch_edit
from dam.workflows.choosing import Marked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("batches")]


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[Served]:
    """An archive of two photographs."""
    home, pictures = tmp_path_factory.mktemp("batches"), tmp_path_factory.mktemp("pictures")
    chance = np.random.default_rng(7)
    paths = [pictures / name for name in ("a.jpg", "b.jpg")]
    for path in paths:
        small = Image.fromarray(chance.integers(0, 255, (6, 9, 3), dtype="uint8"))
        small.resize((600, 400), Image.Resampling.BICUBIC).save(path, quality=90)
    with serve(home) as served:
        accounts.add_user(served.archive, "Rana", Audience.ADMINISTRATOR, None, "the test")
        served.take_in(*paths)
        yield served


@pytest.fixture
def enter(browser: Browser, service: Served):
    """A maker of browsers in which Rana is signed in."""
    with entering(browser, service) as make:
        yield partial(make, "Rana")


def test_a_sheet_goes_out_and_in_without_scripts(enter, service, tmp_path):
    page = enter(java_script_enabled=False)
    page.goto("/desk/sheets")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Take out as CSV").click()
    sheet = tmp_path / "a.csv"
    coming.value.save_as(sheet)
    assert all(one in sheet.read_text("utf-8-sig") for one in service.ids.values())
    sheet.write_text(f"id,title\n{service.ids['a.jpg']},Bridge\n", "utf-8")
    page.get_by_label("Sheet in XLSX or CSV").set_input_files(sheet)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("cell", name="Bridge")).to_be_visible()
    expect(page.get_by_role("button", name="Change 1 photograph")).to_be_visible()


def press_until(page, what):
    for _ in range(60):
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(what)


def test_keyboard_alone_edits_all_that_is_found(enter):
    page = enter()
    page.goto("/desk/batches/new")
    press_until(page, "#field")
    page.keyboard.type("credit")
    press_until(page, "#words")
    page.keyboard.type("Photo: Rana")
    press_until(page, "[name=which]")
    page.keyboard.press("ArrowUp")
    press_until(page, "form.stack button.primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Change 2 photographs")).to_be_visible()
    press_until(page, "form[action$='/apply'] button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("This batch is")


@pytest.mark.parametrize("width", [1400, 320])
def test_axe_finds_nothing_and_no_page_of_batches_or_the_api_is_wider_than_the_window(
    enter, service, width
):
    archive = service.archive
    credit = Instruction(Action.SET, Target(EditField.CREDIT, "en"), "Photo: Rana Long Name " * 5)
    batch_id = batch_edit.propose(archive, Marked((service.ids["a.jpg"],)), credit, "Rana")
    batch_edit.plan(archive, batch_id)
    page = enter(viewport={"width": width, "height": 900}, bypass_csp=True)
    for path in (
        "/desk/batches", "/desk/batches/new", f"/desk/batches/{batch_id}", "/desk/sheets",
        "/api/v1/",
    ):  # fmt: skip
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        keep(page, f"{path.strip('/').replace(batch_id, 'one').replace('/', '-')}-{width}")
