"""iiif-processor, another server of the Image API 2.1 and 3.0, run by the Node of a wheel."""

import json
import subprocess
from pathlib import Path

from referees import CACHE, NODE, install_locked

HERE = Path(__file__).with_name("iiif_processor")


def answers(picture: Path, asked: list[tuple[int, str]]) -> list[list[int]]:
    """Return status, width and height for each version and tail over the picture."""
    packages = install_locked(HERE, CACHE / "iiif-processor")
    done = subprocess.run(
        [NODE, HERE / "answers.mjs", packages, picture],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=3000,  # of a long run; the tests have a limit of their own
    )
    found: list[list[int]] = json.loads(done.stdout)
    return found
