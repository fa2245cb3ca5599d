/** What is wrong, told apart by field; codes stay the same across versions. */
export type ValidationCode =
  | "LLMOBS_INVALID_OPTIONS"
  | "LLMOBS_INVALID_TARGET"
  | "LLMOBS_INVALID_SUBMITTER"
  | "LLMOBS_INVALID_TIMESTAMP"
  | "LLMOBS_INVALID_LABEL"
  | "LLMOBS_INVALID_METRIC_TYPE"
  | "LLMOBS_INVALID_VALUE"
  | "LLMOBS_INVALID_ASSESSMENT"
  | "LLMOBS_INVALID_REASONING"
  | "LLMOBS_INVALID_METADATA"
  | "LLMOBS_INVALID_TAGS"
  | "LLMOBS_INVALID_EVAL_SCOPE";

/** An evaluation or feedback that cannot be sent as it was given. */
export class ValidationError extends TypeError {
  override readonly name = "ValidationError";
  readonly code: ValidationCode;
  /** The option that is wrong, such as `metricType` or `submitter.id`. */
  readonly field: string;

  /** @param rule what holds for the field, such as `must be a string` */
  constructor(call: string, code: ValidationCode, field: string, rule: string) {
    super(`llmobs.${call}: ${field} ${rule}`);
    this.code = code;
    this.field = field;
  }
}
