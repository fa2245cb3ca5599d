import type { ContextAnnotation } from "../annotation/context-annotation.js";
import { state } from "../state.js";

export function annotationContext<Result>(options: ContextAnnotation, callback: () => Result): Result {
  if (state.active === null) return callback();
  const said = fields(options);
  if (said === undefined) {
    state.reporter.ignore("annotationContext:options", "annotationContext: options must be an object");
    return callback();
  }
  const around = state.storage.getStore();
  const context = {
    activeSpan: around?.activeSpan,
    parentSpan: around?.parentSpan,
    annotations: [...(around?.annotations ?? []), said],
  };
  return state.storage.run(context, callback);
}

/** Read once, so that a getter that throws does so here and not in every span. */
function fields(options: ContextAnnotation): ContextAnnotation | undefined {
  try {
    const { name, tags, costTags, prompt, agent } = options;
    return { name, tags, costTags, prompt, agent };
  } catch {
    return undefined;
  }
}
