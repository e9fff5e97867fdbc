"""The page of a photograph tells staff why, today and on another day; the public is not told."""

import re
from datetime import date

import pytest
from web.browsers import CC_BY, KEY, Browser, new_photograph, published, signed_in, work

from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.web.application import create_app
from dam.workflows import clear


@pytest.fixture
def embargoed(archive) -> str:
    """A photograph that opens on 1 April 2027, a month after the archive's today."""
    one = new_photograph(archive, 1)
    embargo = NewRecord(RecordKind.EMBARGO, "plain", day=date(2027, 4, 1))
    clear.record(archive, one, [*published(CC_BY), embargo], "tests")
    work(archive)
    return one


def decision(page: str) -> str:
    return re.search(r'<p class="decision">([^<]*)</p>', page)[1]


def test_staff_are_told_why_and_can_ask_about_another_day(archive, embargoed):
    staff = signed_in(archive, create_app(archive, KEY), Audience.STAFF)
    today = staff.get(f"/p/{embargoed}").text
    assert re.search(r'<input[^>]*type="date"[^>]*name="on"|name="on"[^>]*type="date"', today)
    assert re.search(r"embargo.{0,200}R-\d", today, re.IGNORECASE | re.DOTALL)
    assert '<p class="quiet">From 1 April 2027: zoom and download, with credit.</p>' in today
    assert decision(staff.get(f"/p/{embargoed}?on=2027-03-31").text).startswith("Public: the words")
    after = staff.get(f"/p/{embargoed}?on=2027-04-01").text
    assert decision(after) == "Public: zoom and download, with credit."


def test_the_public_is_told_no_more_and_another_day_opens_nothing(archive, embargoed):
    page = Browser(create_app(archive, KEY)).get(f"/p/{embargoed}?on=2027-04-01").text
    assert 'name="on"' not in page and 'class="decision"' not in page
    assert f"/iiif/3/{embargoed}/" not in page
