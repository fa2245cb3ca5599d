/** What an attribute may be written as: `name="text"`, `name={expression}` or bare `name`. */
interface AttributeRule {
  readonly text: boolean;
  readonly expression: boolean;
  readonly bare: boolean;
  /** Evaluated when the function has ended, with `result` in scope, whatever names it uses. */
  readonly atEnd: boolean;
  /** What the function calls takes it over, so it is needed before there is a result. */
  readonly inherited: boolean;
}

const either: AttributeRule = { text: true, expression: true, bare: false, atEnd: false, inherited: false };
const expressionOnly: AttributeRule = { ...either, text: false };
const inherited: AttributeRule = { ...either, inherited: true };

export const ATTRIBUTES = {
  name: either,
  sessionId: inherited,
  mlApp: inherited,
  modelName: either,
  modelProvider: either,
  input: { ...either, bare: true },
  output: { ...either, bare: true, atEnd: true },
  metadata: expressionOnly,
  metrics: { ...expressionOnly, atEnd: true },
  tags: expressionOnly,
  prompt: expressionOnly,
  toolDefinitions: expressionOnly,
  redact: { ...either, expression: false },
} as const satisfies Record<string, AttributeRule>;

export type AttributeName = keyof typeof ATTRIBUTES;

export const ATTRIBUTE_NAMES = Object.keys(ATTRIBUTES).filter(isAttributeName);

export function isAttributeName(word: string): word is AttributeName {
  return Object.hasOwn(ATTRIBUTES, word);
}
