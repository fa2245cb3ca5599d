/** Conditions of a statement, with its parameters numbered as they are added. */
export class Conditions {
  readonly #conditions: string[] = [];
  readonly #parameters: unknown[] = [];

  /** `$` in `condition` stands for the number of `value`'s parameter, wherever it is. */
  where(condition: string, value: unknown): this {
    this.#conditions.push(condition.replaceAll("$", this.parameter(value)));
    return this;
  }

  /** Adds nothing where `value` is undefined or an empty list. */
  maybe(condition: string, value: unknown): this {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return this;
    return this.where(condition, value);
  }

  always(condition: string): this {
    this.#conditions.push(condition);
    return this;
  }

  /** `$1` and so on. */
  parameter(value: unknown): string {
    this.#parameters.push(value);
    return `$${this.#parameters.length}`;
  }

  get parameters(): readonly unknown[] {
    return this.#parameters;
  }

  /** `true` where there are none. */
  toString(): string {
    return this.#conditions.length === 0 ? "true" : this.#conditions.map((each) => `(${each})`).join(" and ");
  }
}
