import type { Agent, ClientRequest } from "node:http";
import { builtin } from "../node-builtins.js";
import type { Origin } from "./origin.js";

export interface HttpRequest {
  readonly origin: Origin;
  readonly method: "GET" | "POST";
  /** Appended to the origin's base path. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Pure ASCII. */
  readonly body?: string;
  /** From the call to the response's headers, and again until its body has ended, in ms. */
  readonly timeoutMs: number;
  /** How much of the response's body is wanted, in bytes; the rest is drained and dropped. Default none. */
  readonly maxResponseBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Empty unless `maxResponseBytes` was given. */
  readonly body: string;
}

/**
 * Requests over kept-alive connections that never keep the process running:
 * sockets and timers are unref'd, and whoever must wait for an answer holds the
 * process by other means. What cannot be unref'd is a connection attempt, a
 * write the other side does not read (both end with the timeout, or with
 * `abort`), and a name lookup in the system's resolver, which nothing can cancel.
 */
export class HttpClient {
  readonly #agents = new Map<boolean, Agent>();
  readonly #open = new Set<ClientRequest>();
  #lastStart = 0;
  #lastEnd = 0;

  /** Resolves with any status; rejects on network errors, timeouts and requests that cannot be made. */
  request(request: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const module = request.origin.secure ? builtin("node:https") : builtin("node:http");
      if (module === undefined) {
        reject(new Error("there is no HTTP client on this platform"));
        return;
      }
      const { origin, body, maxResponseBytes = 0 } = request;
      const agent = this.#agent(origin.secure);
      const outgoing = module.request({
        ...(agent !== undefined && { agent }),
        method: request.method,
        hostname: origin.hostname,
        ...(origin.port !== "" && { port: origin.port }),
        ...(origin.socketPath !== undefined && { socketPath: origin.socketPath }),
        path: origin.basePath + request.path,
        headers: { ...request.headers, ...(body !== undefined && { "Content-Length": String(body.length) }) },
      });
      this.#open.add(outgoing);
      this.#lastStart = performance.now();
      const timeout = setTimeout(() => {
        outgoing.destroy(new Error(`no answer within ${request.timeoutMs} ms`));
      }, request.timeoutMs);
      timeout.unref();
      // A kept-alive connection is ref'd again each time it is used.
      outgoing.on("socket", (socket) => socket.unref());
      outgoing.on("error", reject);
      outgoing.on("close", () => {
        clearTimeout(timeout);
        this.#open.delete(outgoing);
        this.#lastEnd = performance.now();
        reject(new Error("the connection was closed"));
      });
      outgoing.on("response", (response) => {
        timeout.refresh();
        const status = response.statusCode ?? 0;
        const retryAfter = response.headers["retry-after"];
        let text = "";
        const done = () => resolve({ status, retryAfter, body: text });
        response.on("error", reject);
        response.setEncoding("latin1");
        response.on("data", (chunk: string) => {
          if (text.length < maxResponseBytes) text += chunk;
        });
        response.on("end", done);
        // The status is the answer: whoever wants no body need not wait for it.
        if (maxResponseBytes === 0) done();
      });
      outgoing.end(body, "latin1");
    });
  }

  /**
   * Ends every request now; they reject. The client stays usable.
   * Without this a connection attempt may hold the process until its timeout.
   */
  abort(): void {
    for (const outgoing of this.#open) outgoing.destroy(new Error("given up"));
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  /**
   * How long the newest request may have held the process on its own until
   * now, in ms: when the event loop runs empty right as a connection attempt
   * fails, the program itself was done before.
   */
  heldMs(): number {
    const justNow = performance.now() - this.#lastEnd < 100;
    return justNow && this.#lastEnd > this.#lastStart ? this.#lastEnd - this.#lastStart : 0;
  }

  #agent(secure: boolean): Agent | undefined {
    const existing = this.#agents.get(secure);
    if (existing !== undefined) return existing;
    const AgentClass = (secure ? builtin("node:https") : builtin("node:http"))?.Agent;
    if (AgentClass === undefined) return undefined;
    const agent = new AgentClass({ keepAlive: true, maxSockets: 4 });
    this.#agents.set(secure, agent);
    return agent;
  }
}
