import type { Content, Message } from "../../api/contract.js";

/** Results of tools by the id of the call they answer, wherever in the contents they stand. */
export function answersIn(contents: readonly Content[]): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const content of contents) {
    if (content.type !== "messages") continue;
    for (const [id, text] of answersOf(content.messages)) answers.set(id, text);
  }
  return answers;
}

export function answersOf(messages: readonly Message[]): readonly (readonly [id: string, text: string])[] {
  return messages.flatMap(({ toolResults }) =>
    toolResults.flatMap(({ id, result }) => (id === null ? [] : [[id, result] as const])),
  );
}
