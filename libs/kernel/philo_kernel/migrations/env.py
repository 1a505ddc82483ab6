"""Alembic's environment: the connection is handed over by `philo_kernel.migrate`, in its own transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
