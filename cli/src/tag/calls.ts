import type { Kind } from "@llmobs/transformer";
import { ts } from "ts-morph";
import { type Mark, marksOf } from "./marks.js";

export type Call = ts.CallExpression | ts.NewExpression;

/** Work that a call does, with how sure that is from 0 to 1. */
export interface Evidence {
  readonly kind: Kind;
  readonly provider: string | undefined;
  readonly call: Call;
  readonly confidence: number;
}

/** Reads calls through the type checker: what packages do, and which declarations of the project are meant. */
export class CallReader {
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** What the call does, if a package does it. */
  evidence(call: Call): Evidence | undefined {
    if (ts.isNewExpression(call)) return undefined;
    for (const mark of this.marks(call.expression)) {
      if (mark.type !== "traces") continue;
      const kind = mark.kind === "llm" && runsTools(call) ? "agent" : mark.kind;
      return { kind, provider: mark.provider, call, confidence: 0.95 };
    }
    return this.declarations(call.expression).length === 0 ? evidenceOfText(call) : undefined;
  }

  /** The marks of what an expression names. */
  marks(expression: ts.Expression): readonly Mark[] {
    return this.declarations(expression).flatMap(marksOf);
  }

  /** What an expression names, through imports and re-exports; empty when that is unknown. */
  declarations(expression: ts.Node): readonly ts.Declaration[] {
    const named = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
    let symbol = this.#checker.getSymbolAtLocation(named);
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = this.#checker.getAliasedSymbol(symbol);
    return symbol?.declarations ?? [];
  }

  /** What `{ name }` takes its value from. */
  shorthandDeclarations(property: ts.ShorthandPropertyAssignment): readonly ts.Declaration[] {
    let symbol = this.#checker.getShorthandAssignmentValueSymbol(property);
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = this.#checker.getAliasedSymbol(symbol);
    return symbol?.declarations ?? [];
  }

  /** The marks of the place a function is given to: an argument, or a property of an object in one. */
  marksOfPlace(value: ts.Node): readonly Mark[] {
    const { parent } = value;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return this.#marksOfArgument(parent, value);
    const property = ts.isPropertyAssignment(parent) && parent.initializer === value ? parent : value;
    if (!ts.isObjectLiteralElementLike(property) || !ts.isObjectLiteralExpression(property.parent)) return [];
    const name = property.name;
    if (name === undefined || ts.isComputedPropertyName(name)) return [];
    const type = this.#checker.getContextualType(property.parent);
    const symbol = type === undefined ? undefined : this.#checker.getNonNullableType(type).getProperty(name.text);
    return symbol?.declarations?.flatMap(marksOf) ?? [];
  }

  #marksOfArgument(call: Call, value: ts.Node): readonly Mark[] {
    const passed: readonly ts.Node[] = call.arguments ?? [];
    const index = passed.indexOf(value);
    if (index < 0) return [];
    return this.declarations(call.expression).flatMap((declaration) => {
      const own = marksOf(declaration).filter(({ type }) => type !== "traces");
      if (!ts.isFunctionLike(declaration)) return own;
      const parameter = declaration.parameters[index];
      return parameter === undefined ? own : [...own, ...marksOfParameter(parameter)];
    });
  }
}

/** A comment inside the parameter list, which the parser gives to no tag. */
function marksOfParameter(parameter: ts.ParameterDeclaration): readonly Mark[] {
  const comments = parameter.getFullText();
  return (["tool", "node"] as const).filter((type) => comments.includes(`@${type}`)).map((type) => ({ type }));
}

/** `generateText({ tools, stopWhen })`: the package loops, calling model and tools in turn. */
function runsTools(call: ts.CallExpression): boolean {
  const [options] = call.arguments;
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return false;
  const names = options.properties.flatMap(({ name }) =>
    name !== undefined && ts.isIdentifier(name) ? name.text : [],
  );
  return names.includes("tools") && (names.includes("stopWhen") || names.includes("maxSteps"));
}

/** Ways to write a call that mean one thing in every code base, for clients whose type is unknown. */
const TEXTS: readonly { readonly pattern: RegExp; readonly kind: Kind }[] = [
  { pattern: /\.chat\.completions\.(?:create|parse|stream)$/, kind: "llm" },
  { pattern: /\.responses\.(?:create|parse|stream)$/, kind: "llm" },
  { pattern: /\.messages\.(?:create|stream)$/, kind: "llm" },
  { pattern: /\.(?:generateContent|generateContentStream)$/, kind: "llm" },
  { pattern: /\.embeddings\.create$/, kind: "embedding" },
  { pattern: /\.(?:embedQuery|embedDocuments|embedContent)$/, kind: "embedding" },
  { pattern: /\.(?:similaritySearch|similaritySearchWithScore|similaritySearchVectorWithScore)$/, kind: "retrieval" },
];

const ADDRESSES: readonly { readonly pattern: RegExp; readonly kind: Kind }[] = [
  {
    pattern: /\/(?:chat\/completions|v1\/messages|v1\/responses|v1\/completions|api\/generate|api\/chat)\b/,
    kind: "llm",
  },
  { pattern: /:(?:generateContent|streamGenerateContent)\b/, kind: "llm" },
  { pattern: /\/(?:v1\/embeddings|api\/embed|api\/embeddings)\b/, kind: "embedding" },
];

/** Queries by distance, in SQL or as the function of a query builder. */
const VECTOR_QUERY = /<=>|<#>|<->|\bmatch_\w+|\bcosineDistance\b|\bl2Distance\b|\bvectorSearch\b/;

function evidenceOfText(call: ts.CallExpression): Evidence | undefined {
  const callee = call.expression.getText().replace(/\s+|\?(?=\.)/g, "");
  const found = TEXTS.find(({ pattern }) => pattern.test(callee));
  if (found !== undefined) return { kind: found.kind, provider: undefined, call, confidence: 0.8 };
  const first = call.arguments[0]?.getText() ?? "";
  if (/(?:^|\.)(?:fetch|post|request|ofetch|\$fetch)$/.test(callee)) {
    const address = ADDRESSES.find(({ pattern }) => pattern.test(first));
    if (address !== undefined) return { kind: address.kind, provider: undefined, call, confidence: 0.8 };
  }
  if (
    /(?:^|\.)(?:query|execute|rpc|unsafe|orderBy|\$queryRaw|\$queryRawUnsafe)$/.test(callee) &&
    VECTOR_QUERY.test(first)
  ) {
    return { kind: "retrieval", provider: undefined, call, confidence: 0.8 };
  }
  return undefined;
}
