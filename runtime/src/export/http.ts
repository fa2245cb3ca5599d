import type { Agent, ClientRequest } from "node:http";
import { builtin } from "../node-builtins.js";
import type { Origin } from "./origin.js";
import type { HttpProxy } from "./proxy.js";
import { tunnelAgent } from "./tunnel.js";

export interface HttpRequest {
  readonly origin: Origin;
  readonly proxy?: HttpProxy;
  readonly method: "GET" | "POST";
  /** Appended to the origin's base path. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
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

/** Trying again would not help: a header that cannot be, or no HTTP on this platform. */
export class ImpossibleRequest extends Error {}

/**
 * Requests over kept-alive connections that never keep the process running:
 * sockets and timers are unref'd, and whoever must wait for an answer holds the
 * process by other means. What cannot be unref'd is a connection attempt, a
 * write the other side does not read (both end with the timeout, or with
 * `abort`), and a name lookup in the system's resolver, which nothing can cancel.
 */
export class HttpClient {
  readonly #agents = new Map<boolean | HttpProxy, Agent>();
  readonly #underWay = new Set<ClientRequest>();
  #lastStart = 0;
  #lastEnd = 0;

  /**
   * Resolves with any status; rejects on network errors, timeouts and requests
   * that cannot be made. The body is not read any more from then on.
   */
  request(request: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const outgoing = this.#open(request);
      const { timeoutMs, maxResponseBytes = 0 } = request;
      const timeout = setTimeout(() => {
        outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      timeout.unref();
      // A kept-alive connection is ref'd again each time it is used.
      outgoing.on("socket", (socket) => socket.unref());
      outgoing.on("error", reject);
      outgoing.on("close", () => {
        clearTimeout(timeout);
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
        // It came before the request's body had left: nobody may read that any more.
        if (!outgoing.writableFinished) outgoing.destroy();
      });
      outgoing.end(request.body);
    });
  }

  /**
   * Ends every request now; they reject. The client stays usable.
   * Without this a connection attempt may hold the process until its timeout.
   */
  abort(): void {
    for (const outgoing of this.#underWay) outgoing.destroy(new Error("given up"));
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

  /** @throws ImpossibleRequest */
  #open(request: HttpRequest): ClientRequest {
    const { origin, proxy, body } = request;
    const module = origin.secure ? builtin("node:https") : builtin("node:http");
    if (module === undefined) throw new ImpossibleRequest("there is no HTTP client on this platform");
    const agent = this.#agent(request);
    const relayed = proxy !== undefined && !origin.secure;
    try {
      const outgoing = module.request({
        ...(agent !== undefined && { agent }),
        method: request.method,
        ...(relayed ? throughProxy(request, proxy) : directly(request)),
        headers: {
          ...request.headers,
          ...(relayed && { ...proxy.headers, Host: hostOf(origin) }),
          ...(body !== undefined && { "Content-Length": String(body.length) }),
        },
      });
      this.#opened(outgoing);
      return outgoing;
    } catch (error) {
      throw new ImpossibleRequest(error instanceof Error ? error.message : String(error));
    }
  }

  #opened(request: ClientRequest): void {
    this.#underWay.add(request);
    this.#lastStart = performance.now();
    request.on("close", () => {
      this.#underWay.delete(request);
      this.#lastEnd = performance.now();
    });
  }

  #agent({ origin, proxy, timeoutMs }: HttpRequest): Agent | undefined {
    const tunnelled = origin.secure && proxy !== undefined;
    const key = tunnelled ? proxy : origin.secure;
    const existing = this.#agents.get(key);
    if (existing !== undefined) return existing;
    const agent = tunnelled
      ? tunnelAgent(proxy, timeoutMs, (request) => this.#opened(request))
      : newAgent(origin.secure);
    if (agent !== undefined) this.#agents.set(key, agent);
    return agent;
  }
}

function newAgent(secure: boolean): Agent | undefined {
  const AgentClass = (secure ? builtin("node:https") : builtin("node:http"))?.Agent;
  return AgentClass === undefined ? undefined : new AgentClass({ keepAlive: true, maxSockets: 4 });
}

function directly({ origin, path }: HttpRequest) {
  return {
    hostname: origin.hostname,
    ...(origin.port !== "" && { port: origin.port }),
    ...(origin.socketPath !== undefined && { socketPath: origin.socketPath }),
    path: origin.basePath + path,
  };
}

/** Plain http: the proxy is given the whole address. */
function throughProxy({ origin, path }: HttpRequest, proxy: HttpProxy) {
  return {
    hostname: proxy.origin.hostname,
    ...(proxy.origin.port !== "" && { port: proxy.origin.port }),
    path: `http://${hostOf(origin)}${origin.basePath}${path}`,
  };
}

function hostOf({ hostname, port }: Origin): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return port === "" ? host : `${host}:${port}`;
}
