/** Answers of https://ai.google.dev/api/generate-content and https://ai.google.dev/api/embeddings */

const about = { modelVersion: "gemini-2.5-flash", responseId: "r-1" };

const usageMetadata = {
  promptTokenCount: 10,
  candidatesTokenCount: 7,
  thoughtsTokenCount: 5,
  toolUsePromptTokenCount: 3,
  cachedContentTokenCount: 4,
  totalTokenCount: 25,
  promptTokensDetails: [{ modality: "TEXT", tokenCount: 10 }],
};

const candidate = (parts: readonly unknown[], finishReason?: string, index = 0) => ({
  content: { parts, role: "model" },
  ...(finishReason === undefined ? {} : { finishReason }),
  index,
});

export const response = {
  ...about,
  candidates: [
    candidate(
      [
        { text: "They greet.", thought: true },
        { executableCode: { language: "PYTHON", code: "print(1)" } },
        { codeExecutionResult: { outcome: "OUTCOME_OK", output: "1" } },
        { text: "Hello", thoughtSignature: "c2ln" },
        { inlineData: { mimeType: "image/png", data: "iVBORw0KGgo=" } },
        { functionCall: { id: "fc_1", name: "get_weather", args: { city: "Paris" } } },
      ],
      "STOP",
    ),
  ],
  usageMetadata,
};

export const blocked = {
  ...about,
  promptFeedback: { blockReason: "SAFETY", safetyRatings: [] },
  usageMetadata: { promptTokenCount: 10, totalTokenCount: 10 },
};

export const chunks = [
  { ...about, candidates: [candidate([{ text: "They ", thought: true }])], usageMetadata: { promptTokenCount: 10 } },
  { ...about, candidates: [candidate([{ text: "greet.", thought: true }])], usageMetadata: { promptTokenCount: 10 } },
  { ...about, candidates: [candidate([{ text: "Hel" }])], usageMetadata: { promptTokenCount: 10 } },
  { ...about, candidates: [candidate([{ text: "lo" }])], usageMetadata: { promptTokenCount: 10 } },
  {
    ...about,
    candidates: [candidate([{ functionCall: { name: "get_weather", args: { city: "Paris" } } }], "STOP")],
    usageMetadata,
  },
];

/** The API behind `embedContent` takes batches. */
export const embeddings = { embeddings: [{ values: [0.1, 0.2, 0.3] }, { values: [0.4, 0.5, 0.6] }] };
