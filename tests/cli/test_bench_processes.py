"""What a server uses is counted with all that it starts, wherever that is."""

import os
import subprocess
import sys
import time

from dam.cli.bench.processes import stop, usage_of

PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", CHILD], start_new_session=True,
                         stdout=subprocess.PIPE, stdin=subprocess.PIPE)
child.stdout.readline()
print("ready", flush=True)
sys.stdin.read()
child.stdin.close()
child.wait()
"""
CHILD = """
import sys, time
held = bytearray(60_000_000)
while time.process_time() < 0.3:
    pass
print("worked", flush=True)
sys.stdin.read()
"""


def test_a_child_with_a_session_of_its_own_counts_and_the_parent_can_be_left_out():
    process = subprocess.Popen(
        [sys.executable, "-c", f"CHILD = {CHILD!r}\n{PARENT}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        process.stdout.readline()
        whole = usage_of((process.pid,))
        child = usage_of((process.pid,), but=process.pid)
        assert whole.cpu_seconds >= child.cpu_seconds >= 0.25
        assert whole.resident_bytes > child.resident_bytes > 60_000_000
        assert child.peak_resident_bytes >= 60_000_000
    finally:
        process.stdin.close()
        process.wait(30)
        stop(process)
        process.stdout.close()
    assert usage_of((process.pid,)).resident_bytes == 0


def test_what_was_waited_for_counts_with_its_parent():
    before = usage_of((os.getsid(0),)).cpu_seconds
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    subprocess.run([sys.executable, "-c", busy], check=True)
    time.sleep(0.02)
    assert usage_of((os.getsid(0),)).cpu_seconds - before >= 0.25
