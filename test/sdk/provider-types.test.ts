import { llmobs } from "@llmobs/runtime";
import type { ChatCompletionMessage, ChatCompletionMessageParam } from "openai/resources/chat/completions";
import { expect, test } from "vitest";

test("a provider's messages can be annotated as they are", () => {
  const input: ChatCompletionMessageParam[] = [{ role: "user", content: [{ type: "text", text: "hi" }] }];
  const output: ChatCompletionMessage = { role: "assistant", content: "hi", refusal: null };
  // It is the compiler that tests: tracing is off.
  expect(llmobs.llm((span) => span.annotate({ inputData: input, outputData: output }))).toBeUndefined();
});
