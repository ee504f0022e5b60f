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

/** The same for JSON text, where NUL and halves of surrogate pairs stand as escapes that `jsonb` refuses. */
export function safeJson(json: Buffer): Buffer {
  if (!json.includes("\\u")) return json;
  const text = json.toString("utf8");
  const mended = text.replace(
    /\\(?:u([0-9a-fA-F]{4})(?:\\u([0-9a-fA-F]{4}))?|.)/gs,
    (escape, first?: string, second?: string) => {
      if (first === undefined) return escape;
      const high = isBetween(first, 0xd800, 0xdbff);
      if (high && second !== undefined && isBetween(second, 0xdc00, 0xdfff)) return escape;
      return mend(first) + (second === undefined ? "" : mend(second));
    },
  );
  return mended === text ? json : Buffer.from(mended, "utf8");
}

function mend(hex: string): string {
  return hex === "0000" || isBetween(hex, 0xd800, 0xdfff) ? "\\ufffd" : `\\u${hex}`;
}

function isBetween(hex: string, low: number, high: number): boolean {
  const code = Number.parseInt(hex, 16);
  return code >= low && code <= high;
}
