import type { HttpClient } from "./http.js";
import type { Origin } from "./origin.js";

const TIMEOUT_MS = 2000;
const MAX_INFO_BYTES = 1_048_576;

/**
 * Whether the Datadog Agent there passes LLM spans on: its `/info` lists an
 * endpoint that starts with `/evp_proxy/v2/` (the test dd-trace 6.21 makes).
 * Never rejects; no answer is a no.
 */
export async function agentAcceptsSpans(client: HttpClient, agent: Origin): Promise<boolean> {
  try {
    const response = await client.request({
      origin: agent,
      method: "GET",
      path: "/info",
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_INFO_BYTES,
    });
    const info: unknown = JSON.parse(response.body);
    if (response.status !== 200 || typeof info !== "object" || info === null || !("endpoints" in info)) return false;
    const endpoints: unknown = info.endpoints;
    return Array.isArray(endpoints) && endpoints.some((path) => String(path).startsWith("/evp_proxy/v2/"));
  } catch {
    return false;
  }
}
