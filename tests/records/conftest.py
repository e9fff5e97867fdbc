"""A session for tests of one transaction, on each engine."""

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def archive(request, open_archive):
    """An empty archive on each engine; without a PostgreSQL its half is skipped."""
    if request.param == "sqlite":
        return open_archive()
    return open_archive(database_url=request.getfixturevalue("new_postgres")())


@pytest.fixture
def db(archive):
    """A writing session on a migrated database, rolled back in the end."""
    with archive.writing() as session:
        yield session
        session.rollback()
