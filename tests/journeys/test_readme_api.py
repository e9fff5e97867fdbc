"""The lines of the README by which a program captions a photograph are run as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from PIL import Image
from served import CHECKOUT, serve

from dam.rights.facts import Audience
from dam.workflows import accounts

README = CHECKOUT / "README.md"
ORIGIN = "http://127.0.0.1:8000"


def the_lines() -> str:
    chapter = README.read_text(encoding="utf-8").partition("### The API")[2]
    found = re.search(r"```sh\n(.*?)```", chapter, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_lines_of_the_readme_do_what_they_say(tmp_path):
    home, place = tmp_path / "home", tmp_path / "place"
    home.mkdir()
    place.mkdir()
    Image.new("RGB", (96, 64), (9, 80, 120)).save(place / "bridge.jpg")
    lines = the_lines()
    assert ORIGIN in lines
    with serve(home) as served:
        accounts.add_user(served.archive, "rana", Audience.STAFF, None, "tests")
        environment = {name: os.environ[name] for name in os.environ if name[:4] != "DAM_"}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", lines.replace(ORIGIN, served.origin)],
            cwd=place,
            check=False,
            env=environment | {"DAM_HOME": str(home), "PATH": path},
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    sent, changed, refused, stage = done.stdout.split("\n\n")[:4]
    assert '"count":0' in sent, "nothing is found yet"
    assert '"The bridge"' in changed
    assert '"status":412' in refused.replace(" ", ""), "the second editor began too early"
    assert '"stage":"in review"' in stage
