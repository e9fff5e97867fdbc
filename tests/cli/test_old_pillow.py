"""A Pillow with known holes: nothing starts, in one sentence; the lock holds a safe one."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
# Its version is changed once its parts have agreed on it; all that follows is the program itself.
_OLD = (
    "import sys, PIL.Image; PIL.__version__ = '12.0.0'\n"
    "from dam.cli.program import main\n"
    "sys.exit(main(sys.argv[1:]))\n"
)
_SERVICE = (
    "import PIL.Image; PIL.__version__ = '12.0.0'\n"
    "from dam.web.serving import build\n"
    "from dam.errors import DamError\n"
    "try:\n"
    "    build()\n"
    "except DamError as error:\n"
    "    raise SystemExit(str(error)) from None\n"
)


def run(home: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if not name.startswith("DAM_")}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**environment, "DAM_HOME": str(home), "PYTHONPATH": str(CHECKOUT)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


SENTENCE = "Pillow 12.0.0 has known security holes and 13.0.0 is needed; run `make setup`"


@pytest.mark.parametrize(
    "arguments",
    [
        ("serve",),
        ("demo", "--port", "8765"),
        ("ingest", str(CHECKOUT / "README.md")),
        ("init",),
        ("db", "upgrade"),
        ("publish", "--all"),
    ],
    ids=" ".join,
)
def test_no_command_starts_with_an_old_pillow(home, arguments):
    done = run(home, _OLD, *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith(SENTENCE) and done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_the_service_does_not_start_with_an_old_pillow(home):
    done = run(home, _SERVICE)
    assert done.returncode == 1 and done.stderr.startswith(SENTENCE)


def test_the_doctor_says_that_pillow_is_too_old(home):
    done = run(home, _OLD, "doctor")
    assert done.returncode == 1 and SENTENCE in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["lock.txt", "lock-dev.txt"])
def test_the_lock_holds_a_safe_pillow_and_a_hash_for_everything(name):
    lines = (CHECKOUT / ".ci" / name).read_text("utf-8").replace("\\\n", " ").splitlines()
    wanted = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert all(re.match(r"[A-Za-z0-9._-]+(\[[^]]*\])?==\S", line) for line in wanted)
    assert all("--hash=sha256:" in line for line in wanted)
    versions = {line.split("==")[0]: line.split("==")[1].split()[0] for line in wanted}
    if name == "lock.txt" or "pillow" in versions:
        assert int(versions["pillow"].split(".")[0]) >= 13
    if name == "lock.txt":
        assert versions["iiif-prezi3"].startswith("3.")
