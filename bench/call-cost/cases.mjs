/**
 * What is measured, each in a process of its own.
 *
 * @typedef {object} Case
 * @property {"plain" | "instrumented"} subject
 * @property {boolean} isAsync
 * @property {boolean} [storage] the call goes through a bare `AsyncLocalStorage.run`
 * @property {"files" | "intake"} [traced] tracing is on, and its spans go there
 * @property {boolean} [memory] measures memory, not time
 */

/** @type {Readonly<Record<string, Case>>} */
export const CASES = {
  plainSync: { subject: "plain", isAsync: false },
  storageSync: { subject: "plain", isAsync: false, storage: true },
  offSync: { subject: "instrumented", isAsync: false },
  plain: { subject: "plain", isAsync: true },
  storage: { subject: "plain", isAsync: true, storage: true },
  off: { subject: "instrumented", isAsync: true },
  files: { subject: "instrumented", isAsync: true, traced: "files" },
  intake: { subject: "instrumented", isAsync: true, traced: "intake" },
  plainMemory: { subject: "plain", isAsync: true, memory: true },
  filesMemory: { subject: "instrumented", isAsync: true, traced: "files", memory: true },
};
