"""``dam worker``: run jobs in a process of their own."""

import os
import sys

import click


@click.command("worker", short_help="Run jobs until stopped.")
@click.option("--once", is_flag=True, help="Stop when no job is ready to run.")
def command(*, once: bool) -> None:
    """Run jobs until stopped; SIGTERM and Ctrl-C let the current job finish.

    `dam serve` runs jobs too; this is for more of them at a time, or another machine.
    """
    arguments = worker_arguments("--once") if once else worker_arguments()
    # The process becomes the worker, so that signals reach it and nobody stands between.
    os.execv(sys.executable, arguments)  # noqa: S606 (our own interpreter and module)


def worker_arguments(*options: str) -> list[str]:
    """Return the command that runs jobs; doors do not see each other, so it is a process."""
    # -P: what lies in the current directory must not stand in for a module.
    return [sys.executable, "-P", "-m", "dam.jobs", *options]
