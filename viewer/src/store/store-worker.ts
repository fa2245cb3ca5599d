import { parentPort, workerData } from "node:worker_threads";
import { DatabaseStore } from "./database-store.js";
import { EmbeddedDatabase } from "./embedded.js";
import { QueryError, type Store } from "./store.js";

/*
 * The embedded database holds its thread while it works. In a thread of its own that is not the one that answers.
 */

export interface WorkerOptions {
  readonly folder: string | undefined;
  readonly projectFolder: string;
}

export interface Call {
  readonly id: number;
  readonly method: keyof Store;
  readonly parameters: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string; readonly isQueryError: boolean };

const port = parentPort;
if (port === null) throw new Error("this is the program of a worker");

const { folder, projectFolder }: WorkerOptions = workerData;
const opening = EmbeddedDatabase.open(folder).then((database) => DatabaseStore.open(database, projectFolder));
opening.then(
  () => port.postMessage({ id: 0, result: undefined } satisfies Answer),
  (error: unknown) => port.postMessage({ id: 0, error: messageOf(error), isQueryError: false } satisfies Answer),
);

port.on("message", async ({ id, method, parameters }: Call) => {
  try {
    const store = await opening;
    const run: (...parameters: never[]) => Promise<unknown> = store[method].bind(store);
    const result = await run(...(parameters as never[]));
    port.postMessage({ id, result } satisfies Answer);
    if (method === "close") port.close();
  } catch (error) {
    const isQueryError = error instanceof QueryError;
    port.postMessage({ id, error: messageOf(error), isQueryError } satisfies Answer);
  }
});

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
