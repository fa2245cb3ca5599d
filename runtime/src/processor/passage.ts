import { SpanRecord } from "../event/record.js";
import type { Span } from "../span/span.js";
import { type ActiveRuntime, state } from "../state.js";
import type { ProcessedSpan, Processor } from "./processed-span.js";
import { runProcessors } from "./run-processors.js";
import { View } from "./view.js";

/** One finished span on its way through the processors to the export queue. No member throws. */
export class Passage {
  readonly weight: number;
  readonly #span: Span;
  readonly #runtime: ActiveRuntime;
  readonly #left: (passage: Passage) => void;
  #view: View | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  /** @param left called once, when the span is in the export queue or dropped */
  constructor(span: Span, runtime: ActiveRuntime, left: (passage: Passage) => void) {
    this.#span = span;
    this.#runtime = runtime;
    this.#left = left;
    this.weight = span.weight;
  }

  start(processors: readonly Processor[]): void {
    try {
      this.#view = new View(this.#span, this.#runtime);
    } catch (error) {
      this.#runtime.reporter.counters.droppedExport++;
      this.#runtime.reporter.internalError("reading a span for processors", error);
      this.#end();
      return;
    }
    try {
      const given = this.#view.open();
      // A processor that calls traced code would otherwise make a span of every span.
      const answer = state.storage.run(state.untraced, () => runProcessors(given, processors));
      if (answer instanceof Promise) this.#wait(answer);
      else this.#answered(answer);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Ends it without the answers that are still missing. */
  giveUp(): void {
    this.#failed(new Error("it did not answer in time"));
  }

  #wait(answer: Promise<ProcessedSpan | null>): void {
    this.#timer = setTimeout(() => this.giveUp(), this.#runtime.settings.shutdownTimeoutMs);
    this.#timer.unref?.();
    answer.then(
      (span) => this.#answered(span),
      (error: unknown) => this.#failed(error),
    );
  }

  #answered(answer: ProcessedSpan | null): void {
    if (this.#over) return;
    if (answer === null) {
      this.#runtime.reporter.counters.droppedByProcessor++;
      this.#end();
      return;
    }
    try {
      this.#view?.close(answer);
    } catch (error) {
      this.#failed(error);
      return;
    }
    this.#export();
  }

  #failed(error: unknown): void {
    if (this.#over) return;
    const { reporter } = this.#runtime;
    reporter.counters.processorErrors++;
    const reason = error instanceof Error ? error.message : "it threw";
    reporter.warnOnce("processor", `a span processor failed, so the span goes without its content: ${reason}`);
    this.#view?.empty("a span processor failed: the content is left out");
    this.#export();
  }

  #export(): void {
    const { pipeline, settings, reporter } = this.#runtime;
    pipeline.push(new SpanRecord(this.#span, settings, reporter));
    this.#end();
  }

  #end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#left(this);
  }
}
