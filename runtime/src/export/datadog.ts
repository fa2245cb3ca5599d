import type { DatadogDestination } from "../configuration/settings.js";
import type { Reporter } from "../report.js";
import { findRoute, type Route } from "./datadog-route.js";
import { MAX_EVENT_BYTES, packSpans, type SpanBody } from "./envelope.js";
import { HttpClient } from "./http.js";
import type { LaneExporter } from "./lane.js";
import type { EncodedRecord } from "./record.js";
import { isRetryable, MAX_ATTEMPTS, retryDelayMs } from "./retry.js";

const TIMEOUT_MS = 5000;

/** Resolves once it is known where to send, with null (warned about) when there is nowhere. Never rejects. */
export async function openDatadogExporter(
  destination: DatadogDestination,
  reporter: Reporter,
): Promise<LaneExporter | null> {
  const client = new HttpClient();
  const route = await findRoute(destination, client, reporter);
  return route === null ? null : new DatadogExporter(route, client, reporter);
}

class DatadogExporter implements LaneExporter {
  readonly name = "datadog";
  readonly wantsStart = false;
  readonly #route: Route;
  readonly #client: HttpClient;
  readonly #reporter: Reporter;
  /** Records given to `send` and neither acknowledged nor given up. */
  #unsettled = 0;
  /** Counts the calls of `abandon`: a send that began before the last one is over. */
  #era = 0;
  #cutPause = (): void => {};

  constructor(route: Route, client: HttpClient, reporter: Reporter) {
    this.#route = route;
    this.#client = client;
    this.#reporter = reporter;
  }

  async send(records: readonly EncodedRecord[]): Promise<void> {
    const era = this.#era;
    const events: string[] = [];
    for (const { type, json } of records) {
      if (type === "evaluation") this.#giveUp(1, "evaluation", "evaluations are not sent to Datadog");
      else if (json.length <= MAX_EVENT_BYTES) events.push(json);
      else this.#giveUp(1, "too-large", `a span of ${json.length} bytes is more than Datadog takes`);
    }
    this.#unsettled += events.length;
    for (const body of packSpans(events)) {
      if (era !== this.#era) return;
      await this.#deliver(body, era);
    }
  }

  /** There is no synchronous HTTP: nothing can be delivered any more. */
  sendSync(): number {
    return 0;
  }

  abandon(): number {
    const unsettled = this.#unsettled;
    this.#unsettled = 0;
    this.#era++;
    this.#cutPause();
    this.#client.abort();
    return unsettled;
  }

  close(): void {
    this.#reporter.counters.droppedExport += this.abandon();
  }

  heldMs(): number {
    return this.#client.heldMs();
  }

  async #deliver(body: SpanBody, era: number): Promise<void> {
    let fault = "";
    for (let attempt = 1; ; attempt++) {
      let retryAfter: string | undefined;
      let final = attempt === MAX_ATTEMPTS;
      try {
        const response = await this.#client.request({
          origin: this.#route.origin,
          method: "POST",
          path: this.#route.path,
          headers: this.#route.headers,
          body: body.text,
          timeoutMs: TIMEOUT_MS,
        });
        if (response.status >= 200 && response.status < 300) {
          if (era === this.#era) {
            this.#unsettled -= body.spans;
            this.#reporter.counters.exported += body.spans;
          }
          return;
        }
        fault = `status ${response.status}`;
        retryAfter = response.retryAfter;
        final ||= !isRetryable(response.status);
      } catch (error) {
        fault = describe(error);
      }
      if (era !== this.#era) return;
      if (final) break;
      await this.#pause(retryDelayMs(attempt, retryAfter, Date.now()));
      if (era !== this.#era) return;
    }
    this.#unsettled -= body.spans;
    this.#giveUp(body.spans, fault, `${this.#route.label} did not take spans: ${fault}`);
  }

  #giveUp(spans: number, key: string, message: string): void {
    this.#reporter.counters.droppedExport += spans;
    this.#reporter.warnOnce(`datadog:${key}`, `${message}. They are dropped; see llmobs.stats().`);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      this.#cutPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** A refused connection to a name with several addresses has a code and an empty message. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ("code" in error ? String(error.code) : error.name);
}
