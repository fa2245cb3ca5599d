import { searchText } from "../../span/search-text.js";
import type { Database } from "../database.js";
import { storable } from "./storable.js";

const AT_ONCE = 250;

const INSERT = `insert into search
  select trace_id, seq, to_tsvector('simple', text)
  from json_to_recordset($1::json) as row (trace_id text, seq bigint, text text)
  on conflict (trace_id, seq) do nothing`;

/**
 * Puts the next spans into the full-text index, oldest first; false where all are in it. Apart from ingest,
 * which must not wait for it: what was sent is acknowledged once stored.
 */
export function makeSearchable(database: Database): Promise<boolean> {
  return database.transaction(async (query) => {
    const rows = await query(
      `select trace_id, seq::text, status, event from span
        where seq > (select value from progress where name = 'searchable') order by span.seq limit ${AT_ONCE}`,
    );
    const last = rows.at(-1);
    if (last === undefined) return false;
    const texts = rows
      .filter(({ status }) => status !== 2)
      .map(({ trace_id, seq, event }) => ({
        trace_id,
        seq,
        text: storable(searchText(JSON.parse(String(event))).join("\n")),
      }));
    await query(INSERT, [JSON.stringify(texts)]);
    await query("update progress set value = greatest(value, $1::bigint) where name = 'searchable'", [last.seq]);
    return rows.length === AT_ONCE;
  });
}
