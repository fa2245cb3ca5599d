import { isJsonObject, type Json, type JsonObject } from "../json.js";
import { object, text } from "./fields.js";

/** The model a request names: by its id, or as one of the AI SDK's model objects. */
export function requestedModel(request: JsonObject): string | undefined {
  const { model, modelId, modelName } = request;
  return text(model) ?? text(modelId) ?? (isModelObject(model) ? text(model.modelId) : undefined) ?? text(modelName);
}

/** The provider of an AI SDK's model object; other requests do not say it. */
export function requestedProvider({ model }: JsonObject): string | undefined {
  return isModelObject(model) ? aiSdkProvider(model.provider ?? object(model.config).provider) : undefined;
}

/** `specificationVersion` is what all versions of the AI SDK's models have. */
export function isModelObject(model: Json | undefined): model is JsonObject {
  return isJsonObject(model) && typeof model.specificationVersion === "string" && typeof model.modelId === "string";
}

/** `openai.chat` and `google.generative-ai` name the provider and its API; Bedrock has one name everywhere. */
export function aiSdkProvider(provider: Json | undefined): string | undefined {
  const name = text(provider)?.split(".")[0];
  return name === "amazon-bedrock" ? BEDROCK : name;
}

/** The name that the product's cost estimates know, whoever made the model. */
export const BEDROCK = "amazon_bedrock";
