import type { Capabilities } from "../destination/capabilities.ts";
import { ConfigurationError } from "../errors.ts";
import { digest128 } from "../scan/digest128.ts";

// Python's notion of white space and of a digit, which dlt's rules are written in: JavaScript's `trim` and `\d` are not the same.
const blank = "[\\t-\\r\\x1C-\\x20\\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]";
const outerBlanks = new RegExp(`^${blank}+|${blank}+$`, "gu");
const translated: Readonly<Record<string, string>> = { "+": "x", "*": "x", "-": "_", "@": "a", "|": "l" };
const separator = "__";
const emptyKey = "_empty";

/**
 * A JSON key as an identifier, by dlt's `snake_case`: `userIDs` → `user_i_ds`, `100%` → `_100x`. Longer than `maxLength` code points, it
 * is cut in the middle and tagged with a hash of the raw key. The rules: facts/dlt.md §2.2, §2.4; recorded: golden suite `naming`.
 *
 * @throws ConfigurationError for a blank key, and for a maximum shorter than the tag
 */
export function normalizeIdentifier(raw: string, maxLength?: number): string {
  const stripped = raw.replace(outerBlanks, "");
  if (stripped === "")
    throw new ConfigurationError("a blank name cannot be normalized: give the column or table a name");
  return shorten(snakeCase(stripped), stripped, maxLength);
}

/** A name as a dataset of this destination: {@link normalizeIdentifier} within its longest name. */
export function datasetName(
  raw: string,
  limits: Pick<Capabilities, "maxTableNameLength" | "identifierLengthUnit">,
): string {
  for (let limit = limits.maxTableNameLength; ; limit -= 1) {
    const name = normalizeIdentifier(raw, limit);
    if (limits.identifierLengthUnit !== "bytes" || Buffer.byteLength(name) <= limits.maxTableNameLength) return name;
  }
}

function snakeCase(stripped: string): string {
  const words = stripped
    .replace(/[+*\-@|]/g, (character) => translated[character] ?? character)
    .replace(/[^\p{Nd}A-Za-z_]+/gu, "_")
    .replace(/([^_])([A-Z][a-z]+)/gu, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
  const named = /^\p{Nd}/u.test(words) ? `_${words}` : words;
  return named.replace(/_+$/, (tail) => "x".repeat(tail.length)).replace(/_{2,}/g, "_");
}

/** A key as a path: split at `__`, each part normalized, joined, shortened as a whole. What keys of records and table names go through. */
export function normalizePath(raw: string, maxLength?: number): string {
  const parts = breakPath(raw).map((part) => normalizeIdentifier(part, maxLength));
  return shorten(parts.join(separator), raw, maxLength);
}

/** The parts of a path; blank ones are left out. */
export function breakPath(path: string): string[] {
  return path.split(separator).filter((part) => !isBlank(part));
}

/** Parts that are normalized already as one name, shortened with the tag of the whole. */
export function shortenFragments(parts: readonly string[], maxLength?: number): string {
  const path = parts.filter((part) => !isBlank(part)).join(separator);
  return shorten(path, path, maxLength);
}

/** Six characters that stand for a text in shortened names: base64 of four bytes of SHAKE-128, made fit for a name. */
export function hashTag(text: string): string {
  return digest128(text, 4).replaceAll("/", "a").replaceAll("+", "b").toLowerCase();
}

function shorten(name: string, original: string, maxLength: number | undefined): string {
  if (maxLength === undefined || name.length <= maxLength) return name;
  const characters = [...name];
  if (characters.length <= maxLength) return name;
  const tag = hashTag(original);
  const rest = maxLength - tag.length;
  if (rest < 0)
    throw new ConfigurationError(`a name of at most ${maxLength} characters has no room for its tag of ${tag.length}`);
  const head = Math.ceil(rest / 2);
  const tail = Math.floor(rest / 2);
  return characters.slice(0, head).join("") + tag + characters.slice(characters.length - tail).join("");
}

/** Names of columns and tables for one destination. Each name is computed once. */
export interface Naming {
  /** The column of a member; `parentPath`: raw keys of the objects it is nested in. */
  column(parentPath: readonly string[], key: string): string;
  /** The table of a list; `parentPath`: root table, then raw keys down to it (`list` for a list in a list). Empty: a root table. */
  table(parentPath: readonly string[], key: string): string;
}

/** What {@link makeNaming} can be told beside the limits. */
export interface NamingOptions {
  /** `false`: `__` in a key means nothing (`a__b` → `a_b`), as in datasets that dlt began with schema engine 10 or older. Default `true`. */
  readonly breakPaths?: boolean | undefined;
}

/** The `snake_case` naming within a destination's limits. A blank key is `_empty`. */
export function makeNaming(
  capabilities: Pick<Capabilities, "maxColumnNameLength" | "maxTableNameLength" | "identifierLengthUnit">,
  options: NamingOptions = {},
): Naming {
  // One limit for both, as dlt: the path of a table is made of the same parts as those of its columns.
  const maxLength = Math.min(capabilities.maxColumnNameLength, capabilities.maxTableNameLength);
  const inBytes = capabilities.identifierLengthUnit === "bytes";
  const breakPaths = options.breakPaths ?? true;
  const names = new Map<string, string>();
  const name = (parentPath: readonly string[], key: string): string => {
    const keys = [...parentPath, key];
    const path = JSON.stringify(keys);
    let known = names.get(path);
    if (known === undefined) {
      known = fitting(keys, { maxLength, inBytes, breakPaths });
      names.set(path, known);
    }
    return known;
  };
  return { column: name, table: name };
}

interface NameLimits {
  readonly maxLength: number;
  readonly inBytes: boolean;
  readonly breakPaths: boolean;
}

function fitting(keys: readonly string[], { maxLength, inBytes, breakPaths }: NameLimits): string {
  // Digits of other scripts are the only characters of a name that take more than one byte, so one try is nearly always enough.
  for (let limit = maxLength; ; limit -= 1) {
    const name = shortenFragments(
      keys.map((key) => normalizeKey(key, limit, breakPaths)),
      limit,
    );
    if (!inBytes || Buffer.byteLength(name) <= maxLength) return name;
  }
}

/** dlt names a blank key `_empty`. So do we a key of separators only (`__`), which dlt turns into a column without a name. */
function normalizeKey(key: string, maxLength: number, breakPaths: boolean): string {
  if (isBlank(key)) return emptyKey;
  const name = breakPaths ? normalizePath(key, maxLength) : normalizeIdentifier(key, maxLength);
  return name === "" ? emptyKey : name;
}

function isBlank(text: string): boolean {
  return text.replace(outerBlanks, "") === "";
}
