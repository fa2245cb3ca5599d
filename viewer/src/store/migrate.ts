import type { Database } from "./database.js";
import { SPANS } from "./migrations/001-spans.js";

const MIGRATIONS: readonly (readonly string[])[] = [SPANS];

/** Brings the schema up to date; each step whole or not at all. */
export async function migrate(database: Database): Promise<void> {
  await database.query("create table if not exists migration (number integer primary key)");
  const [row] = await database.query("select coalesce(max(number), 0)::integer as done from migration");
  const done = Number(row?.done ?? 0);
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < done) continue;
    await database.transaction([
      ...statements.map((sql) => ({ sql })),
      { sql: "insert into migration values ($1)", parameters: [index + 1] },
    ]);
  }
}
