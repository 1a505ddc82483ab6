INSERT INTO asset (id, user_id, project_id, kind, status, filename, original_filename, file, shown, kept, fault, width, height, duration, fps, codec, created_at) VALUES ($1::VARCHAR, $2::VARCHAR, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::JSONB, $9::JSONB, $10::JSONB, $11::JSONB, $12::INTEGER, $13::INTEGER, $14::FLOAT, $15::FLOAT, $16::VARCHAR, $17::TIMESTAMP WITH TIME ZONE);
-- next
INSERT INTO project (id, user_id, name, description, version, created_at, updated_at) VALUES ($1::VARCHAR, $2::VARCHAR, $3::VARCHAR, $4::VARCHAR, $5::INTEGER, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE);
-- next
SELECT CAST(job.state - $1::VARCHAR AS TEXT) AS anon_1 
FROM job 
WHERE job.user_id = $2::VARCHAR ORDER BY job.id DESC 
 LIMIT $3::INTEGER OFFSET $4::INTEGER;
-- next
SELECT asset.id, asset.user_id, asset.project_id, asset.kind, asset.status, asset.filename, asset.original_filename, asset.file, asset.shown, asset.kept, asset.fault, asset.width, asset.height, asset.duration, asset.fps, asset.codec, asset.created_at 
FROM asset 
WHERE asset.user_id = $1::VARCHAR ORDER BY asset.id DESC 
 LIMIT $2::INTEGER OFFSET $3::INTEGER;
-- next
SELECT job.id, job.user_id, job.project_id, job.kind, job.status, job.version, job.created_at, job.state, job.early, job.passed 
FROM job 
WHERE job.id = $1::VARCHAR;
-- next
SELECT ledger_month.user_id, ledger_month.month, ledger_month.reserved, ledger_month.spent, ledger_month.released 
FROM ledger_month 
WHERE ledger_month.user_id = $1::VARCHAR AND ledger_month.month = $2::DATE;
-- next
SELECT project.id, project.user_id, project.name, project.description, project.version, project.created_at, project.updated_at 
FROM project 
WHERE project.id = $1::VARCHAR;
-- next
SELECT project.id, project.user_id, project.name, project.description, project.version, project.created_at, project.updated_at 
FROM project 
WHERE project.user_id = $1::VARCHAR ORDER BY project.id DESC 
 LIMIT $2::INTEGER OFFSET $3::INTEGER;
-- next
WITH
-- No entrypoint carries a concurrency limit; all are available.
available AS (
    SELECT UNNEST($2::text[]) AS entrypoint
),

-- This worker's picked jobs, and how many more this batch may claim.
worker_load AS (
    SELECT
        COUNT(*) AS total,
        GREATEST(LEAST($1, $5 - COUNT(*)), 0) AS headroom
    FROM pgqueuer
    WHERE queue_manager_id = $3
      AND entrypoint = ANY($2)
),

-- New queued jobs; LATERAL hits the (entrypoint, priority, id) index.
next_queued AS (
    SELECT job.id, job.priority
    FROM available
    CROSS JOIN LATERAL (
        SELECT candidate.id, candidate.priority
        FROM pgqueuer candidate
        WHERE candidate.entrypoint = available.entrypoint
          AND candidate.status = 'queued'
          AND candidate.execute_after < NOW()
        ORDER BY candidate.priority DESC, candidate.id ASC
        LIMIT $1
        FOR UPDATE SKIP LOCKED
    ) job
    WHERE (SELECT total FROM worker_load) < $5
    ORDER BY job.priority DESC, job.id ASC
    LIMIT $1
),

-- Stale picked jobs whose heartbeat timed out.
next_stale AS (
    SELECT stale.id, stale.priority
    FROM pgqueuer stale
    WHERE stale.status = 'picked'
      AND stale.entrypoint = ANY($2)
      AND stale.heartbeat < NOW() - $4::interval
      AND stale.execute_after < NOW()
      AND (SELECT total FROM worker_load) < $5
    ORDER BY stale.priority DESC, stale.id ASC
    FOR UPDATE SKIP LOCKED
    LIMIT $1
),

-- Merge both sets into one priority order so stale competes with fresh.
eligible AS (
    SELECT id FROM (
        SELECT id, priority FROM next_queued
        UNION ALL
        SELECT id, priority FROM next_stale
    ) combined
    ORDER BY priority DESC, id ASC
    LIMIT (SELECT headroom FROM worker_load)
),

-- Claim every eligible job in one atomic UPDATE.
claimed AS (
    UPDATE pgqueuer
    SET status = 'picked',
        updated   = NOW(),
        heartbeat = NOW(),
        queue_manager_id = $3
    WHERE id IN (SELECT id FROM eligible)
    RETURNING *
),

-- Record the pick in the log table.
log_pick AS (
    INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)
    SELECT id, status, entrypoint, priority FROM claimed
)
SELECT * FROM claimed ORDER BY priority DESC, id ASC;;
-- next
WITH input AS MATERIALIZED (
            -- MATERIALIZED: nextval is volatile and `input` is referenced twice,
            -- so pin single evaluation -- each input row gets exactly one id.
            -- The scalar sub-select resolves the sequence name once (InitPlan)
            -- rather than a catalog lookup per row.
            -- Skipped ON CONFLICT rows leave harmless id gaps; a pre-count CTE
            -- could avoid them but isn't worth the extra pass.
            SELECT
                nextval(
                    (SELECT pg_get_serial_sequence('pgqueuer', 'id'))
                ) AS id,
                priority, entrypoint, payload, execute_after, dedupe_key, headers, ord
            FROM UNNEST(
                $1::int[], $2::text[], $3::bytea[],
                $4::interval[], $5::text[], $6::jsonb[]
            ) WITH ORDINALITY AS
                t(priority, entrypoint, payload, execute_after, dedupe_key, headers, ord)
        ),
        inserted AS (
            INSERT INTO pgqueuer AS job
            (id, priority, entrypoint, payload, execute_after, dedupe_key, headers, status)
            SELECT id, priority, entrypoint, payload, execute_after + NOW(),
                dedupe_key, headers, 'queued'
            FROM input
            
            RETURNING id, entrypoint, priority, dedupe_key
        ),
        logged AS (
            INSERT INTO pgqueuer_log
            (job_id, status, entrypoint, priority)
            SELECT id, 'queued', entrypoint, priority
            FROM inserted
            -- A job whose priority was updated was queued before; log new jobs only.
            WHERE id IN (SELECT id FROM input)
        )
        -- Join maps each surviving id back to its input ordinal. Rows skipped by
        -- ON CONFLICT are absent from `inserted`, so their positions never appear.
        SELECT i.ord AS ord, ins.id AS id
        FROM inserted ins
        JOIN input i ON i.id = ins.id 
        ORDER BY i.ord;
-- next
WITH job_status AS (
            SELECT
                UNNEST($1::bigint[])                            AS id,
                UNNEST($2::pgqueuer_status[]) AS status,
                UNNEST($3::JSONB[])                             AS traceback
        ), deleted AS (
            DELETE FROM pgqueuer
            WHERE id = ANY(SELECT js.id FROM job_status js WHERE js.status != 'failed')
            RETURNING id, entrypoint, priority
        ), held AS (
            UPDATE pgqueuer
            SET status = 'failed', updated = NOW(), queue_manager_id = NULL
            WHERE id = ANY(SELECT js.id FROM job_status js WHERE js.status = 'failed')
            RETURNING id, entrypoint, priority
        ), all_resolved AS (
            SELECT id, entrypoint, priority FROM deleted
            UNION ALL
            SELECT id, entrypoint, priority FROM held
        ), merged AS (
            SELECT
                job_status.id           AS id,
                job_status.status       AS status,
                job_status.traceback    AS traceback,
                all_resolved.entrypoint AS entrypoint,
                all_resolved.priority   AS priority
            FROM job_status
            INNER JOIN all_resolved
                ON all_resolved.id = job_status.id
        )
        INSERT INTO pgqueuer_log (
            job_id,
            status,
            entrypoint,
            priority,
            traceback
        )
        SELECT id, status, entrypoint, priority, traceback FROM merged;
-- next
delete from api_key where user_id = $1;
-- next
delete from asset where user_id = $1;
-- next
delete from budget where user_id = $1;
-- next
delete from dead_letter where tenant = $1;
-- next
delete from film_seconds where user_id = $1;
-- next
delete from hello where said_at < now() - interval '1 day';
-- next
delete from hello where user_id = $1;
-- next
delete from idempotency_key where owner = 'user/' || $1::text
      or owner in (select 'key/' || id from api_key where user_id = $1);
-- next
delete from job where user_id = $1;
-- next
delete from laid_aside where headers->>'tenant' = $1;
-- next
delete from laid_aside where job = $1;
-- next
delete from pgqueuer where headers->>'job' = $1 and entrypoint = 'Watch' and status = 'queued';
-- next
delete from pgqueuer where id = $1;
-- next
delete from project where user_id = $1;
-- next
delete from session where user_id = $1;
-- next
delete from signed_request where (key_id, digest) in (
      select key_id, digest from signed_request where at < now() - interval '15 minutes' limit 100
      for update skip locked);
-- next
delete from signed_request where key_id in (select id from signing_secret where user_id = $1);
-- next
delete from signing_secret where user_id = $1;
-- next
delete from subscriber where user_id = $1;
-- next
insert into api_key(id, user_id, digest, scopes, expires_at) values ($1, $2, $3, $4, $5)
    on conflict (id) do nothing;
-- next
insert into api_key(id, user_id, revoked) values ($1, $2, true)
    on conflict (id) do update set revoked = true;
-- next
insert into budget(user_id, per_month, set_by, set_at) values ($1, $2, $3, now())
    on conflict (user_id) do update set per_month = excluded.per_month, set_by = excluded.set_by, set_at = excluded.set_at;
-- next
insert into data_key(tenant, erased_at) values ($1, now())
    on conflict (tenant) do update set secret = null, erased_at = now() where data_key.erased_at is null;
-- next
insert into data_key(tenant, secret) select * from unnest($1::text[], $2::bytea[]) on conflict do nothing;
-- next
insert into dead_letter(kind, handler, type, event, stream, topic, part, log_offset, key, value, headers, error, details,
                            attempts, traceparent, tenant)
    select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14, $15, $16
    where not exists (select from data_key where tenant = $16 and erased_at is not null)
    on conflict do nothing returning id;
-- next
insert into ended_session(user_id, generation) values ($1, $2)
    on conflict (user_id) do update set at = now(), generation = excluded.generation
      where excluded.generation > ended_session.generation;
-- next
insert into event(id, stream, version, type, key, traceparent, tenant, envelope, sealed)
    select fresh.* from (
      select id, stream, version, type, key, traceparent, tenant, envelope, sealed
      from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::bytea[]) with ordinality facts(id, stream, version, type, key, traceparent, tenant, envelope, sealed, place)
      where not exists (select from data_key k where k.tenant = facts.tenant and k.erased_at is not null)
      order by place) fresh;
-- next
insert into hello(id, user_id, name) values ($1, $2, $3);
-- next
insert into idempotency_key as k (owner, digest, fingerprint, attempt) values ($1, $2, $3, $4)
    on conflict (owner, digest) do update
      set fingerprint = excluded.fingerprint, attempt = excluded.attempt, worked = false, answer = null, at = now()
      where k.at < now() - interval '24 hours'
         or (k.fingerprint = excluded.fingerprint and not k.worked and k.answer is null
             and k.at < now() - make_interval(secs => $5))
    returning true;
-- next
insert into job(id, user_id, project_id, kind, status, version, created_at, state, passed, early)
    values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, '[]');
-- next
insert into job_life(job, over) values ($1, $2)
    on conflict (job) do update set over = greatest(job_life.over, excluded.over), at = now();
-- next
insert into ledger_entry(transaction_id, account, amount)
    select $1::uuid, * from unnest($2::text[], $3::numeric[]);
-- next
insert into ledger_month(user_id, month) values ($1, $2) on conflict do nothing;
-- next
insert into ledger_transaction(id, user_id, month, job, kind, call) values ($1, $2, $3, $4, $5, $6);
-- next
insert into provider_call(
      id, job, user_id, scene, attempt, service, provider, model, outcome, quantities, seconds, amount, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13) on conflict do nothing returning id;
-- next
insert into session(user_id, id, project_id) values ($1, $2, $3)
    on conflict (user_id, id) do update set project_id = coalesce(session.project_id, excluded.project_id)
    returning project_id;
-- next
insert into signed_request(key_id, digest) values ($1, $2) on conflict do nothing returning key_id;
-- next
insert into signing_secret(id, user_id, sealed) values ($1, $2, $3) on conflict (id) do nothing;
-- next
insert into subscriber(user_id) values ($1) on conflict (user_id) do nothing;
-- next
insert into subscriber(user_id, tier, starts_at, ends_at, version) values ($1, $2, $3, $4, $5)
    on conflict (user_id) do update
    set tier = excluded.tier, starts_at = excluded.starts_at, ends_at = excluded.ends_at, version = excluded.version
    where subscriber.version < excluded.version;
-- next
select
      coalesce(sum(e.amount) filter (where e.account = 'reserved'), 0) reserved,
      coalesce(sum(e.amount) filter (where e.account = 'spent'), 0) spent,
      coalesce(sum(e.amount) filter (where e.account = 'released'), 0) released,
      coalesce(sum(e.amount) filter (where e.account = 'reserved' and t.kind = 'reserve'), 0) granted
    from ledger_transaction t join ledger_entry e on e.transaction_id = t.id where t.job = $1;
-- next
select (select count(*) from job where user_id = $1 and status in ('pending', 'queued', 'moderating', 'processing')) as waiting, (select coalesce(sum(seconds), 0) from film_seconds where user_id = $1 and month = $2) as used;
-- next
select * from dead_letter d where redrive and not exists (
      select from dead_letter e where e.handler = d.handler and e.stream = d.stream and e.id < d.id)
    order by id limit 1 for update skip locked;
-- next
select * from dead_letter where $1::timestamptz is null or (at, $2::text, id) < ($1, $3::text, $4::bigint)
    order by at desc, id desc offset $5 limit $6;
-- next
select 1;
-- next
select avg(amount) from (
      select amount from provider_call where service = $1 and provider = $2 and amount is not null
      order by at desc limit 100) recent;
-- next
select coalesce(life.attempt, 1) as attempt,
      (select count(*) from (
        select from pgqueuer where status = 'queued' and headers->>'tenant' = wanted.tenant
          and (headers->>'due')::bigint <= wanted.due limit 1000) before) as ahead
    from unnest($1::text[], $2::text[], $3::bigint[]) with ordinality wanted(job, tenant, due, place)
    left join job_life life on life.job = wanted.job order by place;
-- next
select count(*) from data_key where tenant = $1 and erased_at is not null;
-- next
select count(*) from dead_letter;
-- next
select count(*) from job where user_id = $1 and status in ('moderating', 'processing');
-- next
select count(*) from outbox;
-- next
select count(*) from pgqueuer;
-- next
select extract(epoch from min(execute_after) - now())::float as seconds from pgqueuer
    where status = 'queued' and entrypoint = any($1);
-- next
select fingerprint, worked, answer, at > now() - make_interval(secs => $3) as recent
    from idempotency_key where owner = $1 and digest = $2;
-- next
select id from job where user_id = $1 order by id for update;
-- next
select id from pgqueuer where headers->>'job' = $1 and coalesce((headers->>'attempt')::int, 1) <= $2
    order by id for update;
-- next
select id from pgqueuer where headers->>'tenant' = $1 order by id for update;
-- next
select id, envelope, sealed, secret from event left join data_key using (tenant)
    where stream = $1 and version > $2 order by version;
-- next
select id, job, user_id, scene, attempt, service, provider, model, outcome, quantities::text, seconds, amount, at
    from provider_call where job = $1 order by at, id;
-- next
select min(month) from ledger_transaction where job = $1;
-- next
select per_month from budget where user_id = $1;
-- next
select pg_current_xact_id_if_assigned() is not null;
-- next
select reserved, spent, released, reserved + spent + released granted
    from ledger_month where user_id = $1 and month = $2 for update;
-- next
select state::text from job where id = $1;
-- next
select state::text, early::text from job where id = $1 for update;
-- next
select t.job, t.month, sum(e.amount) as amount
    from ledger_transaction t join ledger_entry e on e.transaction_id = t.id and e.account = 'reserved'
    where t.job = any($1::text[]) group by t.job, t.month having sum(e.amount) > 0 order by t.month, t.job;
-- next
select tenant, secret, xmin <> coalesce(pg_current_xact_id_if_assigned()::xid, '0'::xid) as settled
    from data_key where tenant = any($1::text[]);
-- next
select tier, starts_at, ends_at from subscriber where user_id = $1;
-- next
select user_id, generation from ended_session where at > now() - interval '1 hour';
-- next
select user_id, sealed from signing_secret where id = $1 and not revoked;
-- next
update asset set status = 'ready', shown = $3::jsonb, width = $4, height = $5, duration = $6, fps = $7, codec = $8,
        kept = $9::jsonb
    where id = $1 and user_id = $2 and status = 'processing';
-- next
update film_seconds set seconds = $2 where job = $1
      and ($2::float8 = 0 or not exists (select from job where id = $1 and kind = 'scene_edit'));
-- next
update hello set answers = answers || jsonb_build_object($2::text, extract(epoch from clock_timestamp() - said_at))
    where id = $1 and not answers ? $2;
-- next
update idempotency_key set answer = $4 where owner = $1 and digest = $2 and attempt = $3;
-- next
update idempotency_key set worked = true where owner = $1 and digest = $2 and attempt = $3 returning true;
-- next
update job set status = $2, version = $3, state = $4::jsonb, early = $5::jsonb, passed = passed || $6::text[]
    where id = $1;
-- next
with asked as (
      select event, stream from unnest($2::uuid[], $3::text[], $4::text[]) asked(event, stream, tenant)
      where not exists (select from data_key k where k.tenant = asked.tenant and k.erased_at is not null)),
    behind as (
      select event from asked where exists (select from dead_letter d where d.handler = $1 and d.stream = asked.stream)),
    fresh as (
      insert into inbox(handler, event)
      select $1, event from asked where event not in (select event from behind)
      on conflict do nothing returning event)
    select event, false as behind from fresh
    union all
    select event, true from behind where not exists (select from inbox i where i.handler = $1 and i.event = behind.event);
-- next
with locked as (select tier, starts_at, ends_at from subscriber where user_id = $1 for update),
    promised as (
      insert into film_seconds(job, user_id, month, promised, seconds)
      select $2, $1, $3, $4::float8, $4::float8 from locked where $4::float8 > 0
      on conflict (job) do update set seconds = excluded.promised, month = excluded.month)
    select tier, starts_at, ends_at from locked;
-- next
with published as (delete from outbox where position = any($2::bigint[]))
    select position, id, key, type, traceparent, envelope, sealed, secret
    from (select position from outbox where position <> all($2::bigint[]) order by position limit $1) waiting
    join event using (position) left join data_key using (tenant) order by position;
-- next
