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
CREATE FUNCTION public.add_to_month() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin
  update ledger_month m set
    reserved = m.reserved + moved.reserved, spent = m.spent + moved.spent, released = m.released + moved.released
  from (
    select t.user_id, t.month,
      coalesce(sum(e.amount) filter (where e.account = 'reserved'), 0) reserved,
      coalesce(sum(e.amount) filter (where e.account = 'spent'), 0) spent,
      coalesce(sum(e.amount) filter (where e.account = 'released'), 0) released
    from booked e join ledger_transaction t on t.id = e.transaction_id group by t.user_id, t.month) moved
  where m.user_id = moved.user_id and m.month = moved.month;
  return null; end $$;
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
CREATE FUNCTION public.job_goes_by_the_table() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
    if new.passed[step - 1] || ' ' || new.passed[step] not in ('pending queued', 'pending cancelled', 'queued moderating', 'queued cancelled', 'moderating processing', 'moderating moderation_failed', 'moderating cancelled', 'processing completed', 'processing failed', 'processing cancelled', 'moderation_failed queued', 'moderation_failed queued', 'moderation_failed cancelled', 'failed queued', 'failed cancelled') then
      raise exception 'job % cannot go from % to %', new.id, new.passed[step - 1], new.passed[step]
        using errcode = 'check_violation';
    end if;
  end loop;
  if new.status is distinct from new.passed[cardinality(new.passed)] then
    raise exception 'job % is %, and did not go there', new.id, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin raise exception 'facts are append-only'; end $$;
CREATE FUNCTION public.refuse_empty() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin
  if not exists (select from ledger_entry where transaction_id = new.id) then
    raise exception 'transaction % has no entries', new.id;
  end if;
  return null; end $$;
CREATE FUNCTION public.refuse_ledger_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin raise exception 'the ledger is append-only: book the opposite instead'; end $$;
CREATE FUNCTION public.refuse_unbalanced() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin
  if (select sum(amount) from ledger_entry where transaction_id = new.transaction_id) <> 0 then
    raise exception 'the entries of transaction % do not sum to zero', new.transaction_id;
  end if;
  return null; end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.api_key (
    id text NOT NULL,
    user_id text NOT NULL,
    digest text DEFAULT ''::text NOT NULL,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    expires_at timestamp with time zone,
    revoked boolean DEFAULT false NOT NULL
);
CREATE TABLE public.asset (
    id text NOT NULL,
    user_id text NOT NULL,
    project_id text,
    kind text NOT NULL,
    status text NOT NULL,
    filename text NOT NULL,
    original_filename text NOT NULL,
    file jsonb NOT NULL,
    shown jsonb,
    fault jsonb,
    width integer,
    height integer,
    duration double precision,
    fps double precision,
    codec text,
    created_at timestamp with time zone NOT NULL,
    kept jsonb,
    CONSTRAINT asset_kind CHECK ((kind = ANY (ARRAY['picture'::text, 'footage'::text, 'audio'::text, 'font'::text]))),
    CONSTRAINT asset_status CHECK (((status = 'processing'::text) OR ((status = 'failed'::text) AND (fault IS NOT NULL)) OR ((status = 'ready'::text) AND ((shown IS NOT NULL) OR ((kept IS NOT NULL) AND (kind = ANY (ARRAY['audio'::text, 'font'::text])))))))
);
CREATE TABLE public.budget (
    user_id text NOT NULL,
    per_month numeric(20,6) NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT budget_per_month_check CHECK ((per_month >= (0)::numeric))
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
CREATE TABLE public.film_seconds (
    job text NOT NULL,
    user_id text NOT NULL,
    month date NOT NULL,
    promised double precision NOT NULL,
    seconds double precision NOT NULL,
    CONSTRAINT film_seconds_promised_check CHECK ((promised >= (0)::double precision)),
    CONSTRAINT film_seconds_seconds_check CHECK ((seconds >= (0)::double precision))
);
CREATE TABLE public.hello (
    id uuid NOT NULL,
    user_id text NOT NULL,
    name text NOT NULL,
    said_at timestamp with time zone DEFAULT now() NOT NULL,
    answers jsonb DEFAULT '{}'::jsonb NOT NULL
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
CREATE TABLE public.job (
    id text NOT NULL,
    user_id text NOT NULL,
    project_id text,
    kind text NOT NULL,
    status text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    early jsonb NOT NULL,
    passed text[] NOT NULL,
    CONSTRAINT job_status CHECK ((status = ANY (ARRAY['pending'::text, 'queued'::text, 'moderating'::text, 'processing'::text, 'completed'::text, 'moderation_failed'::text, 'failed'::text, 'cancelled'::text])))
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
CREATE TABLE public.ledger_entry (
    transaction_id uuid NOT NULL,
    account text NOT NULL,
    amount numeric(20,6) NOT NULL,
    CONSTRAINT ledger_entry_account_check CHECK ((account = ANY (ARRAY['available'::text, 'reserved'::text, 'spent'::text, 'released'::text]))),
    CONSTRAINT ledger_entry_amount_check CHECK ((amount <> (0)::numeric))
);
CREATE TABLE public.ledger_month (
    user_id text NOT NULL,
    month date NOT NULL,
    reserved numeric(20,6) DEFAULT 0 NOT NULL,
    spent numeric(20,6) DEFAULT 0 NOT NULL,
    released numeric(20,6) DEFAULT 0 NOT NULL,
    CONSTRAINT ledger_month_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT ledger_month_released_check CHECK ((released >= (0)::numeric)),
    CONSTRAINT ledger_month_reserved_check CHECK ((reserved >= (0)::numeric)),
    CONSTRAINT ledger_month_spent_check CHECK ((spent >= (0)::numeric))
);
CREATE TABLE public.ledger_transaction (
    id uuid NOT NULL,
    user_id text NOT NULL,
    month date NOT NULL,
    job text NOT NULL,
    kind text NOT NULL,
    call text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ledger_transaction_check CHECK (((kind = 'spend'::text) = (call IS NOT NULL))),
    CONSTRAINT ledger_transaction_kind_check CHECK ((kind = ANY (ARRAY['reserve'::text, 'spend'::text, 'release'::text])))
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
CREATE TABLE public.project (
    id text NOT NULL,
    user_id text NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.provider_call (
    id text NOT NULL,
    job text NOT NULL,
    user_id text NOT NULL,
    scene text,
    attempt integer NOT NULL,
    service text NOT NULL,
    provider text NOT NULL,
    model text,
    outcome text NOT NULL,
    quantities jsonb NOT NULL,
    seconds double precision NOT NULL,
    amount numeric(20,6),
    at timestamp with time zone NOT NULL,
    CONSTRAINT provider_call_amount_check CHECK ((amount >= (0)::numeric)),
    CONSTRAINT provider_call_attempt_check CHECK ((attempt > 0)),
    CONSTRAINT provider_call_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'refused'::text, 'failed'::text])))
);
CREATE TABLE public.session (
    user_id text NOT NULL,
    id text NOT NULL,
    project_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.signed_request (
    key_id text NOT NULL,
    digest text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.signing_secret (
    id text NOT NULL,
    user_id text NOT NULL,
    sealed text DEFAULT ''::text NOT NULL,
    revoked boolean DEFAULT false NOT NULL
);
CREATE TABLE public.subscriber (
    user_id text NOT NULL,
    tier text DEFAULT 'free'::text NOT NULL,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    version integer DEFAULT 0 NOT NULL,
    CONSTRAINT subscriber_tier_check CHECK ((tier = ANY (ARRAY['free'::text, 'vip'::text, 'studio'::text])))
);
ALTER TABLE ONLY public.pgqueuer ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_id_seq'::regclass);
ALTER TABLE ONLY public.pgqueuer_schedules ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_schedules_id_seq'::regclass);
ALTER TABLE ONLY public.pgqueuer_statistics ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_statistics_id_seq'::regclass);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.asset
    ADD CONSTRAINT asset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.budget
    ADD CONSTRAINT budget_pkey PRIMARY KEY (user_id);
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
ALTER TABLE ONLY public.film_seconds
    ADD CONSTRAINT film_seconds_pkey PRIMARY KEY (job);
ALTER TABLE ONLY public.hello
    ADD CONSTRAINT hello_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (owner, digest);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (handler, event);
ALTER TABLE ONLY public.job_life
    ADD CONSTRAINT job_life_pkey PRIMARY KEY (job);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.laid_aside
    ADD CONSTRAINT laid_aside_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_pkey PRIMARY KEY (transaction_id, account);
ALTER TABLE ONLY public.ledger_month
    ADD CONSTRAINT ledger_month_pkey PRIMARY KEY (user_id, month);
ALTER TABLE ONLY public.ledger_transaction
    ADD CONSTRAINT ledger_transaction_call_key UNIQUE (call);
ALTER TABLE ONLY public.ledger_transaction
    ADD CONSTRAINT ledger_transaction_pkey PRIMARY KEY (id);
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
ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.provider_call
    ADD CONSTRAINT provider_call_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY public.signed_request
    ADD CONSTRAINT signed_request_pkey PRIMARY KEY (key_id, digest);
ALTER TABLE ONLY public.signing_secret
    ADD CONSTRAINT signing_secret_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.subscriber
    ADD CONSTRAINT subscriber_pkey PRIMARY KEY (user_id);
CREATE INDEX asset_of_project ON public.asset USING btree (project_id, id);
CREATE INDEX asset_of_user ON public.asset USING btree (user_id, id);
CREATE INDEX dead_letter_stream ON public.dead_letter USING btree (handler, stream);
CREATE INDEX dead_letter_tenant ON public.dead_letter USING btree (tenant);
CREATE INDEX ended_session_at ON public.ended_session USING btree (at);
CREATE INDEX event_key ON public.event USING btree (key, "position");
CREATE INDEX film_seconds_of_user ON public.film_seconds USING btree (user_id, month);
CREATE INDEX hello_of_user ON public.hello USING btree (user_id);
CREATE INDEX hello_said ON public.hello USING btree (said_at);
CREATE INDEX idempotency_key_at ON public.idempotency_key USING brin (at);
CREATE INDEX inbox_at ON public.inbox USING brin (at);
CREATE INDEX job_of_project ON public.job USING btree (project_id, id);
CREATE INDEX job_of_session ON public.job USING btree (user_id, ((state ->> 'session_id'::text)), id) WHERE ((state ->> 'session_id'::text) IS NOT NULL);
CREATE INDEX job_of_user ON public.job USING btree (user_id, id);
CREATE INDEX job_open ON public.job USING btree (user_id) WHERE (status = ANY (ARRAY['pending'::text, 'queued'::text, 'moderating'::text, 'processing'::text]));
CREATE INDEX laid_aside_job ON public.laid_aside USING btree (job);
CREATE INDEX laid_aside_tenant ON public.laid_aside USING btree (((headers ->> 'tenant'::text)));
CREATE INDEX ledger_transaction_job ON public.ledger_transaction USING btree (job);
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
CREATE INDEX project_of_user ON public.project USING btree (user_id, id);
CREATE INDEX provider_call_job ON public.provider_call USING btree (job, at, id);
CREATE INDEX provider_call_of_provider ON public.provider_call USING btree (service, provider, at DESC) WHERE (amount IS NOT NULL);
CREATE INDEX signed_request_at ON public.signed_request USING btree (at);
CREATE TRIGGER add_to_month AFTER INSERT ON public.ledger_entry REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION public.add_to_month();
CREATE TRIGGER announce AFTER INSERT ON public.event REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.announce();
CREATE TRIGGER entries_are_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_ledger_change();
CREATE TRIGGER facts_are_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER job_begins BEFORE INSERT ON public.job FOR EACH ROW EXECUTE FUNCTION public.job_goes_by_the_table();
CREATE TRIGGER job_goes_on BEFORE UPDATE ON public.job FOR EACH ROW WHEN (((old.status IS DISTINCT FROM new.status) OR (old.passed IS DISTINCT FROM new.passed))) EXECUTE FUNCTION public.job_goes_by_the_table();
CREATE CONSTRAINT TRIGGER ledger_is_balanced AFTER INSERT ON public.ledger_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_unbalanced();
CREATE CONSTRAINT TRIGGER ledger_is_told AFTER INSERT ON public.ledger_transaction DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.refuse_empty();
CREATE TRIGGER tg_pgqueuer_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.pgqueuer FOR EACH STATEMENT EXECUTE FUNCTION public.fn_pgqueuer_changed();
CREATE TRIGGER transactions_are_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_transaction FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_ledger_change();
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_transaction_id_fkey FOREIGN KEY (transaction_id) REFERENCES public.ledger_transaction(id);
ALTER TABLE ONLY public.ledger_transaction
    ADD CONSTRAINT ledger_transaction_call_fkey FOREIGN KEY (call) REFERENCES public.provider_call(id);
ALTER TABLE ONLY public.ledger_transaction
    ADD CONSTRAINT ledger_transaction_user_id_month_fkey FOREIGN KEY (user_id, month) REFERENCES public.ledger_month(user_id, month);
