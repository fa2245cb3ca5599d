import { type Fields, fields, filled, isFields, list, text } from "../span/fields.js";

/*
 * https://docs.datadoghq.com/llm_observability/instrumentation/api/: spans in a JSON:API object. It names some things
 * differently from the SDKs' wire; what is kept is the wire's.
 */

export function eventsOfPublicApi(body: unknown): readonly Fields[] {
  const attributes = fields(fields(fields(body).data).attributes);
  const app = filled(attributes.ml_app);
  const session = filled(attributes.session_id);
  const tags = [...(app === null ? [] : [`ml_app:${app}`]), ...list(attributes.tags)];
  return list(attributes.spans)
    .filter(isFields)
    .map((span) => ({
      ...span,
      status: span.status ?? "ok",
      tags: [...tags, ...list(span.tags)],
      ...(filled(span.session_id) === null && session !== null ? { session_id: session } : {}),
      meta: onWire(fields(span.meta)),
    }));
}

function onWire({ kind, metadata, input, ...meta }: Fields): Fields {
  const { model_name, model_provider, ...rest } = fields(metadata);
  return {
    "span.kind": text(kind) ?? "span",
    ...meta,
    input: withValue(input),
    ...(model_name === undefined ? {} : { model_name }),
    ...(model_provider === undefined ? {} : { model_provider }),
    metadata: rest,
  };
}

/** The prompt names its lists of keys without the wire's prefix. */
function withValue(input: unknown): unknown {
  const { prompt, ...rest } = fields(input);
  if (!isFields(prompt)) return input ?? {};
  const { query_variable_keys, context_variable_keys, ...named } = prompt;
  return {
    ...rest,
    prompt: {
      ...named,
      ...(query_variable_keys === undefined ? {} : { _dd_query_variable_keys: query_variable_keys }),
      ...(context_variable_keys === undefined ? {} : { _dd_context_variable_keys: context_variable_keys }),
    },
  };
}
