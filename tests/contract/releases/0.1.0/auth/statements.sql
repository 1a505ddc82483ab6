INSERT INTO account (id, email, phone, username, username_folded, password_hash, role, session_generation, created_at) VALUES ($1::UUID, $2::VARCHAR, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::INTEGER, $9::TIMESTAMP WITH TIME ZONE);
-- next
INSERT INTO api_key (id, user_id, name, digest, scopes, created_at, expires_at, revoked_at) VALUES ($1::VARCHAR, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::TEXT[], $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE, $8::TIMESTAMP WITH TIME ZONE);
-- next
INSERT INTO phone_code (phone, digest, expires_at, attempts_left) VALUES ($1::VARCHAR, $2::VARCHAR, $3::TIMESTAMP WITH TIME ZONE, $4::INTEGER) ON CONFLICT (phone) DO UPDATE SET digest = $5::VARCHAR, expires_at = $6::TIMESTAMP WITH TIME ZONE, attempts_left = $7::INTEGER;
-- next
INSERT INTO refresh_family (id, user_id, salt, tip, turned_at, created_at, expires_at, revoked_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::INTEGER, $5::TIMESTAMP WITH TIME ZONE, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE, $8::TIMESTAMP WITH TIME ZONE);
-- next
INSERT INTO refresh_token (digest, family_id, number, expires_at) VALUES ($1::VARCHAR, $2::UUID, $3::INTEGER, $4::TIMESTAMP WITH TIME ZONE);
-- next
INSERT INTO signing_secret (id, user_id, name, created_at, revoked_at) VALUES ($1::VARCHAR, $2::UUID, $3::VARCHAR, $4::TIMESTAMP WITH TIME ZONE, $5::TIMESTAMP WITH TIME ZONE);
-- next
INSERT INTO subscription (user_id, tier, starts_at, ends_at, version) VALUES ($1::UUID, $2::VARCHAR, $3::TIMESTAMP WITH TIME ZONE, $4::TIMESTAMP WITH TIME ZONE, $5::INTEGER);
-- next
SELECT account.id 
FROM account 
WHERE account.id = $1::UUID FOR UPDATE;
-- next
SELECT account.id, account.email, account.phone, account.username, account.username_folded, account.password_hash, account.role, account.session_generation, account.created_at 
FROM account 
WHERE account.email = $1::VARCHAR;
-- next
SELECT account.id, account.email, account.phone, account.username, account.username_folded, account.password_hash, account.role, account.session_generation, account.created_at 
FROM account 
WHERE account.id = $1::UUID;
-- next
SELECT account.id, account.email, account.phone, account.username, account.username_folded, account.password_hash, account.role, account.session_generation, account.created_at 
FROM account 
WHERE account.id = $1::UUID FOR UPDATE;
-- next
SELECT account.role, subscription.user_id, subscription.tier, subscription.starts_at, subscription.ends_at, subscription.version 
FROM account LEFT OUTER JOIN subscription ON subscription.user_id = account.id 
WHERE account.id = $1::UUID;
-- next
SELECT account.session_generation 
FROM account 
WHERE account.id = $1::UUID;
-- next
SELECT account.session_generation 
FROM account 
WHERE account.id = $1::UUID FOR SHARE;
-- next
SELECT api_key.id, api_key.user_id, api_key.name, api_key.digest, api_key.scopes, api_key.created_at, api_key.expires_at, api_key.revoked_at 
FROM api_key 
WHERE api_key.id = $1::VARCHAR AND api_key.user_id = $2::UUID AND api_key.revoked_at IS NULL FOR UPDATE;
-- next
SELECT api_key.id, api_key.user_id, api_key.name, api_key.digest, api_key.scopes, api_key.created_at, api_key.expires_at, api_key.revoked_at 
FROM api_key 
WHERE api_key.user_id = $1::UUID AND api_key.revoked_at IS NULL ORDER BY api_key.created_at DESC, api_key.id DESC 
 LIMIT $2::INTEGER OFFSET $3::INTEGER;
-- next
SELECT count(*) AS count_1 
FROM api_key 
WHERE api_key.user_id = $1::UUID AND api_key.revoked_at IS NULL;
-- next
SELECT count(*) AS count_1 
FROM signing_secret 
WHERE signing_secret.user_id = $1::UUID AND signing_secret.revoked_at IS NULL;
-- next
SELECT subscription.user_id, subscription.tier, subscription.starts_at, subscription.ends_at, subscription.version 
FROM subscription 
WHERE subscription.user_id = $1::UUID;
-- next
UPDATE api_key SET revoked_at=$1::TIMESTAMP WITH TIME ZONE WHERE api_key.id = $2::VARCHAR;
-- next
delete from account where id = $1 returning true;
-- next
delete from dead_letter where tenant = $1;
-- next
delete from idempotency_key where owner = 'user/' || $1::text
      or owner in (select 'key/' || id from api_key where user_id = $1::text::uuid);
-- next
delete from laid_aside where headers->>'tenant' = $1;
-- next
insert into data_key(tenant, erased_at) values ($1, now())
    on conflict (tenant) do update set secret = null, erased_at = now() where data_key.erased_at is null;
-- next
insert into data_key(tenant, secret) select * from unnest($1::text[], $2::bytea[]) on conflict do nothing;
-- next
insert into event(id, stream, version, type, key, traceparent, tenant, envelope, sealed)
    select fresh.* from (
      select id, stream, version, type, key, traceparent, tenant, envelope, sealed
      from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::bytea[]) with ordinality facts(id, stream, version, type, key, traceparent, tenant, envelope, sealed, place)
      where not exists (select from data_key k where k.tenant = facts.tenant and k.erased_at is not null)
      order by place) fresh;
-- next
insert into throttle(key, free_at) values ($1, $2::timestamptz + $3)
    on conflict (key) do update set free_at = greatest(throttle.free_at, $2) + $3
      where greatest(throttle.free_at, $2) + $3 <= $2::timestamptz + $4
    returning true;
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
select count(*) from data_key where tenant = $1 and erased_at is not null;
-- next
select current_schema();
-- next
select id from pgqueuer where headers->>'tenant' = $1 order by id for update;
-- next
select tenant, secret, xmin <> coalesce(pg_current_xact_id_if_assigned()::xid, '0'::xid) as settled
    from data_key where tenant = any($1::text[]);
-- next
update account set role = $1 where email = $2 or id::text = $2 or username_folded = $2;
-- next
update throttle set free_at = free_at - $2::interval where key = $1;
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
