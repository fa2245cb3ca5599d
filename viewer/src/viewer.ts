import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { serve } from "@hono/node-server";
import { toEvaluationRow } from "./evaluation/evaluation-row.js";
import { Intake } from "./intake/intake.js";
import { type FileRecord, SpanFiles } from "./intake/span-files.js";
import { createApplication } from "./server/application.js";
import { Live } from "./server/live.js";
import { editorCommand } from "./server/open-in-editor.js";
import { toSpanRow } from "./span/span-row.js";
import { DatabaseStore } from "./store/database-store.js";
import { ServedDatabase } from "./store/served.js";
import type { Store } from "./store/store.js";
import { WorkerStore } from "./store/worker-store.js";

export interface ViewerOptions {
  /** Folders whose span files are followed; default `LLMOBS_DIR`, else `.llmobs`. */
  readonly spanFolders?: readonly string[];
  /** `memory`, a `postgres://` URL, or a folder; default `viewer` in the first span folder. */
  readonly store?: string;
  /** Default 4319; 0 takes any that is free. */
  readonly port?: number;
  /** What source places are relative to; default the current folder. */
  readonly projectFolder?: string;
  /** Opens a file at a place; default `LLMOBS_EDITOR`, `VISUAL` or `EDITOR`. */
  readonly editor?: string;
}

export interface Viewer {
  /** `http://127.0.0.1:4319` */
  readonly origin: string;
  readonly store: Store;
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4319;
const HOST = "127.0.0.1";
const LOCAL_NAMES = new Set(["127.0.0.1", "localhost", "[::1]"]);

const { version }: { version: string } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** Opens the store, follows the span files and serves the page. */
export async function startViewer(options: ViewerOptions = {}): Promise<Viewer> {
  const spanFolders = (options.spanFolders ?? [process.env.LLMOBS_DIR || ".llmobs"]).map((folder) => resolve(folder));
  const projectFolder = resolve(options.projectFolder ?? ".");
  const place = options.store ?? `${spanFolders[0] ?? ".llmobs"}/viewer`;
  const store = await openStore(place, projectFolder);
  const live = new Live(store);
  const intake = new Intake(store, (traceIds) => live.changed(traceIds));
  const facts = {
    version,
    projectFolder,
    spanFolders,
    store: place === "memory" ? ("memory" as const) : isUrl(place) ? ("postgres" as const) : ("folder" as const),
    editor: options.editor ?? editorCommand(process.env),
  };
  const application = createApplication(store, intake, live, facts, { hosts: LOCAL_NAMES, token: undefined });
  const server = serve({ fetch: application.fetch, hostname: HOST, port: options.port ?? DEFAULT_PORT });
  await new Promise<void>((done, failed) => server.once("listening", done).once("error", failed));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  const take = (records: readonly FileRecord[]) => {
    const spans = records.flatMap(({ type, body }) => (type === "evaluation" ? [] : [toSpanRow(body)]));
    const evaluations = records.flatMap(({ type, body }) => (type === "evaluation" ? [toEvaluationRow(body)] : []));
    return intake.add(
      spans.filter((row) => typeof row !== "string"),
      evaluations.filter((row) => typeof row !== "string"),
    );
  };
  const files = spanFolders.map((folder) => new SpanFiles(folder, take));
  for (const each of files) await each.start();

  return {
    origin: `http://${HOST}:${port}`,
    store,
    async close() {
      await Promise.all(files.map((each) => each.close()));
      live.close();
      const closed = new Promise((done) => server.close(done));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
      await intake.idle();
      await store.close();
    },
  };
}

function isUrl(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place);
}

async function openStore(place: string, projectFolder: string): Promise<Store> {
  if (isUrl(place)) return DatabaseStore.open(await ServedDatabase.open(place), projectFolder);
  if (place === "memory") return WorkerStore.open({ folder: undefined, projectFolder });
  const folder = resolve(place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return WorkerStore.open({ folder, projectFolder });
}
