const replacement = Buffer.from("\uFFFD", "utf8");

/** Postgres takes no NUL in text: it becomes U+FFFD, the replacement character. Text without one is given back as it is. */
export function safeText(text: Buffer): Buffer {
  if (!text.includes(0)) return text;
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = text.indexOf(0); at !== -1; at = text.indexOf(0, start)) {
    parts.push(text.subarray(start, at), replacement);
    start = at + 1;
  }
  return Buffer.concat([...parts, text.subarray(start)]);
}

/**
 * Escapes, longest first: a surrogate pair (good) · NUL or half of a pair (bad) · a backslash with what it escapes, so that the second
 * backslash of `\\u0000` begins nothing.
 */
const escapes =
  /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2}))|\\./gs;

/** The same for JSON text, where NUL and halves of surrogate pairs stand as escapes that `jsonb` refuses. */
export function safeJson(json: Buffer): Buffer {
  if (!json.includes("\\u")) return json;
  const text = json.toString("utf8");
  const mended = text.replace(escapes, (escape, bad?: string) => (bad === undefined ? escape : "\\ufffd"));
  return mended === text ? json : Buffer.from(mended, "utf8");
}
