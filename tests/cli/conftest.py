"""An archive of its own for each test, the program, and pictures to take in."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from dam.cli.place import open_archive
from dam.cli.program import main
from dam.workflows.archive import Archive

CHECKOUT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ


@dataclass
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]

    def one(self, name: str) -> dict[str, object]:
        return next(told for told in self.objects if told["path"] == name)


Dam = Callable[..., Answer]


@pytest.fixture
def empty_home(tmp_path, monkeypatch) -> Path:
    """A directory without an archive, and an environment that names it."""
    for name in [name for name in ENVIRONMENT if name.startswith("DAM_")]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("DAM_HOME", str(home))
    return home


@pytest.fixture
def dam(empty_home, capsys) -> Dam:
    """The program, in this process."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture
def home(empty_home, dam) -> Path:
    """A directory with an archive."""
    assert dam("init").code == 0
    return empty_home


@pytest.fixture
def archive(home) -> Archive:
    """The archive that the commands of this test work on."""
    return open_archive()


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder of photographs beside the archive."""
    path = tmp_path / "photographs"
    path.mkdir()
    return path


@pytest.fixture
def port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def draw(path: Path, number: int = 1, size: tuple[int, int] = (96, 64)) -> Path:
    """Write a small picture that no other number has."""
    picture = Image.new("RGB", size, (number * 11 % 256, number * 7 % 256, 90))
    picture.paste((255, 255, 255), (number % 90, 0, number % 90 + 5, 40))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, quality=90)
    return path


def program_in_a_process(home: Path, *arguments: object) -> subprocess.Popen[str]:
    """The program in a process of its own, as a shell would start it."""
    environment = {**ENVIRONMENT, "DAM_HOME": str(home), "PYTHONPATH": str(CHECKOUT)}
    return subprocess.Popen(
        [sys.executable, "-m", "dam.cli", *map(str, arguments)],
        env=environment,
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
