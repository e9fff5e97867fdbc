"""Every address that changes anything asks who it is, and takes no form of another site."""

import re

import pytest
from web.browsers import KEY, PROGRAM, Browser, new_photograph, signed_in

from dam.records import catalogue, log, register
from dam.rights.facts import Audience
from dam.web.application import create_app

READING = {"GET", "HEAD", "OPTIONS"}
PROGRAMS = "/api/v1/"
# Where somebody becomes somebody; what else they may do is tested with the accounts.
DOORS = {"/sign-in", "/sign-in/<token>", "/sign-out"}


@pytest.fixture
def app(archive):
    return create_app(archive, KEY)


def writing(app) -> list[tuple[str, str]]:
    """Each method and rule that may change something."""
    return [
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - READING)
    ]


def address(rule: str, one: str) -> str:
    filled = re.sub(r"<int[^>]*:[^>]*>", "1", rule.replace("<photograph_id>", one))
    return re.sub(r"<[^>]*>", "nope", filled)


def everything(archive, one: str) -> tuple:
    with archive.reading() as db:
        found = catalogue.photograph(db, one), register.history(db, one)
        return (*found, log.of_subject(db, "photograph", one), catalogue.count_all(db))


def test_there_are_writing_routes_and_those_of_pages_are_forms(app):
    found = writing(app)
    assert len(found) > 10
    others = {rule for method, rule in found if method != "POST"}
    pages = {rule for rule in others if not rule.startswith(PROGRAMS)}
    assert pages == {"/desk/uploads/<upload_id>"}, "what else a page writes is a form"
    assert {rule for _, rule in found} > DOORS


def test_whoever_is_nobody_is_asked_who_they_are_and_changes_nothing(archive, app):
    one = new_photograph(archive, 1)
    stranger = Browser(app)
    before = everything(archive, one)
    for method, rule in writing(app):
        if rule in DOORS:
            continue
        fields = {"csrf_token": stranger.token or stranger.read_token()}
        fields |= {"reason": "x", "revision": "1"}
        answer = stranger.client.open(address(rule, one), method=method, data=fields)
        assert answer.status_code == 401, rule
    assert everything(archive, one) == before


def test_no_form_of_another_site_is_taken_from_whoever_is_signed_in(archive, app):
    one = new_photograph(archive, 1)
    administrator = signed_in(archive, app, Audience.ADMINISTRATOR)
    before = everything(archive, one)
    for method, rule in writing(app):
        fields = {"csrf_token": "another", "reason": "x", "revision": "1", "answer": "accept"}
        answer = administrator.client.open(
            address(rule, one), method=method, data=fields, headers=PROGRAM
        )
        assert answer.status_code == 400, rule
        assert "nothing was changed" in answer.json["detail"], rule
    assert everything(archive, one) == before


def test_what_only_reads_changes_nothing(archive, app):
    """A link, a prefetching browser or a crawler with somebody's cookie must not write."""
    one = new_photograph(archive, 1)
    administrator = signed_in(archive, app, Audience.ADMINISTRATOR)
    before = everything(archive, one)
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            administrator.get(address(rule.rule, one))
    assert everything(archive, one) == before
