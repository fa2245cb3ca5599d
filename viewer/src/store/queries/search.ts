import type { SearchHit } from "../../api/contract.js";
import { type SearchText, searchText } from "../../span/search-text.js";
import type { Query, Row } from "../database.js";
import type { Conditions } from "./conditions.js";
import { TRACE_COLUMNS } from "./summaries.js";

/** So many of the newest traces are tried first: a frequent word fills a page with them. */
const NEWEST = 1500;
/** So many spans the index may find for a rare one. */
const MOST_FOUND = 50_000;
const MOST_HITS = 3;
const AROUND = 60;

/** A search in contents, as words, phrases and what must not be there. */
export class SearchedTraces {
  readonly words: readonly string[];
  readonly #search: string;

  private constructor(search: string) {
    this.#search = search;
    const wanted = search.replace(/(^|\s)-("[^"]*"|\S+)/g, " ").replace(/(^|\s)or(?=\s)/gi, " ");
    this.words = wanted.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  }

  /** Undefined where there is nothing to search for. */
  static of(search: string | undefined): SearchedTraces | undefined {
    return search === undefined || search.trim() === ""
      ? undefined
      : new SearchedTraces(search.replaceAll("\0", " ").toWellFormed());
  }

  /** Rows of `trace` that meet the conditions and the search, newest first. */
  async list(query: Query, conditions: Conditions, limit: number): Promise<readonly Row[]> {
    const words = this.tsquery(conditions);
    const matches = `exists (select from search where search.trace_id = trace.trace_id and words @@ ${words})`;
    const order = "order by trace.start_ns desc, trace.trace_id desc";
    const newest = await query(
      `select ${TRACE_COLUMNS} from (select * from trace where ${conditions} ${order} limit ${NEWEST}) as trace
        where ${matches} ${order} limit ${limit}`,
      conditions.parameters,
    );
    if (newest.length >= limit) return newest;
    return query(
      `with found as materialized (select trace_id from search where words @@ ${words} limit ${MOST_FOUND})
        select ${TRACE_COLUMNS} from trace where ${conditions} and trace.trace_id in (select trace_id from found)
        ${order} limit ${limit}`,
      conditions.parameters,
    );
  }

  /** The last word is one being typed: it matches what begins so. */
  tsquery(conditions: Conditions): string {
    const search = conditions.parameter(this.#search);
    const plain = `websearch_to_tsquery('simple', ${search}::text)`;
    if (!/[\p{L}\p{N}]$/u.test(this.#search)) return plain;
    return `(case when ${plain}::text = '' then ''::tsquery else (${plain}::text || ':*')::tsquery end)`;
  }
}

/** Where the words are, in a few spans of each trace. */
export async function findHits(
  query: Query,
  traceIds: readonly string[],
  searched: SearchedTraces,
): Promise<ReadonlyMap<string, readonly SearchHit[]>> {
  const pattern = searched.words;
  if (pattern.length === 0 || traceIds.length === 0) return new Map();
  const rows = await query(
    `select span.trace_id, span.span_id, name, kind, event
      from unnest($1::text[]) as wanted (trace_id) cross join lateral (
        select seq from search where search.trace_id = wanted.trace_id
          and words @@ to_tsquery('simple', $2::text) limit ${MOST_HITS}) as hit
      join span on span.trace_id = wanted.trace_id and span.seq = hit.seq join series on series.id = series_id`,
    [traceIds, pattern.map((word) => `${word}:*`).join(" | ")],
  );
  const hits = new Map<string, SearchHit[]>();
  for (const row of rows) {
    const hit = hitIn(row, pattern);
    if (hit === undefined) continue;
    const traceId = String(row.trace_id);
    hits.set(traceId, [...(hits.get(traceId) ?? []), hit]);
  }
  return hits;
}

function hitIn(row: Row, words: readonly string[]): SearchHit | undefined {
  const parts: SearchText = searchText(JSON.parse(String(row.event)));
  const expression = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.join("|")})[\\p{L}\\p{N}_]*`, "giu");
  for (const part of parts) {
    const first = part.search(expression);
    if (first < 0) continue;
    const from = Math.max(0, first - AROUND);
    const text = part.slice(from, first + 3 * AROUND);
    const ranges = [...text.matchAll(expression)].map(({ index, 0: hit }): readonly [number, number] => [
      index,
      index + hit.length,
    ]);
    return { spanId: String(row.span_id), spanName: String(row.name), spanKind: String(row.kind), text, ranges };
  }
  return undefined;
}
