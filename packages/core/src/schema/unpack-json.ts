import { inflateSync } from "node:zlib";
import { parseLossless } from "../scan/parse-lossless.ts";

/**
 * The JSON in a text column of a system table: plain, or base64 of zlib as dlt packs it. Numbers that JavaScript would bend keep their
 * text (`1.0` is another value than `1` in dlt's hashes).
 *
 * @throws SyntaxError or an error of zlib when it is neither
 */
export function unpackJson(text: string): unknown {
  const json = text.trimStart().startsWith("{") ? text : inflateSync(Buffer.from(text, "base64")).toString("utf8");
  // Checks the syntax, which the other parser takes for granted.
  JSON.parse(json);
  return parseLossless(json);
}
