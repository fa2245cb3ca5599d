/** The same program for every major of the AI SDK: `SDK` and `PROVIDER` name the packages. */

const {
  generateText,
  streamText,
  generateObject,
  streamObject,
  embed,
  embedMany,
  jsonSchema,
  stepCountIs,
  tool,
}: typeof import("ai") = await import(process.env.SDK ?? "");
const { createOpenAI }: typeof import("@ai-sdk/openai") = await import(process.env.PROVIDER ?? "");

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
const openai = createOpenAI({ apiKey: "k", baseURL: process.env.ORIGIN ?? "" });
const embeddingModel = openai.textEmbeddingModel("text-embedding-3-small");
const model = openai.chat("gpt-4o");
const schema = jsonSchema<{ city: string }>({
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
});
const weather = tool({ description: "Weather", inputSchema: schema, execute: async () => ({ sky: "clear" }) });
const tools = { get_weather: weather };

type Text = Parameters<typeof generateText>[0];

/** @llmobs llm name="tools" */
async function withTools(options: Text) {
  return await generateText(options);
}

/** @llmobs llm name={_name} */
function streamed(_name: string, prompt: string) {
  return streamText({ model, prompt, tools, stopWhen: stepCountIs(2) });
}

/** @llmobs llm name={_name} */
function failing(_name: string, prompt: string, abortSignal?: AbortSignal) {
  const signal = abortSignal === undefined ? {} : { abortSignal };
  return streamText({ model, prompt, maxRetries: 0, onError: () => undefined, ...signal });
}

/** @llmobs workflow name="workflow" */
function workflow(prompt: string) {
  return streamText({ model, prompt });
}

/** @llmobs llm name="object" */
async function object(prompt: string) {
  return await generateObject({ model, prompt, schema });
}

/** @llmobs llm name={_name} */
function streamedObject(_name: string, prompt: string) {
  return streamObject({ model, prompt, schema });
}

/** @llmobs embedding name="embed" */
async function embedOne(options: { model: typeof embeddingModel; value: string }) {
  return await embed(options);
}

/** @llmobs embedding name="embedMany" */
async function embedAll(values: string[]) {
  return await embedMany({ model: embeddingModel, values });
}

async function read(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

const seen = {
  type: "tool-result",
  toolCallId: "call_0",
  toolName: "see",
  output: { type: "json", value: { seen: 1 } },
} as const;
await withTools({
  model,
  system: "Be kind.",
  temperature: 0.5,
  maxOutputTokens: 100,
  stopWhen: stepCountIs(2),
  tools,
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image", image: "iVBORw0KGgo=", mediaType: "image/png" },
      ],
    },
    {
      role: "assistant",
      content: [
        { type: "reasoning", text: "I look." },
        { type: "tool-call", toolCallId: "call_0", toolName: "see", input: { at: 1 } },
      ],
    },
    { role: "tool", content: [seen] },
  ],
});
await read(streamed("text stream", "hello").textStream);
await read(streamed("full stream", "hello").fullStream);
const awaited = streamed("awaited", "hello");
const text = await awaited.text;
await streamed("consumed", "hello").consumeStream();
const response = await streamed("response", "hello").toTextStreamResponse().text();
const ui = await streamed("ui", "hello").toUIMessageStreamResponse().text();
await read(workflow("plain").textStream);
await read(failing("failing", "fail").textStream);
const aborting = new AbortController();
const aborted = failing("aborted", "hello", aborting.signal);
aborting.abort();
await read(aborted.fullStream);
const unread = streamed("unread", "hello");
const made = await object("object");
await read(streamedObject("object stream", "object").partialObjectStream);
const begun = streamedObject("text of object", "object");
await read(begun.textStream);
await begun.object;
await embedOne({ model: embeddingModel, value: "one" });
await embedAll(["one", "two"]);
console.log(ui.includes("Sun"), Reflect.get(unread, "_steps").status.type);
console.log(text, response, (await awaited.totalUsage).totalTokens, made.object.city);
