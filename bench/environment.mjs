/** The process's environment without the user's own settings, which might switch tracing on. */
export function quietEnvironment(added = {}) {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(?:DD|LLMOBS)_/.test(key))),
    ...added,
  };
}
