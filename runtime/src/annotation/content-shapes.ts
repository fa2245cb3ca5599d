import type { SpanKind } from "../span/kinds.js";

/** One message of a conversation. */
export interface Message {
  /** Such as `system`, `user`, `assistant`, `tool`. Default: empty. */
  readonly role?: string | undefined;
  /** Text, or the list of parts that chat APIs take; nothing beside tool calls. */
  readonly content?: string | readonly MessagePart[] | null | undefined;
  readonly toolCalls?: readonly ToolCall[] | undefined;
  readonly toolResults?: readonly ToolResult[] | undefined;
  /** Of a message with role `tool`: the call it answers. */
  readonly toolId?: string | undefined;
  readonly audioParts?: readonly MediaPart[] | undefined;
  readonly imageParts?: readonly MediaPart[] | undefined;
}

/** One part of a message: its text is recorded, of other parts their type. */
export interface MessagePart {
  readonly type?: string | undefined;
  readonly text?: string | undefined;
}

/** A tool the model asks to be called. */
export interface ToolCall {
  readonly name?: string | undefined;
  /** An object, or its JSON text as chat APIs send it. */
  readonly arguments?: object | string | undefined;
  readonly toolId?: string | undefined;
  readonly type?: string | undefined;
}

/** What a tool answered. */
export interface ToolResult {
  readonly result?: string | undefined;
  readonly toolId?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

/** Audio or an image: its bytes as base64 text, or the key of what was uploaded before. */
export type MediaPart =
  | { readonly mimeType: string; readonly content: string; readonly attachmentKey?: undefined }
  | { readonly mimeType: string; readonly attachmentKey: string; readonly content?: undefined };

/** A retrieved or embedded text. */
export interface Document {
  readonly text: string;
  readonly name?: string | undefined;
  readonly id?: string | number | undefined;
  /** How well it matched; any scale. */
  readonly score?: number | undefined;
}

type Messages = string | Message | readonly (string | Message)[];
type Documents = string | Document | readonly (string | Document)[];

/** What goes into a span of each kind: https://docs.datadoghq.com/llm_observability/instrumentation/sdk/#annotating-a-span */
export interface InputOf extends Record<SpanKind, unknown> {
  readonly llm: Messages;
  readonly embedding: Documents;
}

/** What comes out of a span of each kind. */
export interface OutputOf extends Record<SpanKind, unknown> {
  readonly llm: Messages;
  readonly retrieval: Documents;
}
