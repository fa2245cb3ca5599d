import { KINDS, type Kind } from "@llmobs/transformer";
import { ts } from "ts-morph";

/** What providers/*.d.ts say about a declaration; see the README there. */
export type Mark =
  | { readonly type: "traces"; readonly kind: Kind; readonly provider: string | undefined }
  /** A function given here is a tool. */
  | { readonly type: "tool" }
  /** A function given here is a step of a graph or a workflow. */
  | { readonly type: "node" }
  /** A function given here is called by a server framework. */
  | { readonly type: "handler" };

export function marksOf(declaration: ts.Node): readonly Mark[] {
  return ts.getJSDocTags(declaration).flatMap((tag): readonly Mark[] => {
    const name = tag.tagName.text;
    if (name === "tool" || name === "node" || name === "handler") return [{ type: name }];
    if (name !== "traces") return [];
    const [word = "", provider] = (ts.getTextOfJSDocComment(tag.comment) ?? "").trim().split(/\s+/);
    const kind = KINDS.find((each) => each === word);
    return kind === undefined ? [] : [{ type: "traces", kind, provider }];
  });
}
