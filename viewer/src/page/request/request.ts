/** The server's refusal, or that it can't be reached. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

export async function request<Answer>(path: string, options: RequestInit = {}): Promise<Answer> {
  const response = await send(path, options);
  return (await response.json()) as Answer;
}

/** @throws RequestError for any answer that is not 2xx */
export async function send(path: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new RequestError("The server does not answer. Is `llmobs-instrument view` still running?", null);
  }
  if (!response.ok) throw new RequestError(await refusalOf(response), response.status);
  return response;
}

async function refusalOf(response: Response): Promise<string> {
  try {
    const body: unknown = await response.json();
    if (typeof body === "object" && body !== null && "error" in body) return String(body.error);
  } catch {
    // Not JSON: the status says it.
  }
  return `The server answered ${response.status}.`;
}
