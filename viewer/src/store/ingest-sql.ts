/*
 * One statement a batch. What `stored` returns is what was new to the store, so a span sent
 * twice changes nothing, and sums stay right. `$1` is the batch as JSON, one object a span.
 */
export const INGEST = `
with incoming as (
  select distinct on (trace_id, span_id) *
  from json_to_recordset($1::json) as row (
    trace_id text, span_id text, parent_id text, name text, kind text, status text, start_ns bigint, duration_ns bigint,
    app text, version text, session_id text, model text, provider text, input_tokens bigint, output_tokens bigint,
    total_tokens bigint, cost double precision, first_token_ms double precision, error_type text, tags text[],
    event text, input_preview text, output_preview text, error_preview text)
  order by trace_id, span_id, duration_ns is null
), stored as (
  insert into span (trace_id, span_id, parent_id, name, kind, status, start_ns, duration_ns, app, version, session_id,
    model, provider, input_tokens, output_tokens, total_tokens, cost, first_token_ms, error_type, tags, event)
  select trace_id, span_id, parent_id, name, kind, status, start_ns, duration_ns, app, version, session_id,
    model, provider, input_tokens, output_tokens, total_tokens, cost, first_token_ms, error_type, tags, event
  from incoming
  on conflict (trace_id, span_id) do update set
    parent_id = excluded.parent_id, name = excluded.name, kind = excluded.kind, status = excluded.status,
    start_ns = excluded.start_ns, duration_ns = excluded.duration_ns, app = excluded.app, version = excluded.version,
    session_id = excluded.session_id, model = excluded.model, provider = excluded.provider,
    input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens, total_tokens = excluded.total_tokens,
    cost = excluded.cost, first_token_ms = excluded.first_token_ms, error_type = excluded.error_type,
    tags = excluded.tags, event = excluded.event
  where span.duration_ns is null and excluded.duration_ns is not null
  returning trace_id, span_id, (xmax = 0) as is_new
), fresh as (
  select incoming.*, stored.is_new, case when parent_id is null then 0 else 1 end as root_rank
  from incoming join stored using (trace_id, span_id)
), root as (
  select distinct on (trace_id) * from fresh order by trace_id, root_rank, start_ns
), total as (
  select trace_id, min(start_ns) as start_ns, max(start_ns + duration_ns) as end_ns,
    count(*) filter (where is_new) as span_count, count(*) filter (where status = 'error') as error_count,
    coalesce(sum(input_tokens), 0) as input_tokens, coalesce(sum(output_tokens), 0) as output_tokens,
    coalesce(sum(total_tokens), 0) as total_tokens, sum(cost) as cost,
    count(*) filter (where cost is null and total_tokens > 0) as unpriced,
    coalesce(array_agg(distinct model) filter (where model is not null), '{}') as models,
    min(error_preview) as error_preview, min(session_id) as session_id
  from fresh group by trace_id
)
insert into trace (trace_id, start_ns, end_ns, root_rank, root_start_ns, root_status, name, kind, app, version,
  session_id, span_count, error_count, input_tokens, output_tokens, total_tokens, cost, unpriced, models,
  input_preview, output_preview, error_preview)
select trace_id, total.start_ns, total.end_ns, root.root_rank, root.start_ns, root.status, root.name, root.kind,
  root.app, root.version, coalesce(root.session_id, total.session_id), total.span_count, total.error_count,
  total.input_tokens, total.output_tokens, total.total_tokens, total.cost, total.unpriced, total.models,
  root.input_preview, root.output_preview, total.error_preview
from total join root using (trace_id)
order by trace_id
on conflict (trace_id) do update set
  start_ns = least(trace.start_ns, excluded.start_ns),
  end_ns = greatest(trace.end_ns, excluded.end_ns),
  span_count = trace.span_count + excluded.span_count,
  error_count = trace.error_count + excluded.error_count,
  input_tokens = trace.input_tokens + excluded.input_tokens,
  output_tokens = trace.output_tokens + excluded.output_tokens,
  total_tokens = trace.total_tokens + excluded.total_tokens,
  cost = case when trace.cost is null then excluded.cost else trace.cost + coalesce(excluded.cost, 0) end,
  unpriced = trace.unpriced + excluded.unpriced,
  models = case when trace.models @> excluded.models then trace.models
    else array(select distinct unnest(trace.models || excluded.models) order by 1) end,
  error_preview = coalesce(trace.error_preview, excluded.error_preview),
  session_id = coalesce(trace.session_id, excluded.session_id),
  (root_rank, root_start_ns, root_status, name, kind, app, version, input_preview, output_preview) = (
    select case when takes then excluded.root_rank else trace.root_rank end,
      case when takes then excluded.root_start_ns else trace.root_start_ns end,
      case when takes then excluded.root_status else trace.root_status end,
      case when takes then excluded.name else trace.name end,
      case when takes then excluded.kind else trace.kind end,
      case when takes then excluded.app else trace.app end,
      case when takes then excluded.version else trace.version end,
      case when takes then excluded.input_preview else trace.input_preview end,
      case when takes then excluded.output_preview else trace.output_preview end
    from (select (excluded.root_rank, excluded.root_start_ns) <= (trace.root_rank, trace.root_start_ns)) as choice (takes))
returning trace_id`;
