const mask = "***";

// What may follow the exact secrets, which are unknown here: a key in somebody's URL, a token in an error's body.
const patterns: readonly RegExp[] = [
  // Query parameters, also inside longer texts.
  /(?<=[?&;](?:api[_-]?key|jwt|token|access_token)=)[^&\s"'#<>]+/gi,
  // JSON members whose name speaks of a secret, lists of them too; also where the text ends inside the value. All repetitions are
  // bounded: texts of white space must not take minutes.
  /(?<="[^"\\]{0,64}(?:token|secret|password|jwt|api[_-]?key|authorization)[^"\\]{0,64}"\s{0,8}:\s{0,8}(?:\[[^\]]{0,400})?")(?:[^"\\]|\\.)+/gi,
  /(?<=\bbearer\s{1,8})[^\s"',]+/gi,
  // A JWT wherever it stands.
  /\beyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)?/g,
];

// Shorter ones are no real credentials, and masking them everywhere would make messages unreadable.
const shortestSecret = 6;

/** Removes the credentials of one client from texts that leave it. */
export class SecretRedactor {
  // Newest last; JWTs come and go, so the list is bounded.
  readonly #secrets: string[] = [];

  /** From now on `secret` is masked wherever it appears, also URL-encoded and in any case. */
  add(secret: string): void {
    if (secret.length < shortestSecret || this.#secrets.includes(secret)) return;
    this.#secrets.push(secret);
    // The first is the key, which is kept.
    if (this.#secrets.length > 20) this.#secrets.splice(1, 1);
  }

  /** The text with every secret replaced by `***`. */
  text(text: string): string {
    return this.#replace(text, () => mask);
  }

  /** The text with every secret replaced by as many stars, so that positions stay. */
  sameLength(text: string): string {
    return this.#replace(text, (secret) => "*".repeat(secret.length));
  }

  /**
   * A copy of an error of the runtime (which may name the URL, key included) that shows no secret: name, message, code,
   * stack and causes.
   */
  cause(error: unknown, depth = 5): unknown {
    if (!(error instanceof Error)) return typeof error === "string" ? this.text(error) : undefined;
    const inner = depth > 0 && error.cause !== undefined ? this.cause(error.cause, depth - 1) : undefined;
    const copy = new Error(this.text(error.message), inner === undefined ? undefined : { cause: inner });
    copy.name = this.text(error.name);
    copy.stack = this.text(error.stack ?? String(error));
    // Node, Bun and Deno put the system's code (ECONNREFUSED) here.
    if ("code" in error && typeof error.code === "string") Object.assign(copy, { code: this.text(error.code) });
    return copy;
  }

  #replace(text: string, masked: (secret: string) => string): string {
    let result = text;
    for (const secret of this.#secrets) {
      for (const form of formsOf(secret)) {
        result = result.replace(new RegExp(escapeForPattern(form), "gi"), masked);
        result = maskBeginningAtEnd(result, form, masked);
      }
    }
    for (const pattern of patterns) result = result.replace(pattern, masked);
    return result;
  }
}

/** A secret as it stands in a text, a path, a query and a JSON string. */
function formsOf(secret: string): Set<string> {
  return new Set([
    secret,
    encodeURIComponent(secret),
    String(new URLSearchParams([["", secret]])).slice(1),
    JSON.stringify(secret).slice(1, -1),
  ]);
}

/** A text that was cut off may end within a secret. */
function maskBeginningAtEnd(text: string, form: string, masked: (secret: string) => string): string {
  const end = text.slice(-form.length).toLowerCase();
  const sought = form.toLowerCase();
  for (let length = Math.min(end.length, form.length - 1); length >= shortestSecret; length--) {
    if (end.endsWith(sought.slice(0, length))) return text.slice(0, -length) + masked(text.slice(-length));
  }
  return text;
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
