import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("../../providers/", import.meta.url);

export interface ProviderDeclarations {
  /** Absolute path and text of each file of declarations. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Matches texts that may use a provider: a quoted package name, a model server's path, or a call that only models have. */
  readonly mention: RegExp;
}

const API_PATHS = [
  "/chat/completions",
  "/v1/messages",
  "/v1/responses",
  "/v1/embeddings",
  "/api/generate",
  "/api/chat",
];
/** Calls that `calls.ts` knows whatever the client is. */
const CALLS = [
  ".chat.completions.",
  ".responses.",
  ".messages.",
  ".generateContent",
  ".embeddings.create",
  ".embedQuery",
  ".embedDocuments",
  ".embedContent",
  ".similaritySearch",
];
const VECTOR_OPERATORS = ["<=>", "<#>", "match_documents", "cosineDistance", "cosineSimilarity", "vectorSearch"];

/** Reads what is known about packages; see providers/README.md. */
export function readProviders(): ProviderDeclarations {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".d.ts"))
    .sort()
    .map((name) => {
      const url = new URL(name, FOLDER);
      return { path: fileURLToPath(url), text: readFileSync(url, "utf8") };
    });
  const packages = files
    .filter(({ path }) => !path.endsWith("frameworks.d.ts"))
    .flatMap(({ text }) => [...text.matchAll(/^declare module "([^"]+)"/gm)].map(([, name = ""]) => name));
  const names = packages.map((name) => (name.endsWith("*") ? literally(name.slice(0, -1)) : `${literally(name)}["']`));
  return {
    files,
    mention: new RegExp(
      `["'](?:${names.join("|")})|${[...API_PATHS, ...CALLS, ...VECTOR_OPERATORS].map(literally).join("|")}`,
    ),
  };
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
