"""How Alembic runs here: always on a connection that `dam.records.schema` hands it."""

from alembic import context

from dam.records.models import METADATA

# The index of words is of the engine's own kind; FTS5 keeps further tables beside it.
_OF_THE_ENGINE = "search_text"


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not (name or "").startswith(_OF_THE_ENGINE)


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    compare_server_default=True,
    include_name=_ours,
    user_module_prefix="dam.records.base.",
)
with context.begin_transaction():
    context.run_migrations()
