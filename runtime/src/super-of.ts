/**
 * The prototype of an object whose methods are to find by `super` what those of
 * another one find: `get` and `set` are written in such a method and use its `super`.
 */
export function superOf(get: (key: PropertyKey) => unknown, set: (key: PropertyKey, value: unknown) => void): object {
  return new Proxy(
    {},
    {
      get: (_target, key) => get(key),
      set(_target, key, value) {
        set(key, value);
        return true;
      },
    },
  );
}
