import { Reporter } from "../src/report.js";

/** Keeps what would be said on stderr. */
export class ListeningReporter extends Reporter {
  readonly said = new Map<string, string>();

  override warnOnce(key: string, message: string): void {
    if (!this.said.has(key)) this.said.set(key, message);
  }
}
