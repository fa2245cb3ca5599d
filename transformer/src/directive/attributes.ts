/** What an attribute may be written as: `name="text"`, `name={expression}` or bare `name`. */
interface AttributeRule {
  readonly text: boolean;
  readonly expression: boolean;
  readonly bare: boolean;
  /** Evaluated when the function has ended, with `result` in scope, whatever names it uses. */
  readonly atEnd: boolean;
}

const either: AttributeRule = { text: true, expression: true, bare: false, atEnd: false };
const expressionOnly: AttributeRule = { text: false, expression: true, bare: false, atEnd: false };

export const ATTRIBUTES = {
  name: either,
  sessionId: either,
  mlApp: either,
  modelName: either,
  modelProvider: either,
  input: { text: true, expression: true, bare: true, atEnd: false },
  output: { text: true, expression: true, bare: true, atEnd: true },
  metadata: expressionOnly,
  metrics: { ...expressionOnly, atEnd: true },
  tags: expressionOnly,
  prompt: expressionOnly,
  toolDefinitions: expressionOnly,
  redact: { text: true, expression: false, bare: false, atEnd: false },
} as const satisfies Record<string, AttributeRule>;

export type AttributeName = keyof typeof ATTRIBUTES;

export const ATTRIBUTE_NAMES = Object.keys(ATTRIBUTES).filter(isAttributeName);

export function isAttributeName(word: string): word is AttributeName {
  return Object.hasOwn(ATTRIBUTES, word);
}
