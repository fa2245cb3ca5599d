import { VERSION } from "../version.js";

/** The most one request's body may hold, in bytes (5 MiB, the limit of dd-trace 6.21 and dd-trace-py). */
export const MAX_BODY_BYTES = 5_242_880;
/** The most spans one request carries (dd-trace 6.21 buffers as many). */
export const MAX_BODY_SPANS = 1000;

// One envelope a span, its keys in this order, in an array: as captured from dd-trace 6.21.
const BEFORE = `{"_dd.stage":"raw","_dd.tracer_version":"${VERSION}","event_type":"span","spans":[`;
const AFTER = "]}";

/** The longest event, in bytes, that still fits into a request of its own. */
export const MAX_EVENT_BYTES = MAX_BODY_BYTES - BEFORE.length - AFTER.length - "[]".length;

/** One request's body, pure ASCII, and how many spans it carries. */
export interface SpanBody {
  readonly text: string;
  readonly spans: number;
}

/** Packs events, each one JSON object in pure ASCII of at most `MAX_EVENT_BYTES`, into bodies within both limits. */
export function packSpans(events: readonly string[]): SpanBody[] {
  const bodies: SpanBody[] = [];
  let envelopes: string[] = [];
  let bytes = 0;
  for (const event of events) {
    const envelope = BEFORE + event + AFTER;
    // Each envelope brings a comma or a bracket, and there is one closing bracket.
    if (envelopes.length > 0 && (envelopes.length === MAX_BODY_SPANS || bytes + envelope.length + 2 > MAX_BODY_BYTES)) {
      bodies.push({ text: `[${envelopes.join(",")}]`, spans: envelopes.length });
      envelopes = [];
      bytes = 0;
    }
    envelopes.push(envelope);
    bytes += envelope.length + 1;
  }
  if (envelopes.length > 0) bodies.push({ text: `[${envelopes.join(",")}]`, spans: envelopes.length });
  return bodies;
}
