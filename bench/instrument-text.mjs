import { instrument } from "@llmobs/transformer";
import { moduleText } from "./generated-project.mjs";
import { interleaved } from "./statistics.mjs";

const ROUNDS = 15;
const UNTAGGED_TURNS = 200;

/** @type {import("./table.mjs").Group} */
export default {
  name: "instrument-text",
  title: "instrument() on one file",
  heads: { ratio: "of linear" },
  run,
};

/** @param {(text: string) => void} progress */
async function run(progress) {
  progress("untagged text");
  // Many texts, so that no search of one is a constant.
  const texts = Array.from({ length: 100 }, (_, index) => moduleText({ index, imports: [], tagged: false }));
  const untaggedKb = (texts.reduce((sum, { length }) => sum + length, 0) / 1000) * UNTAGGED_TURNS;
  const untaggedMs = await took(() => {
    for (let turn = 0; turn < UNTAGGED_TURNS; turn++) {
      for (const text of texts) if (transformed(text).code !== text) throw new Error("untagged text was changed");
    }
  });

  progress("1,000 lines");
  const { text, sites } = taggedFile();
  const taggedMs = await took(() => expectSites(text, sites));

  progress("10,000 sites");
  const [thousand, tenThousand] = [1000, 10_000].map((count) => ({ text: manySites(count), count }));
  const growth = await interleaved(
    [thousand, tenThousand].map((each) => () => expectSites(each.text, each.count)),
    5,
  );
  return [
    {
      name: "untagged text, a kB",
      value: (untaggedMs * 1000) / untaggedKb,
      unit: "µs",
      budget: { of: "value", atMost: 1 },
    },
    {
      name: `1,000 lines with ${sites} sites, map included`,
      value: taggedMs,
      unit: "ms",
      budget: { of: "value", atMost: 12 },
    },
    { name: "1,000 sites in one file", value: growth.medians[0], unit: "ms" },
    { name: "10,000 sites in one file", value: growth.medians[1], unit: "ms", ratio: growth.ratios[1] / 10 },
  ];
}

async function took(work) {
  const { medians } = await interleaved([work], ROUNDS);
  return medians[0];
}

function transformed(text) {
  return instrument(text, { filename: "generated.ts", root: "." });
}

function expectSites(text, count) {
  const { sites, map } = transformed(text);
  if (sites.length !== count || map === null) throw new Error(`${sites.length} sites were found, not ${count}`);
}

/** Modules with a tag each, one after the other until there are 1,000 lines. */
function taggedFile() {
  const lines = [];
  let sites = 0;
  while (lines.length < 1000) lines.push(...moduleText({ index: sites++, imports: [], tagged: true }).split("\n"));
  return { text: lines.join("\n"), sites };
}

function manySites(count) {
  const site = (_, index) => `/** @llmobs task */
export async function step${index}(input: string, { limit }: { limit: number }): Promise<string> {
  return input.slice(0, limit + ${index});
}`;
  return Array.from({ length: count }, site).join("\n");
}
