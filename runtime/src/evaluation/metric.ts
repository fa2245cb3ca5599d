import type { ExportedSpan } from "../span/public-span.js";

/** A value and what sort it is of. */
export type MetricValue =
  | { readonly metricType: "categorical"; readonly value: string }
  /** Any finite number. */
  | { readonly metricType: "score"; readonly value: number }
  | { readonly metricType: "boolean"; readonly value: boolean }
  /** An object that JSON can hold. */
  | { readonly metricType: "json"; readonly value: object };

export type TextValue = { readonly metricType: "text"; readonly value: string };

/** What evaluations and feedback have in common. */
export interface MetricOptions {
  /** The metric's name; not empty, no dot. */
  readonly label: string;
  /** Default: the span's application where a span is given, else the configured one. */
  readonly mlApp?: string | undefined;
  /** Unix milliseconds. Default: now. */
  readonly timestampMs?: number | undefined;
  readonly tags?: Readonly<Record<string, string | number | boolean | null | undefined>> | undefined;
  readonly assessment?: "pass" | "fail" | undefined;
  /** Why the value is what it is. */
  readonly reasoning?: string | undefined;
}

export type EvaluationOptions = MetricOptions &
  MetricValue & {
    /** An object that JSON can hold. */
    readonly metadata?: object | undefined;
    /** `trace`: the span is its trace's root, and the whole trace is meant. Default: the span alone. */
    readonly evalScope?: "span" | "trace" | undefined;
  };

/** The span an evaluation is about: itself, its ids, or the one span that has a tag. */
export type EvaluationTarget = ExportedSpan | { readonly tag: { readonly key: string; readonly value: string } };

/** Who gave feedback. */
export interface Submitter {
  readonly id: string;
  /** Such as `user`. */
  readonly type?: string | undefined;
}

interface FeedbackTargets {
  readonly span: ExportedSpan;
  readonly spanId: string;
  readonly traceId: string;
  readonly sessionId: string;
  /** A key of the program's own. */
  readonly feedbackJoinKey: string;
}

type Only<Key extends keyof FeedbackTargets> = Pick<FeedbackTargets, Key> &
  Partial<Record<Exclude<keyof FeedbackTargets, Key>, undefined>>;

/** What feedback is about: exactly one of a span, a trace, a session and a key of the program's own. */
export type FeedbackTarget = { readonly [Key in keyof FeedbackTargets]: Only<Key> }[keyof FeedbackTargets];

export type FeedbackOptions = MetricOptions &
  (MetricValue | TextValue) &
  FeedbackTarget & { readonly submitter: Submitter };
