import { ConfigurationError } from "../errors.ts";
import type { JsonValue } from "./json-value.ts";

const brand: unique symbol = Symbol.for("typeload.page-bytes");

/** A page as it was received, and where its records are. Made by {@link pageBytes}. */
export interface PageBytes {
  readonly [brand]: true;
  /** The body, UTF-8 JSON. Must not be changed afterwards. */
  readonly bytes: Uint8Array;
  /** Member names that lead to the array of records; empty: the page itself is the array (or one single record). */
  readonly at: readonly string[];
  /** Columns every record of the page gets besides its own (a parent's id); a record's own member of that name wins. */
  readonly fields: Readonly<Record<string, JsonValue>>;
  /** What was asked, for the log and for messages; never a secret. */
  readonly request?: string | undefined;
}

/** Options of {@link pageBytes}. */
export interface PageBytesOptions {
  /** Where the array of records is: a member name, a path of names, or absent when the page itself is the array or the record. */
  readonly at?: string | readonly string[] | undefined;
  readonly fields?: Readonly<Record<string, JsonValue>> | undefined;
  readonly request?: string | undefined;
}

/**
 * Hands a page over as the bytes that came, so that no digit and no key order is lost and no object a record is made.
 *
 * @example
 * ```ts
 * async *read({ signal }) {
 *   const response = await fetch("https://api.example.com/orders", { signal });
 *   if (!response.ok) throw new Error(`GET /orders: ${response.status}`);
 *   yield pageBytes(new Uint8Array(await response.arrayBuffer()), { at: "results", request: "GET /orders" });
 * }
 * ```
 * @throws ConfigurationError when `bytes` is not a Uint8Array.
 */
export function pageBytes(bytes: Uint8Array, options: PageBytesOptions = {}): PageBytes {
  if (!(bytes instanceof Uint8Array)) {
    throw new ConfigurationError(
      `pageBytes() needs a Uint8Array, it got ${typeof bytes}: hand over the body as received, for example new Uint8Array(await response.arrayBuffer())`,
    );
  }
  const at = options.at ?? [];
  return {
    [brand]: true,
    bytes,
    at: typeof at === "string" ? (at === "" ? [] : [at]) : at,
    fields: options.fields ?? {},
    request: options.request,
  };
}

/** Is this a page made by {@link pageBytes}? */
export function isPageBytes(value: unknown): value is PageBytes {
  return typeof value === "object" && value !== null && brand in value;
}
