"""Taking found files in, one after the other, with a progress bar where somebody looks."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dam.cli.folders import FoundFile
from dam.cli.running import Stopping, run_jobs
from dam.errors import Unavailable
from dam.imaging.signatures import MasterFormat, recognise
from dam.workflows import ingest, jobs
from dam.workflows.archive import Archive
from dam.workflows.batch import Batch
from dam.workflows.ingest import Outcome, State

_HEAD_BYTES = 1024


class UnreadableFile(Unavailable):
    """The file could not be read to its end."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of each file that was looked at, and whether a person stopped it."""

    outcomes: tuple[Outcome, ...]
    interrupted: bool


def take_in_files(archive: Archive, files: Sequence[FoundFile], batch: Batch) -> Intake:
    """Take files in, run the jobs that follow, and say what became of each file.

    When a person stops it, only whole photographs are left; their tiles are made by the next who
    runs jobs.
    """
    outcomes: list[Outcome] = []
    with Stopping() as stopping:
        try:
            with progress("Taking in", len(files)) as done:
                for number, file in enumerate(files, start=1):
                    if stopping.wanted:
                        break
                    outcomes.append(_take_in(archive, file, batch))
                    done(number)
            left = jobs.unfinished(archive)
            with progress("Making tiles and manifests", left) as done:
                run_jobs(archive, stopping, lambda now_left: done(max(0, left - now_left)))
        except KeyboardInterrupt:
            stopping.wanted = True
    settled = tuple(ingest.settled(archive, outcome) for outcome in outcomes)
    return Intake(settled, interrupted=stopping.wanted)


def _take_in(archive: Archive, file: FoundFile, batch: Batch) -> Outcome:
    if file.path.exists() and not file.path.is_file():
        if file.path.is_dir():
            return Outcome(file.name, State.FAILED, "The folder cannot be read.")
        return Outcome(file.name, State.SKIPPED, "This is a device or a pipe, not a file.")
    try:
        with file.path.open("rb"):
            pass
    except OSError:
        reason = "The file cannot be read; look at its permissions."
        return Outcome(file.name, State.FAILED, reason)
    chunks = _chunks(file.path)
    return ingest.take_in(archive, file.name, chunks, batch, skip_strangers=file.in_folder)


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes; its faults must not be taken for those of the media store."""
    try:
        yield from ingest.read_file(path)
    except OSError as error:
        raise UnreadableFile("The file could not be read to its end; copy it again.") from error


def pictures_of(files: Sequence[FoundFile]) -> tuple[FoundFile, ...]:
    """Return the files that begin like a picture."""
    return tuple(file for file in files if _begins_like_a_picture(file.path))


def _begins_like_a_picture(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return isinstance(recognise(file.read(_HEAD_BYTES)), MasterFormat)
    except OSError:
        return False


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal, and nothing elsewhere; yields what is told how much is done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    shown = Progress(
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with shown:
        task = shown.add_task(title, total=total)
        yield lambda done: shown.update(task, completed=done)
