import { createHash } from "node:crypto";

/**
 * The first bytes of SHAKE-128 over a text, as base64 without `=`: dlt's way to make ids. Ten bytes give 14 characters.
 * Source: facts/dlt.md §2.8; recorded: golden suite `system-tables`, kind `digest`.
 */
export function digest128(text: string, bytes = 10): string {
  return createHash("shake128", { outputLength: bytes }).update(text).digest("base64").replace(/=+$/, "");
}
