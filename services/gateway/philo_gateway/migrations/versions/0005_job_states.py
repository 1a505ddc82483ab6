"""The states a job went through are in its row, and the database lets no other step happen."""

from alembic import op

from philo_kernel.tables import script

revision = "gateway_0005"
down_revision = "gateway_0006"

STEPS = (
    ("pending", "queued"),
    ("pending", "cancelled"),
    ("queued", "moderating"),
    ("queued", "cancelled"),
    ("moderating", "processing"),
    ("moderating", "moderation_failed"),
    ("moderating", "cancelled"),
    ("processing", "completed"),
    ("processing", "failed"),
    ("processing", "cancelled"),
    ("moderation_failed", "queued"),
    ("moderation_failed", "queued"),
    ("moderation_failed", "cancelled"),
    ("failed", "queued"),
    ("failed", "cancelled"),
)
"""The table of transitions as it was when this was written; a test holds it to the one that the code goes by."""

# A unit of work may take several steps and writes the row once, so the row keeps all of them.
PATHS = {
    "pending": "{pending}",
    "queued": "{pending,queued}",
    "moderating": "{pending,queued,moderating}",
    "processing": "{pending,queued,moderating,processing}",
    "completed": "{pending,queued,moderating,processing,completed}",
    "moderation_failed": "{pending,queued,moderating,moderation_failed}",
    "failed": "{pending,queued,moderating,processing,failed}",
    "cancelled": "{pending,cancelled}",
}
"""How a job that is older than this may have come to where it is."""

REFUSE = """
create function job_goes_by_the_table() returns trigger language plpgsql as $$
declare
  known int := 1;
begin
  if tg_op = 'UPDATE' then
    known := cardinality(old.passed);
    if new.passed[1:known] is distinct from old.passed then
      raise exception 'what job % went through cannot be changed', new.id using errcode = 'check_violation';
    end if;
  elsif new.passed[1] is distinct from 'pending' then
    raise exception 'a job begins pending, not %', new.passed[1] using errcode = 'check_violation';
  end if;
  for step in known + 1 .. cardinality(new.passed) loop
    if new.passed[step - 1] || ' ' || new.passed[step] not in ({steps}) then
      raise exception 'job % cannot go from % to %', new.id, new.passed[step - 1], new.passed[step]
        using errcode = 'check_violation';
    end if;
  end loop;
  if new.status is distinct from new.passed[cardinality(new.passed)] then
    raise exception 'job % is %, and did not go there', new.id, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger job_begins before insert on job for each row execute function job_goes_by_the_table();
create trigger job_goes_on before update on job for each row
  when (old.status is distinct from new.status or old.passed is distinct from new.passed)
  execute function job_goes_by_the_table();
"""


def upgrade() -> None:
    paths = " ".join(f"when '{status}' then '{path}'::text[]" for status, path in PATHS.items())
    script(op, "alter table job add column passed text[]")
    script(op, f"update job set passed = case status {paths} end")  # noqa: S608 - our own words
    script(op, "alter table job alter column passed set not null")
    script(op, REFUSE.replace("{steps}", ", ".join(f"'{start} {end}'" for start, end in STEPS)))
