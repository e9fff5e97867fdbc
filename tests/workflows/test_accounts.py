"""Accounts: who may sign in, how often they may try, and until when it is good."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from dam.records import log
from dam.records.accounts import UserRow
from dam.records.users import UnknownUser, UserExists
from dam.rights.facts import Audience
from dam.workflows import accounts
from dam.workflows.accounts import BadPassword, BadUserName, SignInRefused, TooManyFailures

PASSWORD = "a long pass phrase"  # noqa: S105  # of nobody
WRONG = "a wrong pass phrase"


@pytest.fixture
def rana(archive):
    return accounts.add_user(archive, "Rana", Audience.EDITOR, PASSWORD, "the test")


def make_inactive(archive, name="Rana"):
    with archive.writing.begin() as db:
        db.execute(update(UserRow).where(UserRow.name == name).values(active=False))


def test_person_signs_in_with_name_and_password(archive, rana):
    token = accounts.sign_in(archive, "Rana", PASSWORD)
    found = accounts.who(archive, token)
    assert (found.name, found.role) == ("Rana", Audience.EDITOR)


def test_each_browser_has_a_token_of_its_own(archive, rana):
    first, second = (accounts.sign_in(archive, "Rana", PASSWORD) for _ in range(2))
    assert first != second
    accounts.sign_out(archive, first)
    assert accounts.who(archive, first) is None
    assert accounts.who(archive, second) is not None


def test_sign_in_ends_after_its_hours(open_archive, clock):
    archive = open_archive(session_hours="2")
    accounts.add_user(archive, "Rana", Audience.STAFF, PASSWORD, "the test")
    token = accounts.sign_in(archive, "Rana", PASSWORD)
    clock.advance(hours=1, minutes=59)
    assert accounts.who(archive, token) is not None
    clock.advance(minutes=1)
    assert accounts.who(archive, token) is None


REFUSED = (
    ("Rana", WRONG, "the password is another"),
    ("Rana", "", "there is no password"),
    ("Rana", PASSWORD + "\0", "more follows it"),
    ("Rana", "x" * 100_000, "it is longer than any"),
    ("rana", PASSWORD, "the name is written otherwise"),
    ("Nino", PASSWORD, "there is no such account"),
    ("", "", "there is nothing"),
)


@pytest.mark.parametrize(("name", "password", "reason"), REFUSED)
def test_everything_else_is_refused_in_the_same_words(archive, rana, name, password, reason):
    with pytest.raises(SignInRefused, match=r"^Name and password do not belong together\.$"):
        accounts.sign_in(archive, name, password)


def test_account_without_a_password_signs_in_by_link_only(archive):
    accounts.add_user(archive, "Nino", Audience.STAFF, None, "the test")
    for password in ("", PASSWORD):
        with pytest.raises(SignInRefused):
            accounts.sign_in(archive, "Nino", password)
    token = accounts.sign_in_by_link(archive, accounts.make_link(archive, "Nino"))
    assert accounts.who(archive, token).name == "Nino"


def test_inactive_account_signs_in_by_no_way(archive, rana):
    link, token = accounts.make_link(archive, "Rana"), accounts.sign_in(archive, "Rana", PASSWORD)
    make_inactive(archive)
    with pytest.raises(SignInRefused):
        accounts.sign_in(archive, "Rana", PASSWORD)
    with pytest.raises(SignInRefused):
        accounts.sign_in_by_link(archive, link)
    assert accounts.who(archive, token) is None


def fail(archive, name="Rana", times=10):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            accounts.sign_in(archive, name, WRONG)


def test_ten_failures_stop_even_the_right_password_for_a_quarter_of_an_hour(archive, clock, rana):
    fail(archive)
    with pytest.raises(TooManyFailures, match="quarter of an hour"):
        accounts.sign_in(archive, "Rana", PASSWORD)
    clock.advance(minutes=14, seconds=59)
    with pytest.raises(TooManyFailures):
        accounts.sign_in(archive, "Rana", PASSWORD)
    clock.advance(seconds=2)
    assert accounts.sign_in(archive, "Rana", PASSWORD)


def test_nine_failures_stop_nobody(archive, rana):
    fail(archive, times=9)
    assert accounts.sign_in(archive, "Rana", PASSWORD)


def test_failures_of_one_name_stop_no_other(archive, rana):
    fail(archive, name="Nino")
    assert accounts.sign_in(archive, "Rana", PASSWORD)
    with pytest.raises(TooManyFailures):  # and do not tell whether there is such an account
        accounts.sign_in(archive, "Nino", WRONG)


def test_link_signs_in_once_within_the_hour(archive, clock, rana):
    link, late = accounts.make_link(archive, "Rana"), accounts.make_link(archive, "Rana")
    assert accounts.who(archive, accounts.sign_in_by_link(archive, link)).name == "Rana"
    with pytest.raises(SignInRefused, match="used or too old"):
        accounts.sign_in_by_link(archive, link)
    clock.advance(hours=1)
    with pytest.raises(SignInRefused):
        accounts.sign_in_by_link(archive, late)


def test_link_for_nobody_is_not_made(archive):
    with pytest.raises(UnknownUser):
        accounts.make_link(archive, "Nino")


@pytest.mark.parametrize("token", ["", "x", "a" * 10_000, "ä"])
def test_token_of_nobody_is_nobody(archive, rana, token):
    assert accounts.who(archive, token) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in_by_link(archive, token)


BAD_NAMES = ("", "   ", "x" * 101, "Ra\nna", "Ra\0na", "Ra\u202ena")


@pytest.mark.parametrize("name", BAD_NAMES)
def test_name_that_cannot_be_read_aloud_is_refused(archive, name):
    with pytest.raises(BadUserName):
        accounts.add_user(archive, name, Audience.STAFF, PASSWORD, "the test")


@pytest.mark.parametrize("name", ["Rana", "რანა", "Rana van der Berg", "x" * 100])
def test_name_may_be_in_any_letters(archive, name):
    accounts.add_user(archive, f" {name} ", Audience.STAFF, PASSWORD, "the test")
    assert [user.name for user in accounts.all_users(archive)] == [name]
    assert accounts.sign_in(archive, name, PASSWORD)


def test_name_is_taken_once(archive, rana):
    with pytest.raises(UserExists):
        accounts.add_user(archive, "Rana ", Audience.STAFF, PASSWORD, "the test")


@pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 1001])
def test_password_that_is_too_short_or_too_long_is_refused(archive, rana, password):
    with pytest.raises(BadPassword):
        accounts.add_user(archive, "Nino", Audience.STAFF, password, "the test")
    with pytest.raises(BadPassword):
        accounts.change_password(archive, "Rana", password, "the test")
    assert accounts.sign_in(archive, "Rana", PASSWORD)


def test_password_of_any_letters_is_good_for_signing_in(archive):
    for number, password in enumerate(("пароль и ещё", "x" * 1000, "🌋" * 12)):
        accounts.add_user(archive, f"user {number}", Audience.STAFF, password, "the test")
        assert accounts.sign_in(archive, f"user {number}", password)


def test_new_password_signs_every_browser_out_and_ends_the_old_one(archive, rana):
    token = accounts.sign_in(archive, "Rana", PASSWORD)
    accounts.change_password(archive, "Rana", "another pass phrase", "the test")
    assert accounts.who(archive, token) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in(archive, "Rana", PASSWORD)
    assert accounts.sign_in(archive, "Rana", "another pass phrase")


def test_new_role_signs_every_browser_out(archive, rana):
    token = accounts.sign_in(archive, "Rana", PASSWORD)
    assert accounts.change_role(archive, "Rana", Audience.STAFF, "Ali").role is Audience.STAFF
    assert accounts.who(archive, token) is None
    again = accounts.who(archive, accounts.sign_in(archive, "Rana", PASSWORD))
    assert again.role is Audience.STAFF


def test_change_of_an_unknown_account_says_so(archive):
    with pytest.raises(UnknownUser):
        accounts.change_role(archive, "Nino", Audience.STAFF, "the test")
    with pytest.raises(UnknownUser):
        accounts.change_password(archive, "Nino", PASSWORD, "the test")


def test_every_change_of_an_account_is_an_event_without_the_password(archive, rana):
    accounts.change_role(archive, "Rana", Audience.STAFF, "Ali")
    accounts.change_password(archive, "Rana", "another pass phrase", "Ali")
    accounts.sign_in(archive, "Rana", "another pass phrase")
    with archive.reading() as db:
        found = log.of_subject(db, "user", "Rana")
    assert [(each.verb, each.actor, each.field, each.before, each.after) for each in found] == [
        ("signed in", "Rana", "", "", ""),
        ("changed", "Ali", "password", "", ""),
        ("changed", "Ali", "role", "editor", "staff"),
        ("added", "the test", "role", "", "editor"),
    ]


def test_passwords_and_tokens_are_in_no_file_of_the_archive(archive, rana):
    token, link = accounts.sign_in(archive, "Rana", PASSWORD), accounts.make_link(archive, "Rana")
    secrets = [secret.encode() for secret in (PASSWORD, token, link)]
    for path in archive.settings.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(secret in content for secret in secrets), path.name


def test_sign_ins_do_not_outlive_a_day_without_a_clock_going_back(archive, clock, rana):
    token = accounts.sign_in(archive, "Rana", PASSWORD)
    clock.moment += timedelta(days=365)
    assert accounts.who(archive, token) is None
