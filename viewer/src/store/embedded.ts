import { PGlite, types } from "@electric-sql/pglite";
import type { Database, Query, Row, Table } from "./database.js";

// The defaults are a server's; this one shares a developer's machine with everything else.
const SETTINGS = ["shared_buffers=64MB", "work_mem=16MB", "jit=off", "max_wal_size=256MB", "wal_buffers=2MB"];

/** Postgres inside this thread; `folder` undefined keeps everything in memory. */
export class EmbeddedDatabase implements Database {
  readonly #pglite: PGlite;

  private constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  static async open(folder: string | undefined): Promise<EmbeddedDatabase> {
    const pglite = await PGlite.create({
      ...(folder === undefined ? {} : { dataDir: folder }),
      startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ["-c", setting])],
      parsers: { [types.INT8]: Number },
    });
    return new EmbeddedDatabase(pglite);
  }

  readonly query: Query = async (sql, parameters = []) => (await this.#pglite.query<Row>(sql, [...parameters])).rows;

  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return this.#pglite.transaction((transaction) =>
      work(async (sql, parameters = []) => (await transaction.query<Row>(sql, [...parameters])).rows),
    );
  }

  readOnly(sql: string, timeoutMs: number): Promise<Table> {
    return this.#pglite.transaction(async (transaction) => {
      await transaction.query("set transaction read only");
      await transaction.query(`set local statement_timeout = ${Math.round(timeoutMs)}`);
      const { fields, rows } = await transaction.query<unknown[]>(sql, [], { rowMode: "array" });
      await transaction.rollback();
      return { columns: fields.map(({ name }) => name), rows };
    });
  }

  async size(): Promise<number> {
    const [row] = await this.query("select pg_database_size(current_database()) as size");
    return Number(row?.size ?? 0);
  }

  close(): Promise<void> {
    return this.#pglite.close();
  }
}
