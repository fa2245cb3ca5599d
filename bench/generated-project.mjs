import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER_SIZE = 50;
/** Modules that one module imports. */
const BRANCHES = 4;
/** One module in so many has a tag. */
const TAGGED_EVERY = 100;

/**
 * Writes a TypeScript project whose modules import one another in a tree, so that a bundle of the first holds all.
 *
 * @param {string} folder empty
 * @param {number} count of modules
 * @returns the path of the first module, and how many modules have a tag
 */
export function writeProject(folder, count) {
  let tagged = 0;
  for (let index = 0; index < count; index++) {
    const first = index * BRANCHES + 1;
    const imports = Array.from({ length: BRANCHES }, (_, offset) => first + offset).filter((each) => each < count);
    const isTagged = index % TAGGED_EVERY === TAGGED_EVERY - 1;
    if (isTagged) tagged++;
    if (index % FOLDER_SIZE === 0) mkdirSync(join(folder, "src", folderOf(index)), { recursive: true });
    writeFileSync(join(folder, "src", pathOf(index)), moduleText({ index, imports, tagged: isTagged }));
  }
  return { entry: join(folder, "src", pathOf(0)), tagged };
}

function folderOf(index) {
  return `area-${Math.floor(index / FOLDER_SIZE)}`;
}

function pathOf(index) {
  return `${folderOf(index)}/module-${index}.ts`;
}

/**
 * A module of about 2.7 kB, always the same for the same index.
 *
 * @param {{ index: number, imports: readonly number[], tagged: boolean }} options
 */
export function moduleText({ index: n, imports, tagged }) {
  const tag = tagged ? "\n *\n * @llmobs task" : "";
  const lines = imports.map((each) => `import { load${each}, Store${each} } from "../${pathOf(each).slice(0, -3)}";`);
  return `${lines.map((line) => `${line}\n`).join("")}
/** What one entry of area ${n} holds. */
export interface Entry${n} {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly updatedAt: Date;
  readonly score?: number | undefined;
}

export type Filter${n} = Partial<Pick<Entry${n}, "id" | "title">> & { readonly limit?: number };

const DEFAULT_LIMIT_${n} = ${10 + (n % 90)};

/** Keeps entries by id, the newest first. */
export class Store${n} {
  readonly #entries = new Map<string, Entry${n}>();
  #changes = 0;

  constructor(private readonly name: string, entries: Iterable<Entry${n}> = []) {
    for (const entry of entries) this.put(entry);
  }

  get size(): number {
    return this.#entries.size;
  }

  put(entry: Entry${n}): this {
    this.#entries.set(entry.id, { ...entry, tags: [...entry.tags, this.name] });
    this.#changes++;
    return this;
  }

  find({ id, title, limit = DEFAULT_LIMIT_${n} }: Filter${n}): readonly Entry${n}[] {
    const found: Entry${n}[] = [];
    for (const entry of this.#entries.values()) {
      if (id !== undefined && entry.id !== id) continue;
      if (title !== undefined && !entry.title.toLowerCase().includes(title.toLowerCase())) continue;
      found.push(entry);
      if (found.length >= limit) break;
    }
    return found.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
  }

  describe(): string {
    return \`\${this.name}: \${this.size} entries, \${this.#changes} changes\`;
  }
}

/**
 * Reads the entries of area ${n} and those of the areas below.
 *
 * @param name what the store is called
 * @returns one line a store${tag}
 */
export async function load${n}(name: string, options: { readonly depth: number }): Promise<readonly string[]> {
  const store = new Store${n}(name);
  for (let step = 0; step < options.depth; step++) {
    const id = \`${n}-\${step}\`;
    store.put({ id, title: \`Entry \${step} of \${name}\`, tags: ["area-${n % 7}"], updatedAt: new Date(step * 1000) });
  }
  const below: readonly (readonly string[])[] = await Promise.all([
${imports.map((each) => `    load${each}(new Store${each}(name).describe(), { depth: options.depth - 1 }),\n`).join("")}  ]);
  return [store.describe(), ...below.flat()];
}

/** The tags of some entries with how often each occurs, the most frequent first. */
export function tagCounts${n}(entries: Iterable<Entry${n}>): readonly (readonly [tag: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { tags } of entries) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

export function rank${n}(entries: readonly Entry${n}[], weights: Readonly<Record<string, number>> = {}): Entry${n}[] {
  const weight = (entry: Entry${n}) =>
    entry.tags.reduce((sum, tag) => sum + (weights[tag] ?? 0), entry.score ?? ${n % 13});
  return [...entries].sort((a, b) => weight(b) - weight(a) || a.id.localeCompare(b.id));
}
`;
}
