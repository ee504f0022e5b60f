import { seededRandom } from "../../packages/core/test/pipeline/seeded-random.ts";

/** What one run of both loaders gets. */
export interface DocumentSet {
  readonly disposition: "append" | "replace" | "merge";
  readonly maxNesting: number | undefined;
  readonly documents: number;
  /** JSON text of the records of each load. */
  readonly batches: readonly string[];
}

/** Keys that are no trouble, and keys that need normalizing; no two of them get the same name. */
const keys = [
  "name",
  "total",
  "CreatedAt",
  "customer-Name",
  "some key",
  "Ümlaut",
  "a__b",
  "x9",
  "9lives",
  "isActive",
  "HTTPStatus",
  "tags",
  "lines",
  "meta",
  "😀smile",
] as const;
const texts = [
  "",
  "a",
  "Ñandú",
  "emoji 😀",
  "שלום",
  "line\nbreak",
  'quo"te',
  "back\\slash",
  " spaced ",
  "null",
  "12a",
] as const;
const days = [
  "2026-01-15T10:30:00Z",
  "2026-01-15T10:30:00.123456Z",
  "2026-02-28T23:59:59+02:00",
  "2025-12-31T00:00:00.5Z",
] as const;

/**
 * Random documents over several loads: nested objects, lists of objects, of scalars and of lists, keys that come and go. Each key keeps its
 * kind of value within a set, and no value is one that dlt bends: what we do otherwise on purpose is tested by name (docs/dlt-differences.md).
 */
export function drawDocuments(seed: number): DocumentSet {
  const random = seededRandom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(list: readonly [T, ...T[]]): T => list[below(list.length)] ?? list[0];
  const kinds = new Map<string, string>();
  const all = ["text", "integer", "fraction", "bool", "time", "object", "objects", "scalars", "lists"] as const;

  /** A key has one kind wherever it stands at one place. */
  const kindAt = (path: string, depth: number): string => {
    const known = kinds.get(path);
    if (known !== undefined) return known;
    const kind = depth >= 3 ? (all[below(5)] ?? "text") : pick(all);
    kinds.set(path, kind);
    return kind;
  };
  const scalar = (kind: string): string => {
    switch (kind) {
      case "integer":
        return pick(["0", "7", "-12", "2147483648", "9007199254740993", "-9223372036854775808"]);
      case "fraction":
        return pick(["0.5", "-1.25", "3.141592653589793", "100.75", "1e-7"]);
      case "bool":
        return pick(["true", "false"]);
      case "time":
        return JSON.stringify(pick(days));
      default:
        return JSON.stringify(pick(texts));
    }
  };
  const value = (path: string, depth: number): string => {
    if (random() < 0.06) return "null";
    const kind = kindAt(path, depth);
    const elements = (make: () => string): string => `[${Array.from({ length: below(4) }, make).join(",")}]`;
    if (kind === "object") return object(path, depth + 1);
    if (kind === "objects") return elements(() => object(`${path}[]`, depth + 1));
    if (kind === "scalars") return elements(() => scalar(kindAt(`${path}[]`, 9)));
    if (kind === "lists") return elements(() => elements(() => scalar(kindAt(`${path}[][]`, 9))));
    return scalar(kind);
  };
  const object = (path: string, depth: number, own = ""): string => {
    const members = keys
      .filter(() => random() < 0.3)
      .map((key) => `${JSON.stringify(key)}:${value(`${path}.${key}`, depth)}`);
    return `{${[...(own === "" ? [] : [own]), ...members].join(",")}}`;
  };

  const disposition = pick(["append", "replace", "merge"] as const);
  const maxNesting = random() < 0.25 ? below(3) : undefined;
  let documents = 0;
  const batches = Array.from({ length: 1 + below(3) }, (_, batch) => {
    // Of two records of one key in one load dlt keeps any.
    const ids = Array.from({ length: 1 + below(15) }, (_id, index) =>
      disposition === "merge" ? index + batch : index + batch * 100,
    );
    documents += ids.length;
    return `[${ids.map((id) => object("$", 0, `"id":${id}`)).join(",")}]`;
  });
  return { disposition, maxNesting, documents, batches };
}
