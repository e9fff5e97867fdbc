"""Let photographs be found by the records of the people whom they show.

Revision: 0065_people_found. The mark is made when a photograph is put into the index; jobs do it
for those that are there already.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0065_people_found"
down_revision = "0043_likeness"
branch_labels = None
depends_on = None

_PERSON = sa.table("photograph_person", sa.column("photograph_id"), sa.column("agent_id"))
_MOMENT = sa.DateTime(timezone=True)
_JOB = sa.table(
    "job",
    sa.column("kind"),
    sa.column("subject_id"),
    sa.column("state"),
    sa.column("attempts"),
    sa.column("created_at", _MOMENT),
    sa.column("not_before", _MOMENT),
    sa.column("error"),
)


def upgrade() -> None:
    now = datetime.now(UTC)  # noqa: TID251 (jobs are written with the moment of the upgrade)
    people = sa.select(_PERSON.c.photograph_id).where(_PERSON.c.agent_id.is_not(None)).distinct()
    db = op.get_bind()
    jobs = [
        {
            "kind": "index",
            "subject_id": f"photograph:{one}",
            "state": "waiting",
            "attempts": 0,
            "created_at": now,
            "not_before": now,
            "error": "",
        }
        for one in db.scalars(people)
    ]
    if jobs:
        db.execute(sa.insert(_JOB), jobs)


def downgrade() -> None:
    """The marks of people do no harm where nobody asks for them."""
