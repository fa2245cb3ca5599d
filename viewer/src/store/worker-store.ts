import { Worker } from "node:worker_threads";
import { QueryError, type Store } from "./store.js";
import type { Answer, Call, WorkerOptions } from "./store-worker.js";

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

type Parameters_<Method extends keyof Store> = Parameters<Store[Method]>;
type Result<Method extends keyof Store> = Awaited<ReturnType<Store[Method]>>;

/** The embedded store, in a thread of its own. */
export class WorkerStore implements Store {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (answer: Answer) => this.#answered(answer));
    worker.on("error", (error: Error) => this.#end(error));
    worker.on("exit", () => this.#end(new Error("the store has ended")));
  }

  static async open(options: WorkerOptions): Promise<WorkerStore> {
    const store = new WorkerStore(new Worker(new URL("./store-worker.js", import.meta.url), { workerData: options }));
    await new Promise((resolve, reject) => store.#waiting.set(0, { resolve, reject }));
    return store;
  }

  readonly add: Store["add"] = (...given) => this.#call("add", given);
  readonly count: Store["count"] = () => this.#call("count", []);
  readonly listTraces: Store["listTraces"] = (...given) => this.#call("listTraces", given);
  readonly summaries: Store["summaries"] = (...given) => this.#call("summaries", given);
  readonly facets: Store["facets"] = (...given) => this.#call("facets", given);
  readonly trace: Store["trace"] = (...given) => this.#call("trace", given);
  readonly span: Store["span"] = (...given) => this.#call("span", given);
  readonly events: Store["events"] = (...given) => this.#call("events", given);
  readonly traceConversation: Store["traceConversation"] = (...given) => this.#call("traceConversation", given);
  readonly sessionConversation: Store["sessionConversation"] = (...given) => this.#call("sessionConversation", given);
  readonly dashboard: Store["dashboard"] = (...given) => this.#call("dashboard", given);
  readonly query: Store["query"] = (...given) => this.#call("query", given);
  readonly settle: Store["settle"] = () => this.#call("settle", []);

  async close(): Promise<void> {
    await this.#call("close", []);
    await this.#worker.terminate();
  }

  #call<Method extends keyof Store>(method: Method, parameters: Parameters_<Method>): Promise<Result<Method>> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as Result<Method>), reject });
      this.#worker.postMessage({ id, method, parameters } satisfies Call);
    });
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("error" in answer) {
      waiting?.reject(answer.isQueryError ? new QueryError(answer.error) : new Error(answer.error));
    } else {
      waiting?.resolve(answer.result);
    }
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
