"""Tests that need the fixtures or a browser skip with a reason, and may not where CI runs them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
_TESTS = """
import pytest


@pytest.mark.shared
def test_needs_the_fixtures(shared):
    pass


@pytest.mark.browser
def test_needs_a_browser(browser):
    pass


@pytest.mark.skip(reason="for another machine")
def test_may_always_be_skipped():
    pass


def test_needs_nothing():
    pass
"""


@pytest.fixture
def bare_checkout(tmp_path) -> Path:
    """A checkout with nothing beside it, and the machinery of these tests in it."""
    tests = tmp_path / "checkout" / "tests"
    tests.mkdir(parents=True)
    for name in ("conftest.py", "served.py", "browser.py", "postgres.py", "referees.py"):
        shutil.copy(CHECKOUT / "tests" / name, tests)
    (tests / "test_of_each_kind.py").write_text(_TESTS, "utf-8")
    marks = "browser: a browser\n    shared: the fixtures"
    (tmp_path / "checkout" / "pytest.ini").write_text(
        f"[pytest]\nmarkers =\n    {marks}\n", "utf-8"
    )
    return tmp_path / "checkout"


def run_tests(checkout: Path, *, skip_nothing: bool) -> str:
    environment = {"PATH": str(checkout), "PYTHONPATH": str(CHECKOUT), "HOME": str(checkout)}
    if skip_nothing:
        environment["TESTS_SKIP_NOTHING"] = "1"
    if "TMPDIR" in os.environ:
        environment["TMPDIR"] = os.environ["TMPDIR"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", "-p", "no:randomly"],
        cwd=checkout,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == int(skip_nothing), done.stdout + done.stderr
    return done.stdout


def test_on_a_machine_without_them_they_are_skipped_and_say_why(bare_checkout):
    told = run_tests(bare_checkout, skip_nothing=False)
    assert "1 passed, 3 skipped" in told
    assert "the fixtures beside the checkout (../shared) are missing" in told
    assert "there is no chromium on the path" in told


def test_where_nothing_may_be_skipped_they_fail_and_say_why(bare_checkout):
    told = run_tests(bare_checkout, skip_nothing=True)
    assert "1 passed, 1 skipped, 2 errors" in told or "2 failed, 1 passed, 1 skipped" in told
    assert "test_needs_the_fixtures was skipped where nothing may be" in told
    assert "test_needs_a_browser was skipped where nothing may be" in told


def test_ci_runs_the_same_tests_with_nothing_skipped():
    script = (CHECKOUT / ".ci" / "run").read_text("utf-8")
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert lines[-2:] == ["export TESTS_SKIP_NOTHING=1", "exec make test"]
    assert "chromium" in script
    assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)
