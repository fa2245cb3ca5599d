import { createHash } from "node:crypto";
import type { Query } from "../database.js";

const MOST_KNOWN = 50_000;

/** Gives what repeats a number: looks it up here, then in its table, then adds it. */
export class Interned<Value> {
  readonly #known = new Map<string, number>();
  readonly #sql: string;
  readonly #table: string;
  readonly #columns: (value: Value) => Readonly<Record<string, unknown>>;

  /** `columns` as they are declared for `json_to_recordset`. */
  constructor(table: string, declared: string, columns: (value: Value) => Readonly<Record<string, unknown>>) {
    const names = declared.split(",").map((column) => column.trim().split(" ")[0]);
    this.#table = table;
    this.#columns = columns;
    this.#sql = `insert into ${table} (hash, ${names.join(", ")})
      select * from json_to_recordset($1::json) as row (hash text, ${declared}) on conflict (hash) do nothing`;
  }

  /** The numbers of `values`, in their order; equal ones have one key. */
  async numbers(query: Query, values: ReadonlyMap<string, Value>): Promise<ReadonlyMap<string, number>> {
    if (this.#known.size > MOST_KNOWN) this.#known.clear();
    const missing = new Map([...values].filter(([key]) => !this.#known.has(key)));
    if (missing.size > 0) await this.#learn(query, missing);
    return this.#known;
  }

  async #learn(query: Query, missing: ReadonlyMap<string, Value>): Promise<void> {
    const byHash = new Map([...missing.keys()].map((key) => [hashOf(key), key]));
    const rows = [...missing].map(([key, value]) => ({ hash: hashOf(key), ...this.#columns(value) }));
    await query(this.#sql, [JSON.stringify(rows)]);
    const found = await query(`select id, hash from ${this.#table} where hash = any($1::text[])`, [[...byHash.keys()]]);
    for (const { id, hash } of found) {
      const key = byHash.get(String(hash));
      if (key !== undefined) this.#known.set(key, Number(id));
    }
  }

  /** What a transaction that failed has taught is not there. */
  forget(): void {
    this.#known.clear();
  }
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
