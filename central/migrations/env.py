"""Alembic runs inside the connection that `central.stores.migrating` gives it."""

from alembic import context

from central.stores.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=False
)
with context.begin_transaction():
    context.run_migrations()
