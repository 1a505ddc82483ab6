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
delete from api_key where user_id = $1;
-- next
delete from dead_letter where tenant = $1;
-- next
delete from feed where user_id = $1;
-- next
delete from feed_floor where user_id = $1;
-- next
delete from idempotency_key where owner = 'user/' || $1::text
      or owner in (select 'key/' || id from api_key where user_id = $1);
-- next
delete from job_view where user_id = $1;
-- next
delete from laid_aside where headers->>'tenant' = $1;
-- next
delete from laid_aside where job = $1;
-- next
delete from pgqueuer where id = $1;
-- next
delete from queue_job where user_id = $1;
-- next
delete from reader where user_id = $1;
-- next
delete from ticket where user_id = $1;
-- next
delete from webhook where user_id = $1;
-- next
insert into api_key(id, user_id, digest, scopes, expires_at) values ($1, $2, $3, $4, $5)
    on conflict (id) do nothing;
-- next
insert into api_key(id, user_id, revoked) values ($1, $2, true)
    on conflict (id) do update set revoked = true;
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
insert into delivery(id, webhook_id, event, job, body, state, settled_at)
    values ($1, $2, $3, $4, $5, $6, case when $6 = 'waiting' then null else now() end);
-- next
insert into delivery_attempt(delivery_id, number, status, milliseconds, answer, error)
    select id, attempts, $2, $3, $4, $5 from delivery where id = $1;
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
insert into feed(user_id, id, job, event, at, whole, body)
    select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::bool[], $7::text[]);
-- next
insert into job_life(job, over) values ($1, $2)
    on conflict (job) do update set over = greatest(job_life.over, excluded.over), at = now();
-- next
insert into job_view(id, user_id, project_id, version, state, updated)
    select id, user_id, project_id, version, state::jsonb, updated
    from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::timestamptz[])
      fresh(id, user_id, project_id, version, state, updated)
    on conflict (id) do update set version = excluded.version, state = excluded.state, updated = excluded.updated;
-- next
insert into queue_job(job, user_id, kind, resolution, length, due, begun, ended, done)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb)
    on conflict (job) do update set length = excluded.length, ended = excluded.ended, done = excluded.done;
-- next
insert into reader(user_id, last) values ($1, $2)
    on conflict (user_id) do update set last = reader.last + excluded.last returning last;
-- next
insert into ticket(digest, user_id, expires_at) values ($1, $2, now() + $3);
-- next
insert into webhook(id, user_id, url, description, events, secret) values ($1, $2, $3, $4, $5, $6);
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
select asked.place,
      coalesce((select f.id from feed_floor f where f.user_id = asked.u and f.job = coalesce(asked.j, '')), 0) as floor,
      coalesce((select r.last from reader r where r.user_id = asked.u), 0) as last,
      exists(select from data_key k where k.tenant = asked.u and k.erased_at is not null) as ended, news.*
    from unnest($1::text[], $2::bigint[], $3::text[]) with ordinality asked(u, n, j, place)
    left join lateral (
      select id, job, event, whole, body from feed
      where user_id = asked.u and id > asked.n and (asked.j is null or job = asked.j) order by id limit $4) news on true
    order by asked.place, news.id;
-- next
select begun, coalesce(ended, $3) as ended from queue_job
    where job <> $1 and begun < $3 and (ended is null or ended > $2) limit 2000;
-- next
select coalesce((select last from reader where user_id = $1), 0);
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
select count(*) from webhook where user_id = $1;
-- next
select delivery_id, at, status, milliseconds, answer, error from delivery_attempt
    where delivery_id = any($1) order by delivery_id, number;
-- next
select extract(epoch from min(execute_after) - now())::float as seconds from pgqueuer
    where status = 'queued' and entrypoint = any($1);
-- next
select id from pgqueuer where headers->>'job' = $1 and coalesce((headers->>'attempt')::int, 1) <= $2
    order by id for update;
-- next
select id from pgqueuer where headers->>'tenant' = $1 order by id for update;
-- next
select id from webhook
    where paused_at is null and (due is null or due <= now()) and (leased_until is null or leased_until < now())
      and exists (select from delivery
        where webhook_id = webhook.id and state = 'waiting' and created_at < now() - $1::interval)
    limit 500;
-- next
select id, user_id, events from webhook where user_id = any($1);
-- next
select id, user_id, url, description, events, secret, old_secret, old_until, created_at, paused_at, paused_why, lease,
      coalesce(due > now(), false) as early, coalesce(leased_until > now(), false) as held
    from webhook where id = $1 for update;
-- next
select id, user_id, url, description, events, secret, old_secret, old_until, created_at, paused_at, paused_why, lease,
      coalesce(due > now(), false) as early, coalesce(leased_until > now(), false) as held
    from webhook where user_id = $1
    and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid))
    order by created_at desc, id desc offset $4 limit $5;
-- next
select id, webhook_id, place, event, job, body, state, attempts, before, created_at, settled_at from delivery where webhook_id = $1 and ($2::bigint is null or place < $2) order by place desc offset $3 limit $4;
-- next
select id, webhook_id, place, event, job, body, state, attempts, before, created_at, settled_at from delivery where webhook_id = $1 and id = $2 for update;
-- next
select id, webhook_id, place, event, job, body, state, attempts, before, created_at, settled_at from delivery where webhook_id = $1 and state = 'waiting' order by place limit 1;
-- next
select job, user_id, kind, resolution, length, due, done::text, promised from queue_job where ended is null;
-- next
select state::text from job_view where id = $1 for update;
-- next
select tenant, secret, xmin <> coalesce(pg_current_xact_id_if_assigned()::xid, '0'::xid) as settled
    from data_key where tenant = any($1::text[]);
-- next
select user_id, generation from ended_session where at > now() - interval '1 hour';
-- next
select user_id, last from reader where user_id = any($1)
    union all select tenant, null from data_key where tenant = any($1) and erased_at is not null;
-- next
select user_id, project_id from job_view where id = $1;
-- next
select work is null from queue_job where job = $1;
-- next
update delivery set state = $2, attempts = attempts + 1,
      settled_at = case when $2 = 'waiting' then null else now() end
    where id = $1 returning attempts;
-- next
update queue_job set promised = fresh.seconds, promised_at = now()
    from unnest($1::text[], $2::float[]) fresh(job, seconds)
    where queue_job.job = fresh.job and queue_job.job in (
      select job from queue_job where job = any($1::text[]) and promised is null for update skip locked);
-- next
update queue_job set work = $2::text::jsonb where job = $1
    returning extract(epoch from ended - promised_at)::float as took, promised;
-- next
update webhook set lease = $2, leased_until = now() + $3, due = null where id = $1;
-- next
update webhook set lease = null, leased_until = null, due = now() + $2 where id = $1;
-- next
update webhook set old_secret = secret, secret = $2, old_until = now() + $3 where id = $1 returning old_until;
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
with past as (
      select kind, resolution, floor(log(2::numeric, greatest(length, 1)::numeric))::int as size, work,
        row_number() over (partition by kind, resolution order by ended desc) as age
      from queue_job where work is not null)
    select kind, resolution, size, count(*) as films,
      percentile_cont(0.5) within group (order by (work->>'read')::float) as read, percentile_cont(0.5) within group (order by (work->>'draw')::float) as draw, percentile_cont(0.5) within group (order by (work->>'join')::float) as join
    from past where age <= 200
    group by grouping sets ((kind, resolution, size), (kind, resolution), (kind));
-- next
with published as (delete from outbox where position = any($2::bigint[]))
    select position, id, key, type, traceparent, envelope, sealed, secret
    from (select position from outbox where position <> all($2::bigint[]) order by position limit $1) waiting
    join event using (position) left join data_key using (tenant) order by position;
-- next
