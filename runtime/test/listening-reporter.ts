import { Reporter } from "../src/report.js";

/** Keeps what would be said on stderr. */
export class ListeningReporter extends Reporter {
  readonly said: string[] = [];

  override say(message: string): void {
    this.said.push(message);
  }
}
