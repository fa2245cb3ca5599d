import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  type Message,
} from "@aws-sdk/client-bedrock-runtime";

const client = new BedrockRuntimeClient({
  region: "us-east-1",
  endpoint: process.env.ORIGIN ?? "",
  credentials: { accessKeyId: "k", secretAccessKey: "s" },
  maxAttempts: 1,
});

/** @llmobs llm name="converse" */
async function converse(input: ConverseCommandInput) {
  return await client.send(new ConverseCommand(input));
}

/** @llmobs llm name="converse stream" */
async function converseStream(command: ConverseStreamCommand) {
  return await client.send(command);
}

/** @llmobs llm name={modelId} */
async function invoke(modelId: string, body: string) {
  return await client.send(new InvokeModelCommand({ modelId, body, contentType: "application/json" }));
}

/** @llmobs llm name={`stream ${modelId}`} */
async function invokeStream(modelId: string, body: string) {
  return await client.send(
    new InvokeModelWithResponseStreamCommand({ modelId, body, contentType: "application/json" }),
  );
}

/** @llmobs embedding name="embed" */
async function embed(command: InvokeModelCommand) {
  return await client.send(command);
}

const messages: Message[] = [{ role: "user", content: [{ text: "hello" }] }];
const modelId = "anthropic.claude-sonnet-4-5-20250929-v1:0";

await converse({
  modelId,
  inferenceConfig: { maxTokens: 100, temperature: 0.5, stopSequences: ["."] },
  system: [{ text: "Be kind." }, { cachePoint: { type: "default" } }],
  messages: [
    {
      role: "user",
      content: [{ text: "What is this?" }, { image: { format: "png", source: { bytes: new Uint8Array([1]) } } }],
    },
    { role: "assistant", content: [{ toolUse: { toolUseId: "tooluse_0", name: "see", input: { at: 1 } } }] },
    {
      role: "user",
      content: [
        { toolResult: { toolUseId: "tooluse_0", content: [{ json: { seen: "a cat" } }, { text: "or a dog" }] } },
      ],
    },
  ],
  toolConfig: {
    tools: [{ toolSpec: { name: "get_weather", description: "Weather", inputSchema: { json: { type: "object" } } } }],
  },
});
const { stream } = await converseStream(new ConverseStreamCommand({ modelId, messages }));
for await (const _ of stream ?? []);
for (const id of process.env.MODELS?.split(",") ?? []) {
  const { body } = await invoke(id, JSON.stringify({ prompt: "hello", temperature: 0.5, max_gen_len: 9 }));
  if (!body.transformToString().includes("Hello")) console.log(`${id} lost its body`);
}
for (const id of process.env.STREAMING?.split(",") ?? []) {
  const { body } = await invokeStream(id, JSON.stringify({ messages }));
  for await (const _ of body ?? []);
}
await embed(
  new InvokeModelCommand({ modelId: "amazon.titan-embed-text-v2:0", body: JSON.stringify({ inputText: "one" }) }),
);
