import { VERSION } from "../version.js";
import type { Framing } from "./batch.js";

/** The most one request's body may hold, in bytes (5 MiB, the limit of dd-trace 6.21 and dd-trace-py). */
export const MAX_BODY_BYTES = 5_242_880;

/** One envelope a span, its keys in this order, in an array: as captured from dd-trace 6.21. */
export const SPAN_ENVELOPES: Framing = {
  open: "[",
  before: () => BEFORE_SPAN,
  after: "]}",
  between: ",",
  close: "]",
};

const BEFORE_SPAN = `{"_dd.stage":"raw","_dd.tracer_version":"${VERSION}","event_type":"span","spans":[`;

/** One document with all metrics: as captured from dd-trace 6.21. */
export const EVALUATION_METRICS: Framing = {
  open: '{"data":{"type":"evaluation_metric","attributes":{"metrics":[',
  before: () => "",
  after: "",
  between: ",",
  close: "]}}}",
};

/** The longest event, in bytes, that still fits into a request of its own. */
export function maxEventBytes(maxBodyBytes: number): number {
  const { open, after, close } = SPAN_ENVELOPES;
  return maxBodyBytes - open.length - BEFORE_SPAN.length - after.length - close.length;
}
