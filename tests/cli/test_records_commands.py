"""Withdrawing, explaining, publishing again, accounts, and what the doctor says."""

import io
import json

import pytest
from conftest import draw

from dam.errors import Forbidden
from dam.records import catalogue
from dam.rights.facts import Audience
from dam.workflows import accounts, ask, jobs


@pytest.fixture
def photograph(dam, home, folder) -> str:
    draw(folder / "a.jpg")
    answer = dam("ingest", folder, "--rights", "CC BY 4.0", "--series", "S", "--public", "--json")
    return answer.one("a.jpg")["id"]


def test_no_pixel_leaves_when_withdraw_returns(dam, photograph, archive, home):
    manifest = home / f"manifests/3/{photograph}/manifest.json"
    assert manifest.is_file()
    before = archive.epoch.value
    answer = dam("withdraw", photograph, "--reason", "The family asked.")
    assert (answer.code, answer.out) == (0, f"{photograph}: withdrawn\n")
    assert archive.epoch.value != before
    assert not manifest.exists()
    with pytest.raises(ask.Withdrawn):
        ask.require_pixels(ask.ask(archive, photograph, Audience.PUBLIC))


def test_reinstate_brings_back_what_was_withdrawn(dam, photograph, archive, home):
    dam("withdraw", photograph, "--reason", "A mistake.")
    assert dam("reinstate", photograph, "--reason", "It was a mistake.").code == 0
    ask.require_pixels(ask.ask(archive, photograph, Audience.PUBLIC))
    assert (home / f"manifests/3/{photograph}/manifest.json").is_file()


def test_one_that_cannot_be_withdrawn_stops_no_other(dam, photograph):
    answer = dam("withdraw", "nobody", photograph, "--reason", "A letter came.")
    assert answer.code == 1
    assert answer.out == f"{photograph}: withdrawn\n"
    assert answer.err == "nobody: There is no photograph of that identifier.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["withdraw", "x"], 2, "the reason is missing"),
        (["withdraw", "--reason", "x"], 2, "the identifier is missing"),
        (["publish"], 2, "neither identifiers nor --all"),
        (["derive", "x", "--all"], 2, "both"),
        (["explain", "x", "--on", "tomorrow"], 2, "no date"),
        (["explain", "x"], 1, "unknown"),
        (["publish", "../../etc"], 1, "unknown"),
        (["user", "add", "anna", "--role", "king"], 2, "no role"),
        (["user", "link", "nobody"], 1, "unknown"),
        (["conquer"], 2, "no command"),
        (["serve", "--port", "0"], 2, "no port"),
    ],
)
def test_wrong_usage_is_told_apart_from_failure(dam, home, arguments, code, reason):
    answer = dam(*arguments)
    assert answer.code == code, reason
    assert answer.err and "Traceback" not in answer.err


def test_explain_names_the_record_and_follows_audience_and_day(dam, photograph):
    public = dam("explain", photograph).out
    assert public.startswith("Public: zoom and download, with credit.")
    assert "CC BY 4.0 lets everybody see it (R-1)." in public
    assert dam("explain", photograph, "--as", "rights-manager").out.startswith("Rights manager:")
    dam("user", "add", "Anna Lee", "--role", "editor")
    assert dam("explain", photograph, "--as", "Anna Lee").out.startswith("Editor:")
    assert "not listed" in dam("explain", photograph, "--as-of", "2020-01-01").out
    assert dam("explain", photograph, "--on", "2090-01-01").out == public
    assert dam("explain", photograph, "--as", "Nobody").code == 2


def test_publish_writes_manifests_again(dam, photograph, home, monkeypatch):
    manifest = home / f"manifests/3/{photograph}/manifest.json"
    monkeypatch.setenv("DAM_PUBLIC_URL", "https://example.org")
    for path in (home / "manifests").rglob("*.json"):
        path.unlink()
    assert dam("publish", photograph).code == 0
    assert json.loads(manifest.read_text("utf-8"))["id"].startswith("https://example.org/")
    manifest.unlink()
    assert dam("publish", "--all").code == 0
    assert manifest.is_file()


def test_export_writes_a_site_of_files_and_says_what_was_not_told_it(dam, photograph, tmp_path):
    target = tmp_path / "out"
    assert dam("export", "--to", target).code == 2, "neither identifiers nor --all"
    answer = dam("export", photograph, "--to", target)
    assert (answer.code, answer.err.startswith("Say with --url")) == (1, True)
    answer = dam("export", photograph, "--to", target, "--url", "https://example.org/a/")
    assert answer.code == 0, answer.err
    assert answer.out.startswith(f"{target}: 1 photographs, ")
    assert f"https://example.org/a/p/{photograph}" in (target / "index.html").read_text()
    answer = dam("export", "--all", "--to", target, "--url", "https://example.org/a")
    assert answer.code == 1
    assert "There is something of that name already" in answer.err


def test_derive_makes_what_is_missing_and_rebuild_makes_it_again(dam, photograph, archive):
    assert dam("derive", photograph).out == f"{photograph}: kept full\n"
    assert dam("derive", "--all", "--rebuild").out == f"{photograph}: made full\n"
    assert jobs.unfinished(archive) == 0
    with archive.reading() as db:
        (pack,) = catalogue.packs(db, photograph)
    assert archive.store.exists(pack.key)


def test_an_account_without_a_password_gets_a_link_that_works_once(dam, home, archive):
    answer = dam("user", "add", "anna", "--role", "rights-manager")
    origin, _, token = answer.out.strip().partition("/sign-in/")
    assert origin == "http://127.0.0.1:8000"
    assert accounts.who(archive, accounts.sign_in_by_link(archive, token)).name == "anna"
    with pytest.raises(Forbidden):
        accounts.sign_in_by_link(archive, token)
    assert dam("user", "list").out == "anna\trights manager\n"


def test_an_account_with_a_piped_password_signs_in_with_it(dam, home, archive, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    answer = dam("user", "add", "ben", "--role", "staff", "--password-stdin")
    assert answer.code == 0 and answer.out == ""
    assert accounts.sign_in(archive, "ben", "correct horse battery")


def test_a_short_password_makes_no_account(dam, home, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    answer = dam("user", "add", "ben", "--role", "staff", "--password-stdin")
    assert answer.code == 1 and "12 characters" in answer.err
    assert dam("user", "list").out == ""


def test_a_role_is_changed(dam, home):
    dam("user", "add", "anna", "--role", "staff")
    assert dam("user", "role", "anna", "administrator").code == 0
    assert dam("user", "list").out == "anna\tadministrator\n"


def test_the_doctor_says_that_there_is_no_archive_and_makes_none(dam, empty_home):
    answer = dam("doctor")
    assert answer.code == 1
    assert "There is no archive here; `dam init` makes one." in answer.out
    assert list(empty_home.iterdir()) == []


def test_the_doctor_names_a_lost_master_and_lost_tiles(dam, photograph, archive, home):
    healthy = dam("doctor").out
    assert "0 of 1 photographs have no master." in healthy
    assert "DAM_PUBLIC_URL is not set" in healthy
    for path in [*(home / "media").rglob("*")]:
        if path.is_file() and path.name != "epoch":
            path.unlink()
    answer = dam("doctor")
    assert answer.code == 1
    assert "wrong  1 of 1 photographs have no master; restore" in answer.out
    assert "wrong  1 of 1 photographs have no tiles; run `dam derive --all`." in answer.out


def test_an_unknown_setting_is_named_in_one_line(dam, home, monkeypatch):
    monkeypatch.setenv("DAM_COLOUR", "blue")
    answer = dam("doctor")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert "DAM_COLOUR is not a setting" in answer.err


def test_init_and_upgrade_may_be_run_again(dam, home):
    assert dam("init").code == dam("db", "upgrade").code == 0


def test_help_names_every_command(dam):
    answer = dam("--help")
    for name in ("demo", "init", "db", "doctor", "serve", "worker", "ingest", "withdraw", "user"):
        assert f"\n  {name} " in answer.out
