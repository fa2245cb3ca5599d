// The standard call: two parameters, a text of 500 units and a small object. Imported as it is, this is the untagged case.

/** @llmobs task */
export function answer(question, options) {
  return { id: question.length + options.limit, model: options.model, done: true };
}

/** @llmobs task */
export async function answerLater(question, options) {
  return { id: question.length + options.limit, model: options.model, done: true };
}
