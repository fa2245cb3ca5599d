import { missingAtEnd } from "../capture/truncation.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import { object, text } from "./fields.js";
import type { Part } from "./part.js";

/** A picture, sound or file in a message: base64 with its type when it is inline, else only what it is. */
interface Media {
  readonly kind: "image" | "audio" | "video" | "file" | "document";
  readonly mimeType?: string | undefined;
  readonly data?: string | undefined;
}

/** Inline pictures and sounds as such, other media as their kind in brackets; undefined for what is none. */
export function imageOrAudio(value: JsonObject): readonly Part[] | undefined {
  const media = mediaOf(value);
  if (media === undefined) return undefined;
  const { kind, mimeType, data } = media;
  const shown = kind === "image" || kind === "audio";
  // Half a picture cannot be shown.
  if (!shown || mimeType === undefined || data === undefined || data === "" || missingAtEnd(data) > 0) {
    return [{ type: "text", text: `[${kind}]` }];
  }
  return [{ type: kind, content: { mime_type: mimeType, content: data } }];
}

/** Undefined for what is no medium. */
export function mediaOf(value: JsonObject): Media | undefined {
  switch (value.type) {
    // OpenAI chat, Mistral, Cohere; OpenAI responses
    case "image_url":
    case "input_image": {
      const url = isJsonObject(value.image_url)
        ? value.image_url
        : isJsonObject(value.imageUrl)
          ? value.imageUrl
          : value;
      return dataUrl("image", url.url ?? value.image_url ?? value.imageUrl);
    }
    case "input_audio": {
      const { data, format } = object(value.input_audio);
      // Raw samples have no header that a player could read.
      const mimeType = format === "mp3" ? "audio/mpeg" : format === "wav" ? "audio/wav" : undefined;
      return { kind: "audio", mimeType, data: text(data) };
    }
    case "input_file":
      return { kind: "file" };
    // Anthropic; AI SDK; LangChain
    case "image":
    case "document":
    case "file":
    case "media":
    case "audio":
    case "video":
      return named(value.type, value);
  }
  if (typeof value.type === "string") return undefined;
  // Google
  if (isJsonObject(value.inlineData)) return typed(value.inlineData.mimeType, value.inlineData.data);
  if (isJsonObject(value.fileData)) return typed(value.fileData.mimeType, undefined);
  // Bedrock: bytes, which are not captured
  for (const kind of ["image", "video", "document", "audio"] as const) {
    if (isJsonObject(value[kind])) return { kind };
  }
  return undefined;
}

function named(type: "image" | "document" | "file" | "media" | "audio" | "video", value: JsonObject): Media {
  const source = isJsonObject(value.source) ? value.source : isJsonObject(value.file) ? value.file : value;
  const mimeType = source.media_type ?? source.mediaType ?? source.mime_type ?? source.mimeType ?? value.mediaType;
  const data = source.data ?? source.base64Data ?? source.base64 ?? value.image;
  if (typeof data === "string" && data.startsWith("data:")) return dataUrl(type === "media" ? "file" : type, data);
  // A file part may hold an address as well as base64.
  const inline = typeof data === "string" && /^[\w+/-]+={0,2}$/.test(data.slice(-100)) && !data.includes(":");
  const media = typed(mimeType, inline ? data : undefined);
  return type === "file" || type === "media" ? media : { ...media, kind: type };
}

function typed(mimeType: Json | undefined, data: Json | undefined): Media {
  const type = text(mimeType);
  const kind = /^(image|audio|video)\//.exec(type ?? "")?.[1];
  const known = kind === "image" || kind === "audio" || kind === "video" ? kind : "file";
  return { kind: known, mimeType: type, data: text(data) };
}

/** https://www.rfc-editor.org/rfc/rfc2397 */
function dataUrl(kind: Media["kind"], url: Json | undefined): Media {
  const match = typeof url === "string" ? /^data:([\w.+-]+\/[\w.+-]+);base64,/.exec(url) : null;
  return match === null ? { kind } : { kind, mimeType: match[1], data: text(url)?.slice(match[0].length) };
}
