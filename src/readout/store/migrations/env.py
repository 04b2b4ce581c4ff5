"""What Alembic runs to take the steps, on the connection that `upgrade` hands over. Nothing else belongs here."""

from alembic import context

from readout.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
