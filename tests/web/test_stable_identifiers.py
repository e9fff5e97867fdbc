"""Addresses stay: ARKs, the addresses of merged photographs, tombstones."""

import json

import pytest
from browsers import CC_BY, KEY, NAAN, Browser

from dam.errors import Conflict
from dam.rights.facts import Audience
from dam.web.application import create_app
from dam.workflows import ask, clear, merge


@pytest.fixture
def pair(archive, darkroom):
    """Two published photographs."""
    return [darkroom.photograph(public=True, rights=CC_BY) for _ in range(2)]


def test_addresses_of_a_merged_photograph_lead_to_the_one_that_stands_for_it(
    archive, browser, pair
):
    old, new = pair
    merge.merge(archive, old, new, "Rana")
    for path in (
        "/p/{}", "/embed/{}", "/p/{}?lang=az", "/manifests/3/{}/manifest.json",
        "/manifests/2/{}/manifest.json", "/api/v1/photographs/{}.json", "/search/3/{}?q=a",
    ):  # fmt: skip
        answer = browser.get(path.format(old))
        assert (answer.status_code, answer.location) == (301, path.format(new)), path
    assert (
        browser.get(f"/manifests/3/{old}/manifest.json").headers["Access-Control-Allow-Origin"]
        == "*"
    )
    assert browser.get(f"/iiif/3/{old}/info.json").status_code == 404


def test_merges_follow_each_other_to_the_last(archive, browser, darkroom, pair):
    last = darkroom.photograph(public=True, rights=CC_BY)
    merge.merge(archive, pair[0], pair[1], "Rana")
    merge.merge(archive, pair[1], last, "Rana")
    assert [browser.get(f"/p/{one}").location for one in pair] == [f"/p/{last}"] * 2


def test_merged_photograph_is_deleted_for_harvesters_and_unknown_to_lists(archive, browser, pair):
    old, new = pair
    merge.merge(archive, old, new, "Rana")
    page = json.loads(browser.get("/activity/page-1.json").data)
    newest = {item["object"]["id"].split("/")[-2]: item["type"] for item in page["orderedItems"]}
    assert newest == {old: "Delete", new: "Create"}
    assert old not in browser.get("/manifests/3/collection.json").text


def test_nothing_leads_to_what_the_public_is_not_told_of(archive, browser, pair):
    merge.merge(archive, *pair, "Rana")
    clear.unpublish(archive, pair[1], "Rana")
    answer = browser.get(f"/p/{pair[0]}")
    assert answer.status_code == 404 and pair[1] not in answer.text


def test_what_cannot_be_merged_stays_as_it_is(archive, darkroom, pair):
    withdrawn = darkroom.photograph(public=True, rights=CC_BY)
    clear.withdraw(archive, withdrawn, "Asked.", "Rana")
    for old, new in ((pair[0], pair[0]), (withdrawn, pair[0]), (pair[0], withdrawn)):
        with pytest.raises(Conflict):
            merge.merge(archive, old, new, "Rana")
    assert ask.ask(archive, pair[0], Audience.PUBLIC).decision.listed
    merge.merge(archive, *pair, "Rana")
    with pytest.raises(merge.CannotMerge):
        merge.merge(archive, *pair, "Rana")


@pytest.mark.parametrize(
    ("path", "to", "reason"),
    [
        ("/ark:/{naan}/{one}", "/p/{one}", "the older spelling"),
        ("/ark:{naan}/{one}", "/p/{one}", "the newer one"),
        ("/ark:{naan}/{dashed}", "/p/{one}", "hyphens mean nothing"),
        ("/ark:{naan}/{one}/", "/p/{one}", "nor does a slash at the end"),
        ("/ark:{naan}/{one}/manifest", "/manifests/3/{one}/manifest.json", "its manifest"),
        ("/ark:{naan}/{series}", "/p/{series}", "a series"),
    ],
)
def test_ark_leads_to_the_page(exhibition, path, to, reason):
    one = exhibition.ids["public"]
    names = {"naan": NAAN, "one": one, "dashed": f"{one[:4]}-{one[4:]}"}
    names["series"] = exhibition.series_id
    answer = Browser(create_app(exhibition.archive, KEY)).get(path.format(**names))
    assert answer.status_code == 302, reason
    assert answer.location == "http://localhost" + to.format(**names), reason


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("withdrawn", 410, "a tombstone"),
        ("draft", 404, "as if it were not there"),
        ("hidden", 404, "as if it were not there"),
        ("embargo", 302, "the record may be read"),
    ],
)
def test_ark_answers_as_the_page_does(exhibition, name, status, reason):
    browser = Browser(create_app(exhibition.archive, KEY))
    for query in ("", "?info"):
        answer = browser.get(f"/ark:/{NAAN}/{exhibition.ids[name]}{query}")
        expected = 200 if query and status == 302 else status
        assert answer.status_code == expected, reason


def test_ark_says_what_it_names(exhibition):
    browser = Browser(create_app(exhibition.archive, KEY))
    one = exhibition.ids["public"]
    for query in ("?info", "??"):
        text = browser.get(f"/ark:{NAAN}/{one}{query}").text
        assert text.startswith("erc:\nwho: ") and f"ark: ark:/{NAAN}/{one}" in text


def test_other_numbers_and_parts_are_unknown(exhibition, browser):
    one = exhibition.ids["public"]
    shown = Browser(create_app(exhibition.archive, KEY))
    assert shown.get(f"/ark:/54321/{one}").status_code == 404
    assert shown.get(f"/ark:/{NAAN}/{one}/master").status_code == 404
    assert browser.get(f"/ark:/{NAAN}/{one}").status_code == 404, "no number was set"


def test_ark_of_a_merged_photograph_leads_to_the_other(open_archive, darkroom):
    darkroom.archive = archive = open_archive(ark_naan=NAAN)
    old, new = (darkroom.photograph(public=True, rights=CC_BY) for _ in range(2))
    merge.merge(archive, old, new, "Rana")
    answer = Browser(create_app(archive, KEY)).get(f"/ark:/{NAAN}/{old}")
    assert answer.location == f"http://localhost/p/{new}"
