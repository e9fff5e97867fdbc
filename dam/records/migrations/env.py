"""How Alembic runs here: always on a connection that `dam.records.schema` hands it."""

from alembic import context

from dam.records.models import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    compare_server_default=True,
    user_module_prefix="dam.records.base.",
)
with context.begin_transaction():
    context.run_migrations()
