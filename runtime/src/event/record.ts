import type { Settings } from "../configuration/settings.js";
import type { EncodedEvent, EncodingSteps, ExportRecord } from "../export/record.js";
import type { Reporter } from "../report.js";
import type { Span } from "../span/span.js";
import { spanEvent, spanEventSteps, startEvent } from "./event.js";

/** A finished span on its way out. */
export class SpanRecord implements ExportRecord {
  readonly type = "span";
  readonly weight: number;
  readonly superseded = false;
  readonly #span: Span;
  readonly #settings: Settings;
  readonly #reporter: Reporter;

  constructor(span: Span, settings: Settings, reporter: Reporter) {
    this.#span = span;
    this.#settings = settings;
    this.#reporter = reporter;
    this.weight = span.weight;
  }

  encode(): EncodedEvent {
    return spanEvent(this.#span, this.#settings, this.#reporter);
  }

  encodeInSteps(): EncodingSteps {
    return spanEventSteps(this.#span, this.#settings, this.#reporter);
  }
}

/** A span that has begun: shown as running by local readers, unless it ends before its turn. */
export class StartRecord implements ExportRecord {
  readonly type = "start";
  readonly weight = 200;
  readonly #span: Span;
  readonly #settings: Settings;

  constructor(span: Span, settings: Settings) {
    this.#span = span;
    this.#settings = settings;
  }

  get superseded(): boolean {
    return this.#span.finished;
  }

  encode(): EncodedEvent {
    return startEvent(this.#span, this.#settings);
  }
}
