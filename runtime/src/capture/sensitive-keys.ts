export const REDACTED = "[redacted]";

/** Endings of key names whose value is never captured, without case, `-` and `_`. */
const BUILT_IN = [
  "authorization",
  "cookie",
  "cookies",
  "apikey",
  "apikeys",
  "password",
  "passwords",
  "passwd",
  "passphrase",
  "secret",
  "secrets",
  "secretkey",
  "secretaccesskey",
  "privatekey",
  "bearer",
  "bearertoken",
  "accesstoken",
  "refreshtoken",
] as const;

const REMEMBERED = 2000;

/** Tells which keys hold secrets: the built-in list and the user's own names. */
export class SensitiveKeys {
  readonly #endings: readonly string[];
  readonly #known = new Map<string, boolean>();

  constructor(extra: readonly string[] = []) {
    this.#endings = [...BUILT_IN, ...extra.map(normalise).filter((name) => name !== "")];
  }

  has(key: string): boolean {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const plain = normalise(key);
    const sensitive = this.#endings.some((ending) => plain.endsWith(ending));
    if (this.#known.size < REMEMBERED) this.#known.set(key, sensitive);
    return sensitive;
  }
}

function normalise(key: string): string {
  return key.toLowerCase().replace(/[-_\s]/g, "");
}
