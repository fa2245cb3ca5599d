import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import type { ResponseCreateParamsNonStreaming } from "openai/resources/responses/responses";
import { z } from "zod";

const openai = new OpenAI({ apiKey: "k", baseURL: process.env.ORIGIN, maxRetries: 0 });

/** @llmobs llm name={_name} */
async function respond(_name: string, body: ResponseCreateParamsNonStreaming) {
  return await openai.responses.create(body);
}

/** @llmobs llm name={_name} */
async function streamed(_name: string, input: string) {
  return await openai.responses.create({ model: "gpt-5", input, stream: true });
}

/** @llmobs llm name="parse" */
function parse(input: string) {
  const format = zodTextFormat(z.object({ city: z.string() }), "place");
  return openai.responses.parse({ model: "refusal", input, text: { format } });
}

/** @llmobs llm name={_name} */
function helper(_name: string, input: string) {
  return openai.responses.stream({ model: "gpt-5", input });
}

await respond("whole", {
  model: "gpt-5",
  instructions: "Be kind.",
  reasoning: { effort: "low" },
  max_output_tokens: 100,
  input: [
    {
      role: "user",
      content: [
        { type: "input_text", text: "What is this?" },
        { type: "input_image", image_url: "data:image/jpeg;base64,/9j/4AAQ", detail: "auto" },
        { type: "input_file", file_id: "file-1" },
      ],
    },
    { type: "reasoning", id: "rs_0", summary: [] },
    { type: "function_call", call_id: "call_0", name: "see", arguments: "{}" },
    { type: "function_call_output", call_id: "call_0", output: "a cat" },
  ],
  tools: [
    { type: "function", name: "get_weather", parameters: { type: "object" }, strict: true },
    { type: "web_search" },
  ],
});
await respond("text", { model: "refusal", input: "hello" });
for await (const _ of await streamed("streamed", "hello"));
for await (const _ of await streamed("opened", "hello")) break;
let seen = 0;
for await (const _ of await streamed("broken", "hello")) if (++seen === Number(process.env.MIDDLE)) break;
await parse("hello");
await helper("awaited helper", "hello").finalResponse();
for await (const _ of helper("iterated helper", "hello"));
