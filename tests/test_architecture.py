"""The shape of the house: who may import whom, and how large a room may be."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
LONGEST_FILE = 300
LONGEST_FUNCTION = 60


def is_ours(path):
    """Not what the packer of the front end brings along, nor a migration, which is one intent."""
    return not {"node_modules", "versions"} & set(path.parts)


FILES = sorted(filter(is_ours, (HOME / "dam").rglob("*.py")))
PACKAGES = sorted(
    path for path in (HOME / "dam").rglob("__init__.py") if "node_modules" not in path.parts
)


def name(path):
    return path.relative_to(HOME).as_posix()


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def test_imports_go_down_only():
    """The contracts of import-linter, all of them."""
    command = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run(
        [command, "--no-cache"], cwd=HOME, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


def test_there_are_files_to_look_at():
    assert len(FILES) > 100


@pytest.mark.parametrize("path", FILES, ids=name)
def test_file_is_not_longer_than_a_person_reads_at_once(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", FILES, ids=name)
def test_function_is_not_longer_than_a_screen(path):
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("path", PACKAGES, ids=name)
def test_package_says_what_it_is_and_what_it_may_not_do(path):
    words = ast.get_docstring(parsed(path))
    assert words and len(words.splitlines()) <= 6


@pytest.mark.parametrize("path", FILES, ids=name)
def test_module_says_what_it_is(path):
    assert ast.get_docstring(parsed(path))


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for path in FILES if "frontend" not in path.parts}
    folders.discard(HOME / "dam/records/migrations")
    assert [name(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "common", "misc"])
def test_no_room_is_called_by_a_word_that_says_nothing(word):
    assert [name(path) for path in FILES if word in (*path.parts, path.stem)] == []
