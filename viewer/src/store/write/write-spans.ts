import type { SpanRow } from "../../span/span-row.js";
import type { Database, Query } from "../database.js";
import { Interned } from "./interned.js";
import { addToRollups, type RolledSpan } from "./rollup.js";
import { type Series, SPAN_COLUMN_NAMES, SPAN_DECLARATION, seriesOf, spanColumns } from "./span-columns.js";
import { storable } from "./storable.js";
import { addToTraces } from "./trace-totals.js";

const COLUMNS = SPAN_COLUMN_NAMES.join(", ");
/** A span that has ended stays as it is; one that only began is replaced, and gets a new place in `seq`. */
const INSERT = `with stored as (
    insert into span (${COLUMNS}) select ${COLUMNS} from json_to_recordset($1::json) as row (${SPAN_DECLARATION})
    on conflict (trace_id, span_id) do update set
      ${SPAN_COLUMN_NAMES.map((name) => `${name} = excluded.${name}`).join(", ")},
      seq = default
    where span.status = 2 and excluded.status <> 2
    returning trace_id, span_id, (xmax = 0) as is_new)
  select case when (select count(*) from stored where is_new) = $2 then null
    else (select coalesce(json_agg(json_build_array(trace_id, span_id, is_new)), '[]') from stored) end as changed`;

/** Writers of one served database take turns, so that totals are added up right and `seq` never runs ahead. */
const WRITE_LOCK = 7_241_834;

export class SpanWriter {
  readonly #database: Database;
  readonly #series = new Interned<Series>(
    "series",
    "app text, version text, name text, kind text, model text, provider text",
    (series) => ({ ...series }),
  );
  readonly #tagSets = new Interned<readonly string[]>("tag_set", "tags text[]", (tags) => ({ tags }));

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves once committed, with the traces that changed. What was there already changes nothing. */
  async write(spans: readonly SpanRow[]): Promise<readonly string[]> {
    const unique = withoutRepetition(spans);
    if (unique.length === 0) return [];
    try {
      return await this.#database.transaction((query) => this.#write(query, unique));
    } catch (error) {
      this.#series.forget();
      this.#tagSets.forget();
      throw error;
    }
  }

  async #write(query: Query, spans: readonly SpanRow[]): Promise<readonly string[]> {
    await query("select pg_advisory_xact_lock($1)", [WRITE_LOCK]);
    const series = spans.map(seriesOf);
    const seriesKeys = series.map((each) => Object.values(each).join("\0"));
    const tags = spans.map((span) => span.tags.map((tag) => storable(tag)));
    const tagKeys = tags.map((each) => each.join("\0"));
    const seriesNumbers = await this.#series.numbers(
      query,
      new Map(seriesKeys.map((key, at) => [key, series[at] as Series])),
    );
    const tagNumbers = await this.#tagSets.numbers(query, new Map(tagKeys.map((key, at) => [key, tags[at] ?? []])));
    const rolled = spans.map(
      (span, at): RolledSpan => ({
        span,
        isNew: true,
        seriesId: seriesNumbers.get(seriesKeys[at] ?? "") ?? 0,
      }),
    );
    const rows = rolled.map(({ span, seriesId }, at) =>
      spanColumns(span, seriesId, tagNumbers.get(tagKeys[at] ?? "") ?? 0),
    );
    const [result] = await query(INSERT, [JSON.stringify(rows), spans.length]);
    const changed = onlyChanged(rolled, result?.changed);
    if (changed.length === 0) return [];
    await addToTraces(query, changed);
    await addToRollups(query, changed);
    return [...new Set(changed.map(({ span }) => span.traceId))];
  }
}

/** `changed`: null where every span was new. */
function onlyChanged(spans: readonly RolledSpan[], changed: unknown): readonly RolledSpan[] {
  if (changed === null) return spans;
  const isNew = new Map<string, boolean>();
  for (const row of Array.isArray(changed) ? changed : []) isNew.set(`${row[0]}\0${row[1]}`, row[2] === true);
  return spans.flatMap((each) => {
    const found = isNew.get(keyOf(each.span));
    return found === undefined ? [] : [{ ...each, isNew: found }];
  });
}

function withoutRepetition(spans: readonly SpanRow[]): readonly SpanRow[] {
  const unique = new Map<string, SpanRow>();
  for (const span of spans) {
    const key = keyOf(span);
    const known = unique.get(key);
    if (known === undefined || (known.status === "running" && span.status !== "running")) unique.set(key, span);
  }
  return [...unique.values()];
}

function keyOf({ traceId, spanId }: SpanRow): string {
  return `${traceId}\0${spanId}`;
}
