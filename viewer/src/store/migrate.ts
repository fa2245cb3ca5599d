import type { Database } from "./database.js";
import { INITIAL } from "./migrations/001-initial.js";

const MIGRATIONS: readonly (readonly string[])[] = [INITIAL];

/** Any number: two viewers that start on one served database take turns. */
const LOCK = 7_241_833;

/** Brings the schema up to date, whole or not at all. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    await query("select pg_advisory_xact_lock($1)", [LOCK]);
    await query("create table if not exists migration (number integer primary key)");
    const [row] = await query("select coalesce(max(number), 0)::integer as done from migration");
    const done = Number(row?.done ?? 0);
    if (done > MIGRATIONS.length) throw new Error("the store was made by a newer version");
    for (const [index, statements] of MIGRATIONS.entries()) {
      if (index < done) continue;
      for (const statement of statements) await query(statement);
      await query("insert into migration values ($1)", [index + 1]);
    }
  });
}
