import type { SecretRedactor } from "./redact-secrets.ts";

const snippetLength = 200;
// A secret that begins outside the snippet must be seen whole to be masked.
const margin = 8_000;

/** At most 200 characters of a body around `byte`, with secrets and control characters masked. */
export function describeSnippet(bytes: Uint8Array, byte: number, redactor: SecretRedactor): string {
  const decoder = new TextDecoder();
  const before = withoutControlCharacters(decoder.decode(bytes.subarray(Math.max(0, byte - margin), byte)));
  const after = withoutControlCharacters(decoder.decode(bytes.subarray(byte, byte + margin)));
  const masked = redactor.sameLength(before + after);
  const start = Math.max(0, before.length - snippetLength / 2);
  return masked.slice(start, start + snippetLength);
}

function withoutControlCharacters(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, " ");
}
