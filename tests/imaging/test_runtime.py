import subprocess
import sys

import pytest
import pyvips

from dam.imaging.runtime import UnsafePillow, require_safe_pillow, start_libvips


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ("12.0.0", False),
        ("12.3.0", False),
        ("9.5.0", False),
        ("13.0.0", True),
        ("13.0", True),
        ("13.1.0.dev0", True),
        ("14.0.0", True),
    ],
)
def test_pillow_below_13_is_refused_with_the_line_that_mends_it(version, safe):
    if safe:
        require_safe_pillow(version)
        return
    with pytest.raises(UnsafePillow, match="make setup") as caught:
        require_safe_pillow(version)
    assert version in str(caught.value)


def test_loaders_that_are_not_fit_for_strangers_are_blocked():
    start_libvips()
    with pytest.raises(pyvips.Error, match="blocked"):
        pyvips.Image.svgload_buffer(b"<svg/>")


def test_web_workers_may_ask_for_one_thread():
    before = pyvips.concurrency_get()
    start_libvips(concurrency=1)
    assert pyvips.concurrency_get() == 1
    start_libvips()
    assert pyvips.concurrency_get() == 1
    start_libvips(concurrency=before)


FORKED = """
import os
from dam.imaging import masters, packs, probe, render
from dam.imaging.runtime import ForkedTooLate, start_libvips
if {used_before}:
    start_libvips()
child = os.fork()
if child == 0:
    try:
        start_libvips()
        os._exit(0)
    except ForkedTooLate:
        os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize(
    ("used_before", "status", "reason"),
    [
        (False, "0", "importing is no use, so a child may start it"),
        (True, "7", "a child would hang on the locks of its parent"),
    ],
)
def test_libvips_is_not_used_on_both_sides_of_a_fork(used_before, status, reason):
    script = FORKED.format(used_before=used_before)
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == status, reason
