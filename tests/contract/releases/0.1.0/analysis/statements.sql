UPDATE pgqueuer SET heartbeat = NOW() WHERE id = ANY($1::bigint[]);
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
WITH guard AS (
            SELECT pg_try_advisory_xact_lock(hashtext('pgqueuer_statistics')) AS proceed
        ),
        log_aggregation AS (
            SELECT
                entrypoint,
                priority,
                status,
                COUNT(*) AS count,
                date_trunc('sec', created) AS created
            FROM pgqueuer_log, guard
            WHERE NOT aggregated AND guard.proceed
            GROUP BY entrypoint, priority, status, date_trunc('sec', created)
        ),
        updated_logs AS (
            UPDATE pgqueuer_log
            SET aggregated = TRUE
            FROM guard
            WHERE NOT aggregated AND guard.proceed
            RETURNING id
        )
        INSERT INTO pgqueuer_statistics (count, created, entrypoint, priority, status)
        SELECT count, created, entrypoint, priority, status
        FROM log_aggregation
        ON CONFLICT (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint) DO UPDATE SET
            count = pgqueuer_statistics.count + EXCLUDED.count;
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
WITH retry AS (
            UPDATE pgqueuer
            SET
                status = 'queued',
                execute_after = NOW() + $2::interval,
                attempts = attempts + 1,
                updated = NOW(),
                queue_manager_id = NULL
            WHERE id = $1::bigint
            RETURNING id, entrypoint, priority
        )
        INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority, traceback)
        SELECT id, 'queued', entrypoint, priority, $3::JSONB FROM retry;
-- next
delete from dead_letter where tenant = $1;
-- next
delete from laid_aside where headers->>'tenant' = $1;
-- next
delete from laid_aside where job = $1;
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
insert into event(id, stream, version, type, key, traceparent, tenant, envelope, sealed)
    select fresh.* from (
      select id, stream, version, type, key, traceparent, tenant, envelope, sealed
      from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::bytea[]) with ordinality facts(id, stream, version, type, key, traceparent, tenant, envelope, sealed, place)
      where not exists (select from data_key k where k.tenant = facts.tenant and k.erased_at is not null)
      order by place) fresh;
-- next
insert into event(id, stream, version, type, key, traceparent, tenant, envelope, sealed)
    select fresh.* from (
      select id, stream, version, type, key, traceparent, tenant, envelope, sealed
      from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::bytea[]) with ordinality facts(id, stream, version, type, key, traceparent, tenant, envelope, sealed, place)
      where not exists (select from data_key k where k.tenant = facts.tenant and k.erased_at is not null)
      order by place) fresh on conflict (stream, version) do nothing;
-- next
insert into job_life(job, over) values ($1, $2)
    on conflict (job) do update set over = greatest(job_life.over, excluded.over), at = now();
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
select attempt, over, max_retries, retry_delay from job_life where job = $1 for share;
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
select count(*) from outbox;
-- next
select count(*) from pgqueuer;
-- next
select extract(epoch from min(execute_after) - now())::float as seconds from pgqueuer
    where status = 'queued' and entrypoint = any($1);
-- next
select id from pgqueuer where headers->>'job' = $1 and coalesce((headers->>'attempt')::int, 1) <= $2
    order by id for update;
-- next
select id from pgqueuer where headers->>'tenant' = $1 order by id for update;
-- next
select id, envelope, sealed, secret from event left join data_key using (tenant)
    where stream = $1 and version > $2 order by version;
-- next
select tenant, secret, xmin <> coalesce(pg_current_xact_id_if_assigned()::xid, '0'::xid) as settled
    from data_key where tenant = any($1::text[]);
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
with published as (delete from outbox where position = any($2::bigint[]))
    select position, id, key, type, traceparent, envelope, sealed, secret
    from (select position from outbox where position <> all($2::bigint[]) order by position limit $1) waiting
    join event using (position) left join data_key using (tenant) order by position;
-- next
with took as (delete from pgqueuer where id = $10 returning id, created, updated, attempts) 
    insert into event(id, stream, version, type, key, traceparent, tenant, envelope, sealed, ordered_at, begun_at, attempts)
    select fresh.*, took.created, took.updated, took.attempts + 1 from (
      select id, stream, version, type, key, traceparent, tenant, envelope, sealed
      from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::bytea[]) with ordinality facts(id, stream, version, type, key, traceparent, tenant, envelope, sealed, place)
      where not exists (select from data_key k where k.tenant = facts.tenant and k.erased_at is not null)
      order by place) fresh, took;
-- next
with took as (select id, created, updated, attempts from pgqueuer where id = $10 for update) 
    insert into event(id, stream, version, type, key, traceparent, tenant, envelope, sealed, ordered_at, begun_at, attempts)
    select fresh.*, took.created, took.updated, took.attempts + 1 from (
      select id, stream, version, type, key, traceparent, tenant, envelope, sealed
      from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::bytea[]) with ordinality facts(id, stream, version, type, key, traceparent, tenant, envelope, sealed, place)
      where not exists (select from data_key k where k.tenant = facts.tenant and k.erased_at is not null)
      order by place) fresh, took;
-- next
