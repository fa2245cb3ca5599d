/*
 * `trace` is kept up to date by ingest, so no list adds spans up; `rollup` and `latency` likewise for charts.
 * What repeats in most spans stands once: a `series` is what charts group by, a `tag_set` the tags of a span.
 * Status: 0 ok, 1 error, 2 running.
 */
export const INITIAL = [
  `create table series (
    id integer generated always as identity primary key,
    app text not null, version text not null, name text not null, kind text not null, model text not null,
    provider text not null,
    hash text not null unique
  )`,
  `create table tag_set (
    id integer generated always as identity primary key,
    tags text[] not null,
    hash text not null unique
  )`,
  "create index tag_set_tags on tag_set using gin (tags)",
  `create table trace (
    trace_id text primary key,
    start_ns bigint not null,
    end_ns bigint,
    root_rank smallint not null,
    root_start_ns bigint not null,
    root_status smallint not null,
    name text not null,
    kind text not null,
    app text not null,
    version text not null,
    session_id text,
    span_count integer not null,
    error_count integer not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    total_tokens bigint not null,
    cost double precision,
    unpriced integer not null,
    models text[] not null,
    input_preview text not null,
    output_preview text not null,
    error_preview text
  ) with (fillfactor = 80)`,
  "create index trace_start on trace (start_ns desc, trace_id desc)",
  "create index trace_app on trace (app, start_ns desc)",
  "create index trace_failed on trace (start_ns desc) where error_count > 0",
  "create index trace_session on trace (session_id, start_ns desc) where session_id is not null",
  "create index trace_duration on trace ((end_ns - start_ns))",
  "create index trace_tokens on trace (total_tokens) where total_tokens > 0",
  `create table span (
    seq bigint generated always as identity,
    trace_id text not null,
    span_id text not null,
    parent_id text,
    series_id integer not null,
    tag_set_id integer not null,
    status smallint not null,
    start_ns bigint not null,
    duration_ns bigint,
    session_id text,
    input_tokens bigint,
    output_tokens bigint,
    total_tokens bigint,
    cost double precision,
    first_token_ms double precision,
    error_type text,
    event text not null,
    primary key (trace_id, span_id)
  )`,
  "alter table span alter column event set storage external",
  "create index span_series on span (series_id, start_ns desc)",
  "create index span_tags on span (tag_set_id)",
  "create index span_seq on span (seq)",
  `create table search (
    trace_id text not null,
    seq bigint not null,
    words tsvector not null,
    primary key (trace_id, seq)
  )`,
  "create index search_words on search using gin (words)",
  // `start_s` is unix seconds, `width_s` 60 or 3600.
  `create table rollup (
    width_s integer not null,
    start_s bigint not null,
    series_id integer not null,
    requests integer not null,
    errors integer not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    total_tokens bigint not null,
    cost double precision,
    unpriced integer not null,
    primary key (width_s, start_s, series_id)
  ) with (fillfactor = 50)`,
  `create table latency (
    width_s integer not null,
    start_s bigint not null,
    series_id integer not null,
    bin smallint not null,
    count integer not null,
    primary key (width_s, start_s, series_id, bin)
  ) with (fillfactor = 50)`,
  `create table evaluation (
    id text primary key,
    scope text not null,
    trace_id text,
    span_id text,
    session_id text,
    tag text,
    app text not null,
    label text not null,
    metric_type text not null,
    score double precision,
    category text,
    time_ms double precision not null,
    body text not null
  )`,
  "create index evaluation_trace on evaluation (trace_id) where trace_id is not null",
  "create index evaluation_span on evaluation (span_id) where span_id is not null and trace_id is null",
  "create index evaluation_session on evaluation (session_id) where session_id is not null",
  "create index evaluation_tag on evaluation (tag) where tag is not null",
  "create index evaluation_time on evaluation (time_ms)",
  "create table progress (name text primary key, value bigint not null)",
  "insert into progress values ('searchable', 0)",
  // For people who ask in SQL.
  `create view spans as
    select span.trace_id, span_id, parent_id, name, kind, (array['ok', 'error', 'running'])[status + 1] as status,
      to_timestamp(start_ns / 1e9) as start, duration_ns / 1e6 as duration_ms, app, version, model, provider, session_id,
      input_tokens, output_tokens, total_tokens, cost, first_token_ms, error_type, tags, event
    from span join series on series.id = series_id join tag_set on tag_set.id = tag_set_id`,
] as const;
