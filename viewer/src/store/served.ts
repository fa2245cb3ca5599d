import pg from "pg";
import type { Database, Query, Row, Table } from "./database.js";

/** A Postgres server. */
export class ServedDatabase implements Database {
  readonly #pool: pg.Pool;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** @throws what the server says */
  static async open(url: string): Promise<ServedDatabase> {
    const types = new pg.TypeOverrides();
    types.setTypeParser(pg.types.builtins.INT8, Number);
    const pool = new pg.Pool({ connectionString: url, max: 6, types, connectionTimeoutMillis: 10_000 });
    // A connection that breaks while nobody uses it is replaced by the next query.
    pool.on("error", () => {});
    await pool.query("select 1");
    return new ServedDatabase(pool);
  }

  readonly query: Query = async (sql, parameters = []) => (await this.#pool.query<Row>(sql, [...parameters])).rows;

  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    const next = this.#last.then(() => this.#transaction(work));
    this.#last = next.catch(() => {});
    return next;
  }

  async #transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("begin");
      const result = await work(async (sql, parameters = []) => (await client.query<Row>(sql, [...parameters])).rows);
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch((failed: Error) => {
        broken = failed;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async readOnly(sql: string, timeoutMs: number): Promise<Table> {
    const client = await this.#pool.connect();
    try {
      await client.query("begin read only");
      await client.query(`set local statement_timeout = ${Math.round(timeoutMs)}`);
      // With parameters, even none, the server takes one statement only.
      const { fields, rows } = await client.query<unknown[]>({ text: sql, values: [], rowMode: "array", name: "" });
      return { columns: fields.map(({ name }) => name), rows };
    } finally {
      await client.query("rollback").catch(() => {});
      client.release();
    }
  }

  async size(): Promise<number> {
    const [row] = await this.query("select pg_database_size(current_database()) as size");
    return Number(row?.size ?? 0);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
