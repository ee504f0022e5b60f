import type { SecretRedactor } from "./redact-secrets.ts";

const longest = 300;
// A secret that begins within what is shown must be seen whole to be masked.
const longestRead = 4_000;
// The members in which the API and what stands before it were seen, or may be expected, to put a sentence.
const members = ["detail", "message", "error_description", "error", "title"];

/** What the body of a failed answer says, in one line without secrets; empty where it says nothing. */
export function describeFailure(bytes: Uint8Array, redactor: SecretRedactor): string {
  const text = new TextDecoder().decode(bytes).trim();
  const said = /^\s*</.test(text) ? "" : (sentenceOf(text) ?? text);
  const line = said.replace(/\s+/g, " ").slice(0, longestRead);
  return redactor.text(line).slice(0, longest).replace(/\.$/, "");
}

function sentenceOf(text: string): string | undefined {
  try {
    return findSentence(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function findSentence(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  for (const member of members) {
    const inner: unknown = Reflect.get(value, member);
    const sentence = typeof inner === "string" ? inner : findSentence(inner);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}
