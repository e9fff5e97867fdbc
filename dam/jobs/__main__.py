"""``python -m dam.jobs``: run jobs until stopped; ``dam worker`` becomes it, ``serve`` starts it.

With ``--once`` it ends when no job is ready to run; with ``--with-parent`` when its input closes.
"""

import logging
import sys

from dam import wiring
from dam.errors import DamError
from dam.jobs.ending import Ending, end_at_signals, end_with_parent
from dam.jobs.runner import run


def main(arguments: list[str]) -> int:
    """Run jobs and return the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    ending = Ending()
    end_at_signals(ending)
    if "--with-parent" in arguments:
        end_with_parent(ending)
    try:
        archive = wiring.build_archive(wiring.open_place())
    except DamError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    run(archive, ending, once="--once" in arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
