"""Accounts and sign-ins: what is kept of them, and until when it is good."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from stored_rows import NOON

from dam.records import users
from dam.records.accounts import FailedSignInRow, SignInRow, UserRow
from dam.records.models import METADATA
from dam.records.users import UnknownUser, UserExists
from dam.rights.facts import Audience

HOUR = timedelta(hours=1)


@pytest.fixture
def rana(db):
    return users.add_user(db, "Rana", Audience.EDITOR, "a hash", NOON)


def make_inactive(db, name="Rana"):
    db.scalar(select(UserRow).where(UserRow.name == name)).active = False
    db.flush()


def everything(db):
    """All that the database says in words."""
    # The index of words is made of rows of these tables, and cannot be read through.
    tables = list(METADATA.tables)
    rows = [row for table in tables for row in db.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608  # our own names
    return repr(rows)


@pytest.mark.parametrize("role", Audience)
def test_account_is_read_with_its_role(db, role):
    users.add_user(db, "Rana", role, "a hash", NOON)
    found = users.user_named(db, "Rana")
    assert (found.role, found.active, found.password_hash) == (role, True, "a hash")


def test_name_is_taken_once(db, rana):
    with pytest.raises(UserExists, match="named Rana already"):
        users.add_user(db, "Rana", Audience.STAFF, "", NOON)


def test_unknown_account_says_so(db):
    with pytest.raises(UnknownUser):
        users.user_named(db, "Rana")
    with pytest.raises(UnknownUser):
        users.change_user(db, "Rana", role=Audience.STAFF)


def test_accounts_come_by_name(db, rana):
    users.add_user(db, "Ali", Audience.STAFF, "", NOON)
    assert [user.name for user in users.users(db)] == ["Ali", "Rana"]


BROWSER = "a-token-of-a-browser"


def sign_in(db, user, token=BROWSER, expires_at=NOON + HOUR):
    users.open_sign_in(db, user, token, now=NOON, expires_at=expires_at)
    db.flush()


def test_browser_is_signed_in_until_its_time_is_over(db, rana):
    sign_in(db, rana)
    moments = [NOON, NOON + HOUR - timedelta(seconds=1), NOON + HOUR, NOON + 2 * HOUR]
    found = [users.signed_in(db, BROWSER, moment) for moment in moments]
    assert found == [rana, rana, None, None]


@pytest.mark.parametrize("token", ["", "another", "a-token-of-a-browse", "A-TOKEN-OF-A-BROWSER"])
def test_another_token_signs_nobody_in(db, rana, token):
    sign_in(db, rana)
    assert users.signed_in(db, token, NOON) is None


def test_hash_of_a_token_signs_nobody_in(db, rana):
    """Whoever reads a backup of the database cannot sign in with it."""
    sign_in(db, rana)
    stored = db.scalar(select(SignInRow.token_hash))
    assert users.signed_in(db, stored, NOON) is None


def test_tokens_are_stored_as_hashes_only(db, rana):
    sign_in(db, rana)
    users.add_link(db, rana, "a-token-of-a-link", NOON + HOUR)
    db.flush()
    assert "a-token-of" not in everything(db)


def test_inactive_account_is_signed_out_at_once(db, rana):
    sign_in(db, rana)
    make_inactive(db)
    assert users.signed_in(db, BROWSER, NOON) is None


def test_signed_out_browser_is_forgotten_and_others_stay(db, rana):
    sign_in(db, rana, "one")
    sign_in(db, rana, "two")
    users.close_sign_in(db, "one")
    assert users.signed_in(db, "one", NOON) is None
    assert users.signed_in(db, "two", NOON) == rana


CHANGES = ({"role": Audience.STAFF}, {"password_hash": "another"})


@pytest.mark.parametrize("change", CHANGES, ids=["role", "password"])
def test_change_of_an_account_signs_its_browsers_out(db, rana, change):
    ali = users.add_user(db, "Ali", Audience.STAFF, "", NOON)
    sign_in(db, rana, "hers")
    sign_in(db, ali, "his")
    users.change_user(db, "Rana", **change)
    assert users.signed_in(db, "hers", NOON) is None
    assert users.signed_in(db, "his", NOON) == ali


def test_expired_sign_ins_are_forgotten_at_the_next_one(db, rana):
    sign_in(db, rana, "old", expires_at=NOON - HOUR)
    sign_in(db, rana, "new")
    assert db.scalars(select(SignInRow.token_hash)).all() == [users.hashed("new")]


def add_link(db, user, expires_at=NOON + HOUR):
    users.add_link(db, user, "a-link", expires_at)
    db.flush()


def test_link_signs_in_once(db, rana):
    add_link(db, rana)
    assert users.use_link(db, "a-link", NOON) == rana
    db.flush()
    assert users.use_link(db, "a-link", NOON) is None


def test_link_that_is_too_old_signs_nobody_in(db, rana):
    add_link(db, rana)
    assert users.use_link(db, "a-link", NOON + HOUR) is None


def test_unknown_link_signs_nobody_in(db, rana):
    add_link(db, rana)
    assert users.use_link(db, "another", NOON) is None


def test_link_of_an_inactive_account_signs_nobody_in(db, rana):
    add_link(db, rana)
    make_inactive(db)
    assert users.use_link(db, "a-link", NOON) is None


def test_failures_are_counted_by_name_since_a_moment(db):
    for minutes in (0, 10, 20):
        users.note_failure(db, "Rana", NOON + timedelta(minutes=minutes))
    users.note_failure(db, "Ali", NOON)
    db.flush()
    assert users.failures_since(db, "Rana", NOON) == 3
    assert users.failures_since(db, "Rana", NOON + timedelta(minutes=10)) == 2
    assert users.failures_since(db, "Nino", NOON) == 0


def test_failures_with_a_long_name_are_counted_too(db):
    for _ in range(2):
        users.note_failure(db, "x" * 5000, NOON)
    db.flush()
    assert users.failures_since(db, "x" * 5000, NOON) == 2


def test_failures_of_yesterday_are_forgotten(db):
    users.note_failure(db, "Rana", NOON - timedelta(days=2))
    users.note_failure(db, "Ali", NOON)
    db.flush()
    assert db.scalars(select(FailedSignInRow.name)).all() == ["Ali"]
