import type { ContextAnnotation } from "../annotation/context-annotation.js";
import type { ParentSpan } from "../span/parent-span.js";
import type { Span } from "../span/span.js";

/** What holds in one run of asynchronous code. A span is the context of its own work. */
export interface Context {
  /** The span that `annotate` and `exportSpan` mean; undefined between services, where only a parent is known. */
  readonly activeSpan: Span | undefined;
  /** The span that new ones go below. */
  readonly parentSpan: ParentSpan | undefined;
  /** What `annotationContext` says of every new span, the outermost first. */
  readonly annotations: readonly ContextAnnotation[] | undefined;
}
