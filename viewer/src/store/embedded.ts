import { PGlite } from "@electric-sql/pglite";
import type { Database, Row, Statement } from "./database.js";

/** Postgres inside this process; `folder` undefined keeps everything in memory. */
export class EmbeddedDatabase implements Database {
  readonly #pglite: PGlite;

  private constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  static async open(folder: string | undefined): Promise<EmbeddedDatabase> {
    return new EmbeddedDatabase(await PGlite.create(folder === undefined ? {} : { dataDir: folder }));
  }

  async query(sql: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.#pglite.query<Row>(sql, [...parameters])).rows;
  }

  transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    return this.#pglite.transaction(async (transaction) => {
      const results: (readonly Row[])[] = [];
      for (const { sql, parameters = [] } of statements) {
        results.push((await transaction.query<Row>(sql, [...parameters])).rows);
      }
      return results;
    });
  }

  close(): Promise<void> {
    return this.#pglite.close();
  }
}
