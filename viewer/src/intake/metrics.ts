import { type Fields, fields, isFields, list } from "../span/fields.js";

/** The metrics of `{data: {attributes: {metrics}}}`; tags beside the list are tags of each. */
export function metricsOf(body: unknown): readonly Fields[] {
  const attributes = fields(fields(fields(body).data).attributes);
  const shared = list(attributes.tags);
  return list(attributes.metrics)
    .filter(isFields)
    .map((metric) => (shared.length === 0 ? metric : { ...metric, tags: [...shared, ...list(metric.tags)] }));
}
