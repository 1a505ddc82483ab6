SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE TYPE public.pgqueuer_status AS ENUM (
    'queued',
    'picked',
    'successful',
    'exception',
    'canceled',
    'deleted',
    'failed'
);
CREATE FUNCTION public.announce() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin
  insert into outbox select position from fresh;
  perform pg_notify('outbox', '');
  return null; end $$;
CREATE FUNCTION public.fn_pgqueuer_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    to_emit BOOLEAN := false;  -- Flag to decide whether to emit a notification
BEGIN
    -- Check operation type and set the emit flag accordingly
    IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
        to_emit := true;
    ELSIF TG_OP = 'DELETE' THEN
        to_emit := true;
    ELSIF TG_OP = 'INSERT' THEN
        to_emit := true;
    ELSIF TG_OP = 'TRUNCATE' THEN
        to_emit := true;
    END IF;
    -- Perform notification if the emit flag is set
    IF to_emit THEN
        PERFORM pg_notify(
            'ch_pgqueuer',
            json_build_object(
                'channel', 'ch_pgqueuer',
                'operation', lower(TG_OP),
                'sent_at', NOW(),
                'table', TG_TABLE_NAME,
                'type', 'table_changed_event'
            )::text
        );
    END IF;
    -- Return appropriate value based on the operation
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSE
        RETURN NULL; -- For TRUNCATE and other non-row-specific contexts
    END IF;
END;
$$;
CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin raise exception 'facts are append-only'; end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.account (
    id uuid NOT NULL,
    email text,
    username text NOT NULL,
    username_folded text NOT NULL,
    password_hash text,
    created_at timestamp with time zone NOT NULL,
    phone text,
    session_generation integer DEFAULT 0 NOT NULL,
    role text,
    CONSTRAINT account_can_be_entered CHECK (((phone IS NOT NULL) OR ((email IS NOT NULL) AND (password_hash IS NOT NULL)))),
    CONSTRAINT account_phone_is_e164 CHECK ((phone ~ '^[+][1-9][0-9]{6,14}$'::text)),
    CONSTRAINT account_role_is_known CHECK ((role = 'operator'::text))
);
CREATE TABLE public.api_key (
    id text NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    digest text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_key_is_hashed CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);
CREATE TABLE public.data_key (
    tenant text NOT NULL,
    secret bytea,
    erased_at timestamp with time zone,
    CONSTRAINT data_key_check CHECK (((secret IS NULL) = (erased_at IS NOT NULL))),
    CONSTRAINT data_key_secret_check CHECK ((length(secret) = 32))
);
CREATE TABLE public.dead_letter (
    id bigint NOT NULL,
    kind text NOT NULL,
    handler text NOT NULL,
    type text,
    event uuid,
    stream text,
    topic text,
    part integer,
    log_offset bigint,
    key bytea,
    value bytea NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    error text NOT NULL,
    details text DEFAULT ''::text NOT NULL,
    attempts integer NOT NULL,
    traceparent text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    redrive boolean DEFAULT false NOT NULL,
    tenant text,
    CONSTRAINT dead_letter_kind_check CHECK ((kind = ANY (ARRAY['event'::text, 'task'::text])))
);
ALTER TABLE public.dead_letter ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.dead_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ended_session (
    user_id text NOT NULL,
    generation integer NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.event (
    "position" bigint NOT NULL,
    id uuid NOT NULL,
    stream text NOT NULL,
    version integer NOT NULL,
    type text NOT NULL,
    key text NOT NULL,
    envelope text,
    traceparent text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    tenant text,
    sealed bytea,
    ordered_at timestamp with time zone,
    begun_at timestamp with time zone,
    attempts integer,
    CONSTRAINT event_check CHECK ((num_nonnulls(envelope, sealed) = 1)),
    CONSTRAINT event_version_check CHECK ((version > 0))
);
ALTER TABLE public.event ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.event_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.idempotency_key (
    owner text NOT NULL,
    digest bytea NOT NULL,
    fingerprint bytea NOT NULL,
    attempt uuid NOT NULL,
    worked boolean DEFAULT false NOT NULL,
    answer text,
    at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.inbox (
    handler text NOT NULL,
    event uuid NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.job_life (
    job text NOT NULL,
    attempt integer DEFAULT 1 NOT NULL,
    over integer DEFAULT 0 NOT NULL,
    max_retries integer,
    retry_delay double precision,
    at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.laid_aside (
    id bigint NOT NULL,
    job text NOT NULL,
    entrypoint text NOT NULL,
    payload bytea,
    headers jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.laid_aside ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.laid_aside_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.outbox (
    "position" bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='2000', autovacuum_vacuum_cost_delay='0');
CREATE TABLE public.pgqueuer (
    id bigint NOT NULL,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    execute_after timestamp with time zone DEFAULT now() NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    slot bigint
);
CREATE SEQUENCE public.pgqueuer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.pgqueuer_id_seq OWNED BY public.pgqueuer.id;
CREATE TABLE public.pgqueuer_log (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    job_id bigint NOT NULL,
    status public.pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);
ALTER TABLE public.pgqueuer_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pgqueuer_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pgqueuer_schedules (
    id bigint NOT NULL,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    next_run timestamp with time zone DEFAULT now() NOT NULL,
    last_run timestamp with time zone,
    status public.pgqueuer_status DEFAULT 'queued'::public.pgqueuer_status
);
CREATE SEQUENCE public.pgqueuer_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.pgqueuer_schedules_id_seq OWNED BY public.pgqueuer_schedules.id;
CREATE TABLE public.pgqueuer_statistics (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT date_trunc('sec'::text, now()) NOT NULL,
    count bigint NOT NULL,
    priority integer NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);
CREATE SEQUENCE public.pgqueuer_statistics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.pgqueuer_statistics_id_seq OWNED BY public.pgqueuer_statistics.id;
CREATE TABLE public.phone_code (
    phone text NOT NULL,
    digest text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    attempts_left integer NOT NULL,
    CONSTRAINT phone_code_attempts_end CHECK ((attempts_left >= 0)),
    CONSTRAINT phone_code_is_hashed CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);
CREATE TABLE public.refresh_family (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    salt text NOT NULL,
    tip integer NOT NULL,
    turned_at timestamp with time zone
);
CREATE TABLE public.refresh_token (
    digest text NOT NULL,
    family_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    number integer NOT NULL,
    CONSTRAINT refresh_token_is_hashed CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);
CREATE TABLE public.signing_secret (
    id text NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);
CREATE TABLE public.subscription (
    user_id uuid NOT NULL,
    tier text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT subscription_holds CHECK ((ends_at > starts_at)),
    CONSTRAINT subscription_tier CHECK ((tier = ANY (ARRAY['free'::text, 'vip'::text, 'studio'::text])))
);
CREATE TABLE public.throttle (
    key text NOT NULL,
    free_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.pgqueuer ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_id_seq'::regclass);
ALTER TABLE ONLY public.pgqueuer_schedules ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_schedules_id_seq'::regclass);
ALTER TABLE ONLY public.pgqueuer_statistics ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_statistics_id_seq'::regclass);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_email UNIQUE (email);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_phone UNIQUE (phone);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_username UNIQUE (username_folded);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.data_key
    ADD CONSTRAINT data_key_pkey PRIMARY KEY (tenant);
ALTER TABLE ONLY public.dead_letter
    ADD CONSTRAINT dead_letter_handler_topic_part_log_offset_key UNIQUE (handler, topic, part, log_offset);
ALTER TABLE ONLY public.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ended_session
    ADD CONSTRAINT ended_session_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_id_key UNIQUE (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_stream_version_key UNIQUE (stream, version);
ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (owner, digest);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (handler, event);
ALTER TABLE ONLY public.job_life
    ADD CONSTRAINT job_life_pkey PRIMARY KEY (job);
ALTER TABLE ONLY public.laid_aside
    ADD CONSTRAINT laid_aside_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.pgqueuer_log
    ADD CONSTRAINT pgqueuer_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pgqueuer
    ADD CONSTRAINT pgqueuer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_expression_entrypoint_key UNIQUE (expression, entrypoint);
ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pgqueuer_statistics
    ADD CONSTRAINT pgqueuer_statistics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.phone_code
    ADD CONSTRAINT phone_code_pkey PRIMARY KEY (phone);
ALTER TABLE ONLY public.refresh_family
    ADD CONSTRAINT refresh_family_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_number UNIQUE (family_id, number);
ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_pkey PRIMARY KEY (digest);
ALTER TABLE ONLY public.signing_secret
    ADD CONSTRAINT signing_secret_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT subscription_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.throttle
    ADD CONSTRAINT throttle_pkey PRIMARY KEY (key);
CREATE INDEX api_key_newest ON public.api_key USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX dead_letter_stream ON public.dead_letter USING btree (handler, stream);
CREATE INDEX dead_letter_tenant ON public.dead_letter USING btree (tenant);
CREATE INDEX ended_session_at ON public.ended_session USING btree (at);
CREATE INDEX event_key ON public.event USING btree (key, "position");
CREATE INDEX idempotency_key_at ON public.idempotency_key USING brin (at);
CREATE INDEX inbox_at ON public.inbox USING brin (at);
CREATE INDEX ix_phone_code_expires_at ON public.phone_code USING btree (expires_at);
CREATE INDEX ix_refresh_family_user_id ON public.refresh_family USING btree (user_id);
CREATE INDEX ix_signing_secret_user_id ON public.signing_secret USING btree (user_id);
CREATE INDEX ix_throttle_free_at ON public.throttle USING btree (free_at);
CREATE INDEX laid_aside_job ON public.laid_aside USING btree (job);
CREATE INDEX laid_aside_tenant ON public.laid_aside USING btree (((headers ->> 'tenant'::text)));
CREATE INDEX pgqueuer_ep_ea_idx ON public.pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::public.pgqueuer_status);
CREATE INDEX pgqueuer_ep_prio_id_idx ON public.pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::public.pgqueuer_status);
CREATE INDEX pgqueuer_job ON public.pgqueuer USING btree (((headers ->> 'job'::text)));
CREATE INDEX pgqueuer_log_created ON public.pgqueuer_log USING btree (created);
CREATE INDEX pgqueuer_log_job_id_status ON public.pgqueuer_log USING btree (job_id, created DESC);
CREATE INDEX pgqueuer_log_not_aggregated ON public.pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);
CREATE INDEX pgqueuer_log_status ON public.pgqueuer_log USING btree (status);
CREATE INDEX pgqueuer_picked_heartbeat_idx ON public.pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::public.pgqueuer_status);
CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON public.pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::public.pgqueuer_status) AND (slot IS NOT NULL));
CREATE INDEX pgqueuer_priority_id_id1_idx ON public.pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::public.pgqueuer_status);
CREATE INDEX pgqueuer_queue_manager_id_idx ON public.pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);
CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON public.pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);
CREATE INDEX pgqueuer_tenant ON public.pgqueuer USING btree (((headers ->> 'tenant'::text)));
CREATE INDEX pgqueuer_turn ON public.pgqueuer USING btree (((headers ->> 'tenant'::text)), (((headers ->> 'due'::text))::bigint)) WHERE (status = 'queued'::public.pgqueuer_status);
CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON public.pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::public.pgqueuer_status, 'picked'::public.pgqueuer_status])) AND (dedupe_key IS NOT NULL));
CREATE INDEX pgqueuer_updated_id_id1_idx ON public.pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::public.pgqueuer_status);
CREATE INDEX refresh_family_expiry ON public.refresh_family USING btree (expires_at);
CREATE TRIGGER announce AFTER INSERT ON public.event REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.announce();
CREATE TRIGGER facts_are_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER tg_pgqueuer_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.pgqueuer FOR EACH STATEMENT EXECUTE FUNCTION public.fn_pgqueuer_changed();
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.refresh_family
    ADD CONSTRAINT refresh_family_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_family_id_fkey FOREIGN KEY (family_id) REFERENCES public.refresh_family(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.signing_secret
    ADD CONSTRAINT signing_secret_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT subscription_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.account(id) ON DELETE CASCADE;
