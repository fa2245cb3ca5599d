import type { Reporter } from "../report.js";
import { allocate, Batch, type Framing } from "./batch.js";
import type { DatadogExporter } from "./datadog.js";
import { EVALUATION_METRICS, SPAN_ENVELOPES } from "./envelope.js";
import type { Losses } from "./losses.js";
import { RetryPause } from "./retry.js";
import { LINES } from "./span-file.js";
import type { ClaimedFile, SpillFolder } from "./spill-folder.js";

/** One exporter a sort of records, of its own: what earlier processes left does not hold up what this one makes. */
export type Resenders = Readonly<Record<"span" | "evaluation", DatadogExporter>>;

/** Sends what earlier processes kept, file by file. No member ever throws or rejects. */
export class Resending {
  readonly #folder: SpillFolder;
  readonly #reporter: Reporter;
  readonly #losses: Losses;
  readonly #pause = new RetryPause();
  #resenders: Resenders | undefined;
  /** Being tried at this moment, or about to be for the first time. */
  #busy: boolean;
  #over = false;
  #claimed: ClaimedFile | undefined;
  #waiters: Array<() => void> = [];

  /** @param open resolves with undefined when there is nowhere to send; never rejects */
  constructor(folder: SpillFolder, open: () => Promise<Resenders | undefined>, reporter: Reporter, losses: Losses) {
    this.#folder = folder;
    this.#reporter = reporter;
    this.#losses = losses;
    this.#busy = folder.hasUnsent();
    if (this.#busy) void this.#run(open);
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Resolves when all is sent, or nobody takes it for now. */
  settled(): Promise<void> {
    return this.#busy ? new Promise((resolve) => this.#waiters.push(resolve)) : Promise.resolve();
  }

  /** The process leaves: what is under way is for others to send. */
  leave(): void {
    this.#over = true;
    this.#pause.end();
    this.#resenders?.span.abandon();
    this.#resenders?.evaluation.abandon();
    this.#claimed?.release();
    this.#claimed = undefined;
    this.#rest();
  }

  heldMs(): number {
    return Math.max(this.#resenders?.span.heldMs() ?? 0, this.#resenders?.evaluation.heldMs() ?? 0);
  }

  async #run(open: () => Promise<Resenders | undefined>): Promise<void> {
    this.#resenders = await open();
    while (this.#resenders !== undefined && !this.#over) {
      this.#busy = true;
      const file = this.#folder.claim();
      if (file === undefined) break;
      this.#claimed = file;
      const isTaken = await this.#send(file, this.#resenders);
      // Released meanwhile.
      if (this.#claimed !== file) break;
      this.#claimed = undefined;
      if (isTaken) {
        file.remove();
        this.#pause.reset();
      } else {
        file.release();
        this.#rest();
        await this.#pause.take(undefined);
      }
    }
    this.#rest();
  }

  /** Whether the file's time is over: sent, or refused for good, or too old. */
  async #send(file: ClaimedFile, resenders: Resenders): Promise<boolean> {
    const { records, isEvaluations, batch } = readFile(file);
    if (file.isTooOld) {
      this.#losses.add("droppedExport", records, "the intake could not be reached for 14 days");
      return true;
    }
    const answer = await (isEvaluations ? resenders.evaluation : resenders.span).sendOnce(batch);
    if (answer.result === "delivered") this.#reporter.counters.exported += batch.records;
    else if (answer.result !== "later") this.#losses.add("droppedExport", batch.records, answer.reason);
    return answer.result !== "later";
  }

  #rest(): void {
    this.#busy = false;
    for (const resolve of this.#waiters) resolve();
    this.#waiters = [];
  }
}

interface ReadFile {
  readonly records: number;
  readonly isEvaluations: boolean;
  readonly batch: Batch;
}

function readFile({ text }: ClaimedFile): ReadFile {
  const lines = text.split(/(?<=\n)/);
  const type = text.startsWith(LINES.before("evaluation")) ? "evaluation" : "span";
  const framing: Framing = type === "evaluation" ? EVALUATION_METRICS : SPAN_ENVELOPES;
  const room = framing.before(type).length + framing.after.length + framing.between.length;
  const batch = new Batch(framing, allocate(text.length + lines.length * room + 100));
  for (const line of lines) {
    if (!line.startsWith(LINES.before(type)) || !line.endsWith(LINES.after)) continue;
    batch.append(type, line.slice(LINES.before(type).length, -LINES.after.length));
  }
  return { records: lines.length, isEvaluations: type === "evaluation", batch };
}
