import { CATALOGUE, type DiagnosticCode, type DiagnosticValues } from "../diagnostics/catalogue.js";
import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import type { Language } from "../parse.js";
import { ATTRIBUTE_NAMES, ATTRIBUTES, type AttributeName, isAttributeName } from "./attributes.js";
import { findClosingBrace } from "./closing-brace.js";
import type { CommentText, Tag } from "./comment-text.js";
import type { AttributeValue, Directive, PlacedDirective, RedactionPaths } from "./directive.js";
import { type Expression, readExpression } from "./expression.js";
import { hasModel, isKind, WORDS } from "./kinds.js";
import { readPrompt } from "./prompt-template.js";
import { parseRedactPaths } from "./redact-paths.js";
import { compileRedaction } from "./redaction.js";
import { didYouMean } from "./suggest.js";

/** Reads the tag whose content begins at `contentStart` of the comment's text; `contentEnd` is where it stopped. */
export function parseDirective(
  comment: CommentText,
  tag: Tag,
  language: Language,
  diagnostics: DiagnosticList,
): { readonly placed: PlacedDirective; readonly contentEnd: number } {
  const reader = new DirectiveReader(comment, tag.contentStart, language, diagnostics);
  const directive = reader.read();
  const placed = {
    directive,
    start: comment.toFile(tag.start),
    end: comment.toFile(reader.headEnd),
    tagEnd: comment.toFile(directive.type === "trace" ? reader.lastEnd : reader.lineEnd),
  };
  return { placed, contentEnd: reader.end };
}

const WORD = /[^\s={}"'`]+/y;
const ATTRIBUTE_WORD = /[A-Za-z_$][\w$-]*/y;
const LINE_END = /[\n\r\u2028\u2029]/;
const NEXT_TAG = /@[A-Za-z]/y;

class DirectiveReader {
  readonly #comment: CommentText;
  readonly #text: string;
  readonly #language: Language;
  readonly #diagnostics: DiagnosticList;
  readonly #attributes = new Map<AttributeName, AttributeValue>();
  #at: number;
  #failed = false;
  /** Behind the kind. */
  headEnd: number;
  /** Behind what was read last. */
  lastEnd: number;

  constructor(comment: CommentText, start: number, language: Language, diagnostics: DiagnosticList) {
    this.#comment = comment;
    this.#text = comment.text;
    this.#language = language;
    this.#diagnostics = diagnostics;
    this.#at = start;
    this.headEnd = start;
    this.lastEnd = start;
  }

  /** Behind the last word of the line on which reading ended. */
  get lineEnd(): number {
    const rest = /^[^\r\n]*/.exec(this.#text.slice(this.lastEnd))?.[0] ?? "";
    return this.lastEnd + rest.trimEnd().length;
  }

  /** Behind what was read. */
  get end(): number {
    return this.#at;
  }

  read(): Directive {
    const tagStart = this.#at - "@llmobs".length;
    const ended = this.#skipSpace();
    const kindStart = this.#at;
    const word = ended ? undefined : this.#match(WORD);
    if (word === undefined || this.#text[this.#at] === "=") {
      this.#report("LLMOBS1002", tagStart, tagStart + "@llmobs".length, {});
      return { type: "invalid" };
    }
    this.headEnd = this.#at;
    this.lastEnd = this.#at;
    if (word === "ignore" || word === "ignore-file") return { type: word };
    if (!isKind(word)) {
      this.#report("LLMOBS1001", kindStart, this.#at, { word, suggestion: didYouMean(word, WORDS) });
      return { type: "invalid" };
    }
    while (!this.#skipSpace() && this.#readAttribute()) this.lastEnd = this.#at;
    if (this.#failed) return { type: "invalid" };
    for (const name of ["modelName", "modelProvider"] as const) {
      if (this.#attributes.has(name) && !hasModel(word)) {
        this.#report("LLMOBS1025", kindStart, this.headEnd, { word: name, kind: word });
      }
    }
    return this.#failed ? { type: "invalid" } : { type: "trace", kind: word, attributes: this.#attributes };
  }

  /** False ends the tag: what follows can't be read. */
  #readAttribute(): boolean {
    const start = this.#at;
    const word = this.#match(ATTRIBUTE_WORD);
    if (word === undefined) return this.#prose(start);
    const nameEnd = this.#at;
    const separated = this.#match(/[ \t]*=\s*/y) === undefined;
    if (separated) {
      if (!isAttributeName(word) || !ATTRIBUTES[word].bare) {
        if (!isAttributeName(word)) return this.#prose(start);
        this.#wrongForm(word, start, nameEnd);
        return true;
      }
      this.#keep(word, { type: "bare" }, start, nameEnd);
      return true;
    }
    const value = this.#readValue(word, start, nameEnd);
    if (value === undefined) return false;
    if (!isAttributeName(word)) {
      this.#report("LLMOBS1003", start, nameEnd, { word, suggestion: didYouMean(word, ATTRIBUTE_NAMES) });
      return true;
    }
    if (value === "faulty") return true;
    const rule = ATTRIBUTES[word];
    if (value.type === "expression" ? !rule.expression : !rule.text) this.#wrongForm(word, start, nameEnd);
    else this.#keep(word, value, start, nameEnd);
    return true;
  }

  /** Undefined when the value has no end, "faulty" when it was reported and reading can go on. */
  #readValue(word: string, nameStart: number, nameEnd: number): AttributeValue | "faulty" | undefined {
    const start = this.#at;
    const opening = this.#text[start];
    if (opening === '"' || opening === "'") {
      const end = this.#text.indexOf(opening, start + 1);
      if (end < 0) {
        this.#report("LLMOBS1005", start, start + 1, { word, quote: opening });
        return undefined;
      }
      this.#at = end + 1;
      const text = this.#text.slice(start + 1, end);
      return word === "redact" ? this.#redaction(text, start + 1) : { type: "text", text };
    }
    if (opening !== "{") {
      if (isAttributeName(word)) this.#wrongForm(word, nameStart, nameEnd);
      else this.#report("LLMOBS1003", nameStart, nameEnd, { word, suggestion: didYouMean(word, ATTRIBUTE_NAMES) });
      return undefined;
    }
    const end = findClosingBrace(this.#text, start);
    if (end === undefined) {
      this.#report("LLMOBS1006", start, start + 1, { word });
      return undefined;
    }
    this.#at = end + 1;
    const expression = readExpression(this.#text.slice(start + 1, end), this.#language);
    if (expression.type === "expression") {
      const inFile = this.#inFile(expression, start + 1);
      return word === "prompt" ? readPrompt(inFile, this.#language) : inFile;
    }
    if (expression.type === "syntax") {
      this.#report("LLMOBS1008", start, this.#at, { word, reason: expression.reason });
    } else {
      this.#report("LLMOBS1023", start, this.#at, { word, keyword: expression.keyword });
    }
    return "faulty";
  }

  #redaction(text: string, offset: number): RedactionPaths | "faulty" {
    const { paths, faults } = parseRedactPaths(text);
    const compiled = faults.length > 0 ? undefined : compileRedaction(paths.map(({ parts }) => parts));
    if (compiled !== undefined) {
      const place = (at: number) => this.#comment.toFile(offset + at);
      const placed = paths.map((path) => ({
        ...path,
        start: place(path.start),
        end: place(path.start + path.text.length),
      }));
      return { type: "redaction", compiled, paths: placed };
    }
    const tooMany = { text, start: 0, reason: "there are too many wildcards behind **" };
    for (const { text: path, start, reason } of faults.length > 0 ? faults : [tooMany]) {
      this.#report("LLMOBS1024", offset + start, offset + start + path.length, { path, reason });
    }
    return "faulty";
  }

  /** An expression whose places count from the start of the file. */
  #inFile(expression: Expression, offset: number): Expression {
    const place = (at: number) => this.#comment.toFile(offset + at);
    const reads = expression.reads.map((read) => ({ ...read, start: place(read.start), end: place(read.end) }));
    return { ...expression, reads };
  }

  #keep(name: AttributeName, value: AttributeValue, start: number, end: number): void {
    if (this.#attributes.has(name)) this.#report("LLMOBS1004", start, end, { word: name });
    else this.#attributes.set(name, value);
  }

  #wrongForm(name: AttributeName, start: number, end: number): void {
    const rule = ATTRIBUTES[name];
    const forms = [rule.text ? "a text" : "", rule.expression ? "an expression" : ""].filter((form) => form !== "");
    this.#report("LLMOBS1007", start, end, {
      word: name,
      takes: forms.join(" or "),
      write: [rule.text ? `${name}="…"` : "", rule.expression ? `${name}={…}` : ""].filter(Boolean).join(" or "),
    });
  }

  #prose(start: number): false {
    const rest = /^.*/.exec(this.#text.slice(start))?.[0].trim() ?? "";
    const word = /^\S+/.exec(rest)?.[0] ?? "";
    this.#report("LLMOBS1009", start, start + word.length, { word, prose: rest.replaceAll('"', "'") });
    return false;
  }

  /** True at the end of the tag: the comment's end, or the next `@word` at the start of a line. */
  #skipSpace(): boolean {
    const space = this.#match(/\s*/y) ?? "";
    if (this.#at >= this.#text.length) return true;
    if (!LINE_END.test(space)) return false;
    NEXT_TAG.lastIndex = this.#at;
    return NEXT_TAG.test(this.#text);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #report<Code extends DiagnosticCode>(code: Code, start: number, end: number, values: DiagnosticValues<Code>): void {
    this.#failed ||= CATALOGUE[code].severity === "error";
    this.#diagnostics.add(code, this.#comment.toFile(start), this.#comment.toFile(end), values);
  }
}
