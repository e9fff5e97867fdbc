"""A session for tests of one transaction."""

import pytest


@pytest.fixture
def db(archive):
    """A writing session on a migrated database, rolled back in the end."""
    with archive.writing() as session:
        yield session
        session.rollback()
