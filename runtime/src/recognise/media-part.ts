import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";

/** Audio and images of a message in the wire's form; a part without type, or without exactly one source, is left out. */
export function mediaParts(message: JsonObject): JsonObject {
  const audio = readParts(message.audioParts ?? message.audio_parts);
  const images = readParts(message.imageParts ?? message.image_parts);
  return {
    ...(audio.length === 0 ? {} : { audio_parts: audio }),
    ...(images.length === 0 ? {} : { image_parts: images }),
  };
}

function readParts(parts: Json | undefined): readonly JsonObject[] {
  return (isJsonArray(parts) ? parts : []).flatMap((part): JsonObject[] => {
    if (!isJsonObject(part)) return [];
    const type = part.mimeType ?? part.mime_type;
    const { content } = part;
    const key = part.attachmentKey ?? part.attachment_key;
    if (typeof type !== "string" || type === "") return [];
    if (typeof content === "string" && key === undefined) return [{ mime_type: type, content }];
    return typeof key === "string" && content === undefined ? [{ mime_type: type, attachment_key: key }] : [];
  });
}
