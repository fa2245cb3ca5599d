import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { temporaryFolder } from "../../runtime/test/temporary-folder.js";
import { node } from "../hosts/workspace-folder.js";
import { type Event, eventsIn } from "./events.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));

export interface Traced {
  readonly stdout: string;
  /** The one span of a name, without what is no part of the answer. */
  span(name: string): Omit<Event, "name"> & { readonly streamed: boolean };
}

/** Runs `programs/<name>.ts` compiled and traced, with `ORIGIN` as its provider's server. It may not print errors. */
export async function tracedProgram(
  name: string,
  origin: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Traced> {
  const folder = temporaryFolder();
  const args = ["--import", "@llmobs/transformer/register", `programs/${name}.ts`];
  const { code, stdout, stderr } = await node(HERE, args, { LLMOBS_DIR: folder, ORIGIN: origin, ...env });
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
  const events = eventsIn(folder);
  return {
    stdout,
    span(wanted) {
      const found = events.filter((event) => event.name === wanted);
      const [event] = found;
      if (event === undefined || found.length > 1) {
        throw new Error(`${found.length} spans ${wanted} among ${events.map((each) => each.name).join()}`);
      }
      const { status, meta, metrics } = event;
      const { _llmobs: place, ...metadata } = meta.metadata;
      const { time_to_first_token: first, ...counts } = metrics;
      return { status, streamed: first !== undefined, meta: readable({ ...meta, metadata }), metrics: counts };
    },
  };
}

function readable({ input, output, model_name, model_provider, metadata, tool_definitions }: Event["meta"]) {
  const model = { ...(model_name === undefined ? {} : { model_name, model_provider: model_provider ?? "" }) };
  return { input, output, ...model, metadata, ...(tool_definitions === undefined ? {} : { tool_definitions }) };
}
