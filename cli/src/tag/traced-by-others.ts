import { ts } from "ts-morph";
import type { Unit } from "./units.js";

/** Wrappers and decorators of other tracing SDKs, and of ours. `migrate` turns them into tags. */
const WRAPPER =
  /(?:^|\.)(?:traceable|observe|startActiveObservation|wrapTraced|traced|withWorkflow|withTask|withAgent|withTool|withTrace|op|startActiveSpan|startSpan)$|(?:^|\.)llmobs\.(?:wrap|trace|workflow|agent|llm|tool|task|embedding|retrieval)$/;
const DECORATOR = /^(?:llmobs\.decorate|observe|traceable|workflow|task|agent|tool|Workflow|Task|Agent|Tool)$/;

/** The function is given to a tracing wrapper, or its class member has a tracing decorator. */
export function isTracedByOthers({ node }: Unit): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) && WRAPPER.test(parent.expression.getText())) return true;
  const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return decorators.some(({ expression }) =>
    DECORATOR.test((ts.isCallExpression(expression) ? expression.expression : expression).getText()),
  );
}
