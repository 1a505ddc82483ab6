"""Alembic's environment: the connection is handed over by `philo_kernel.migrate`, in its own transaction."""

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"], transactional_ddl=True, version_table=given.get("version_table", "alembic_version")
)
with context.begin_transaction():
    context.run_migrations()
