import { type GenerateContentParameters, GoogleGenAI } from "@google/genai";

const ai = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: process.env.ORIGIN ?? "" } });
const model = "gemini-2.5-flash";

/** @llmobs llm name={_name} */
async function whole(_name: string, params: GenerateContentParameters) {
  return await ai.models.generateContent(params);
}

/** @llmobs llm name="streamed" */
async function streamed(contents: string) {
  return await ai.models.generateContentStream({ model, contents });
}

/** @llmobs embedding name="embed" */
async function embed(contents: string[]) {
  return await ai.models.embedContent({ model: "gemini-embedding-001", contents });
}

await whole("whole", {
  model,
  contents: [
    {
      role: "user",
      parts: [
        { text: "What is this?" },
        { inlineData: { mimeType: "image/png", data: "iVBORw0KGgo=" } },
        { fileData: { fileUri: "gs://a", mimeType: "application/pdf" } },
      ],
    },
    { role: "model", parts: [{ functionCall: { name: "see", args: { at: 1 } } }] },
    { role: "user", parts: [{ functionResponse: { name: "see", response: { output: "a cat" } } }] },
  ],
  config: {
    systemInstruction: "Be kind.",
    temperature: 0.5,
    maxOutputTokens: 100,
    tools: [
      {
        functionDeclarations: [
          { name: "get_weather", description: "Weather", parametersJsonSchema: { type: "object" } },
        ],
      },
    ],
  },
});
await whole("blocked", { model: "blocked", contents: "hello" });
for await (const _ of await streamed("hello"));
await embed(["one", "two"]);
