import type { QueryRequest, QueryResponse } from "../../api/contract.js";
import type { Database } from "../database.js";
import { QueryError } from "../store.js";

const MOST_ROWS = 10_000;
const TIMEOUT_MS = 5000;
const LONGEST_MS = 30_000;

/** Runs a `select`. As part of another one it can be nothing else, and there it can't change anything. */
export async function runQuery(database: Database, { sql, timeoutMs }: QueryRequest): Promise<QueryResponse> {
  const statement = sql.trim().replace(/;+$/, "");
  try {
    const { columns, rows } = await database.readOnly(
      `select * from (\n${statement}\n) as answer limit ${MOST_ROWS + 1}`,
      Math.min(LONGEST_MS, Math.max(1, timeoutMs ?? TIMEOUT_MS)),
    );
    return { columns, rows: rows.slice(0, MOST_ROWS), truncated: rows.length > MOST_ROWS };
  } catch (error) {
    throw new QueryError(error instanceof Error ? error.message : String(error));
  }
}
