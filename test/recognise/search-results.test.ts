import { expect, test } from "vitest";
import { mixed, openaiPage, unknown } from "./payloads/search-results.js";
import { standIn } from "./stand-in.js";
import { tracedProgram } from "./traced-program.js";

test("documents are read out of what vector stores give", async () => {
  const { span, stdout } = await tracedProgram("search-results", await standIn(() => ({ json: openaiPage })));
  expect(stdout).toBe("1\n");

  const documents = (name: string) => span(name).meta.output;
  const refunds = { text: "Refunds take five days.", name: "policy.md" };
  const page = [{ text: "Refunds take\nfive days.", name: "policy.md", id: "file-1", score: 0.9 }];

  expect(documents("pinecone")).toEqual({
    documents: [
      { ...refunds, id: "p-1", score: 0.9 },
      { text: '{"chapter":2}', id: "p-2", score: 0.7 },
    ],
  });
  expect(documents("chroma")).toEqual({
    documents: [
      { ...refunds, id: "c-1" },
      { text: "Parcels leave on Mondays.", id: "c-2" },
    ],
  });
  expect(documents("qdrant")).toEqual({ documents: [{ ...refunds, name: "Policy", id: "7", score: 0.9 }] });
  expect(documents("weaviate")).toEqual({
    documents: [{ ...refunds, id: "00000000-0000-0000-0000-000000000001", score: 0.9 }],
  });
  expect(documents("knowledgeBase")).toEqual({ documents: [{ text: "Refunds take five days.", score: 0.9 }] });
  expect(documents("llamaindex")).toEqual({ documents: [{ ...refunds, id: "n-1", score: 0.9 }] });
  expect(documents("openaiPage")).toEqual({ documents: page });
  expect(documents("page")).toEqual({ documents: page });
  expect(documents("rows")).toEqual({ documents: [{ text: "Refunds take five days.", id: "3", score: 0.9 }] });
  expect(documents("unknown")).toEqual({ documents: [{ text: JSON.stringify(unknown) }] });
  expect(documents("mixed")).toEqual({ documents: [{ text: JSON.stringify(mixed) }] });
});
