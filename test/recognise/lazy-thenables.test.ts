import { join } from "node:path";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";
import { finishedSpans } from "./finished-spans.js";

const PROGRAM = `
import { execa } from "execa";
import knex from "knex";
import Client from "knex/lib/dialects/sqlite3/index.js";

const asked: string[] = [];
/** The real builder and runner of queries; only the database behind them is a list. */
class Memory extends Client {
  _driver() { return {}; }
  async acquireConnection() { return { __knexUid: "1" }; }
  releaseConnection() { return Promise.resolve(); }
  destroyRawConnection() {}
  async _query(_connection: unknown, query: any) {
    asked.push(query.sql);
    if (query.sql.includes("missing")) throw new Error("no such table");
    return { ...query, response: [{ id: 1, title: "one" }] };
  }
  processResponse(query: any) { return query.response; }
}
const db = knex({ client: Memory, useNullAsDefault: true });
let last: unknown;
const keep = <Value>(value: Value): Value => {
  last = value;
  return value;
};

/** @llmobs retrieval */
function find(table: string) {
  return keep(db(table).select("id", "title"));
}
/** @llmobs retrieval */
function both(table: string) {
  return find(table);
}
/** @llmobs tool */
function shell(...args: string[]) {
  return keep(execa(process.execPath, args));
}
const log = (...entry: unknown[]) => console.log(JSON.stringify(entry));

const query = find("notes");
log(query === last, Object.keys(query).length, asked.length);
await new Promise((resolve) => setTimeout(resolve, 5));
log(asked.length, query.toSQL().sql, String(query));
log(await query.where({ id: 1 }).limit(3), asked.splice(0));
log(await both("notes").first(), asked.splice(0));
log(await find("notes").then((rows) => rows.length), asked.splice(0));
log(await find("missing").catch((error) => error.message), asked.splice(0));
log(await find("notes").finally(() => undefined), asked.splice(0));
log(await new Promise((resolve) => find("notes").asCallback((error, rows) => resolve([error, rows]))), asked.splice(0));
log(await Promise.all([find("a"), find("b")]), asked.splice(0));
log(await find("notes").clone().where("id", ">", 2), asked.splice(0));

const child = shell("-e", "console.log('from a child')");
log(child === last, typeof child.pid, typeof child.kill);
log((await child).stdout);
let lines = "";
for await (const line of shell("-e", "console.log('one'); console.log('two')")) lines += line + ".";
log(lines);
log(await shell("-e", "process.exit(3)").catch((error) => error.exitCode));
await db.destroy();
`;

test("queries and processes that are thenables start with their consumer, once, and end their spans", async () => {
  const folder = workspaceFolder({ "main.ts": PROGRAM });
  const args = ["--import", "@llmobs/transformer/register", "--unhandled-rejections=strict", "main.ts"];
  const untraced = await node(folder, args, { DD_LLMOBS_ENABLED: "false" });
  expect(untraced).toMatchObject({ code: 0, stderr: "" });
  expect(await node(folder, args, { LLMOBS_DIR: "spans" })).toEqual(untraced);
  expect(untraced.stdout).toContain("from a child");

  const spans = finishedSpans(join(folder, "spans"));
  const of = (name: string) =>
    spans
      .filter((span) => span.name === name)
      .map(({ status, meta }) => [
        status === "ok" ? JSON.stringify(meta.output) : meta["error.message"],
        ...(meta.metadata._llmobs.notes ?? []),
      ]);
  const rows = [expect.stringMatching(/id.*1.*title.*one/)];
  const missing = [expect.stringContaining("no such table")];
  // Last a query of which another one was made, and that one asked.
  const unused = ["{}", "nobody consumed the result to its end"];
  expect(of("find")).toEqual([rows, rows, rows, missing, rows, rows, rows, rows, unused]);
  expect(of("both")).toEqual([rows]);
  expect(of("shell")).toEqual([
    [expect.stringContaining("from a child")],
    [expect.stringMatching(/one.*two/)],
    [expect.stringContaining("exit code 3")],
  ]);
});
