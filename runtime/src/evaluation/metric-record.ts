import type { ExportRecord } from "../export/record.js";
import type { JsonObject } from "../json.js";

/** An evaluation or feedback on its way out. */
export class MetricRecord implements ExportRecord {
  readonly type = "evaluation";
  readonly superseded = false;
  readonly weight: number;
  readonly #json: string;

  constructor(metric: JsonObject) {
    this.#json = JSON.stringify(metric);
    this.weight = this.#json.length;
  }

  encode(): string {
    return this.#json;
  }
}
