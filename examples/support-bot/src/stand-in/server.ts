import { LLMock } from "@copilotkit/aimock";
import { embeddings } from "./embeddings.js";
import { recordedAnswers } from "./recorded-answers.js";

export interface StandIn {
  url: string;
  stop(): Promise<void>;
}

/** Starts a server on this machine that speaks OpenAI's protocol and answers from a recording. */
export async function startStandIn(): Promise<StandIn> {
  const server = new LLMock({ port: 0, latency: 5, strict: true })
    .addFixturesFromJSON(recordedAnswers)
    .mount("/v1/embeddings", embeddings);
  const origin = await server.start();
  return { url: `${origin}/v1`, stop: () => server.stop() };
}
