import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { serve } from "@hono/node-server";
import { type FileRecord, SpanFiles } from "./intake/span-files.js";
import { createApplication } from "./server/application.js";
import { toSpanRow } from "./span/span-row.js";
import { EmbeddedDatabase } from "./store/embedded.js";
import { Store } from "./store/store.js";

export interface ViewerOptions {
  /** Folders whose span files are followed; default `LLMOBS_DIR`, else `.llmobs`. */
  readonly spanFolders?: readonly string[];
  /** Where the store lies: a folder, or `memory`. Default: `viewer` in the first span folder. */
  readonly store?: string;
  /** Default 4319; 0 takes any that is free. */
  readonly port?: number;
  /** What source places are relative to; default the current folder. */
  readonly projectFolder?: string;
}

export interface Viewer {
  /** `http://127.0.0.1:4319` */
  readonly origin: string;
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4319;
const HOST = "127.0.0.1";

const { version }: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** Opens the store, follows the span files and serves the page. */
export async function startViewer(options: ViewerOptions = {}): Promise<Viewer> {
  const spanFolders = (options.spanFolders ?? [process.env.LLMOBS_DIR || ".llmobs"]).map((folder) => resolve(folder));
  const folder = options.store === "memory" ? undefined : resolve(options.store ?? `${spanFolders[0]}/viewer`);
  if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
  const store = await Store.open(await EmbeddedDatabase.open(folder));
  const facts = {
    version,
    projectFolder: resolve(options.projectFolder ?? "."),
    spanFolders,
    store: folder === undefined ? ("memory" as const) : ("folder" as const),
  };
  const application = createApplication(store, facts);
  const server = serve({ fetch: application.fetch, hostname: HOST, port: options.port ?? DEFAULT_PORT });
  await new Promise<void>((done, failed) => server.once("listening", done).once("error", failed));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  const take = async (records: readonly FileRecord[]) => {
    const rows = records.flatMap(({ type, body }) => (type === "evaluation" ? [] : [toSpanRow(body)]));
    await store.add(rows.filter((row) => typeof row !== "string"));
  };
  const files = spanFolders.map((each) => new SpanFiles(each, take));
  for (const each of files) await each.start();

  return {
    origin: `http://${HOST}:${port}`,
    async close() {
      await Promise.all(files.map((each) => each.close()));
      await new Promise((done) => server.close(done));
      await store.close();
    },
  };
}
