import { configureFromEnvironment } from "./activation.js";
import { llmobs } from "./llmobs.js";

export { ValidationError } from "./evaluation/validation-error.js";
export { redact } from "./processor/redact.js";
export type * from "./types.js";
export { llmobs };

configureFromEnvironment();
