import type { CallExpression } from "oxc-parser";

/** Where in the author's text something is that stands for another place of it. */
export interface MovedPlace {
  readonly at: number;
  readonly standsFor: number;
}

/** Spaces and comments. */
const BETWEEN_TOKENS = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/y;

/** Words that V8 takes for no name even behind a dot. */
const RESERVED =
  /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with)$/;

/**
 * V8's stack traces say a call is at the name before its arguments or, where none is before them, at their
 * parenthesis: so it is where the runtime gave back what is called. Undefined where it was there already.
 */
export function calledAt(call: CallExpression, source: string): MovedPlace | undefined {
  const { callee, optional, typeArguments } = call;
  const name = callee.type === "MemberExpression" && !callee.computed ? callee.property : callee;
  if (optional || name.type !== "Identifier" || RESERVED.test(name.name)) return undefined;
  BETWEEN_TOKENS.lastIndex = typeArguments?.end ?? callee.end;
  BETWEEN_TOKENS.test(source);
  return { at: BETWEEN_TOKENS.lastIndex, standsFor: name.start };
}
