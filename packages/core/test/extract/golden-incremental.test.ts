import { describe, expect, test } from "vitest";
import { CursorWindow } from "../../src/extract/cursor-window.ts";
import type { StoredCursor } from "../../src/extract/cursor-window.ts";
import { isTypeloadError } from "../../src/errors.ts";
import { canonicalJson } from "../../src/scan/canonical-json.ts";
import { JsonNumber } from "../../src/scan/json-number.ts";
import type { CursorValue, IncrementalOptions } from "../../src/source/incremental.ts";
import { goldenCases } from "../normalize/golden-case.ts";
import { describeGolden } from "../normalize/golden-suite.ts";
import { type GoldenValue, NotJson } from "../normalize/golden-value.ts";

interface IncrementalCase {
  readonly id: string;
  readonly title: string;
  readonly trap?: string;
  readonly incremental: Readonly<Record<string, GoldenValue>> & { readonly cursor_path: string };
  readonly resource?: { readonly primary_key?: string | readonly string[] };
  readonly runs: readonly { readonly pages: readonly GoldenValue[] }[];
  readonly expected: { readonly runs: readonly GoldenRun[] };
}

interface GoldenRun {
  readonly startValue?: GoldenValue;
  readonly pagesRead: number;
  readonly kept: readonly GoldenValue[];
  readonly state: Readonly<Record<string, GoldenValue>> | null;
  readonly error?: { readonly kind: string };
}

/** A value as user code or the lossless parser hands it over. */
function alive(value: GoldenValue): unknown {
  if (Array.isArray(value)) return value.map(alive);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, GoldenValue>>);
  const [tag, content] = entries[0] ?? [];
  if (tag === "$float") return new JsonNumber(String(content));
  if (tag === "$int") return BigInt(String(content));
  if (tag === "$timestamp") return new Date(String(content));
  if (tag?.startsWith("$") === true) throw new NotJson(tag);
  return Object.fromEntries(entries.map(([key, member]) => [key, alive(member)]));
}

function optionsOf(golden: IncrementalCase): IncrementalOptions {
  const given = golden.incremental;
  const value = (name: string) => (given[name] === undefined ? undefined : (alive(given[name]) as CursorValue));
  const word = <T>(name: string) => given[name] as T | undefined; // the words are the same
  return {
    cursor: given.cursor_path,
    initialValue: value("initial_value"),
    endValue: value("end_value"),
    last: word("last_value_func"),
    rangeStart: word("range_start"),
    rangeEnd: word("range_end"),
    rowOrder: word("row_order"),
    lag: word("lag"),
    onMissing: word("on_cursor_value_missing"),
    boundaryKey: word("primary_key"),
  };
}

/** One run: what dlt's record says of it. */
function run(golden: IncrementalCase, pages: readonly GoldenValue[], stored: StoredCursor | undefined) {
  const key = golden.resource?.primary_key ?? [];
  const kept: unknown[] = [];
  let window: CursorWindow | undefined;
  let pagesRead = 0;
  try {
    window = new CursorWindow(optionsOf(golden), stored, typeof key === "string" ? [key] : key);
    for (const page of pages) {
      pagesRead += 1;
      const records = alive(Array.isArray(page) ? page : [page]) as readonly unknown[];
      const passed = window.page(records);
      kept.push(...passed.kept);
      if (passed.ended) break;
    }
    return { startValue: window.range.startValue ?? null, pagesRead, kept, state: window.stored() };
  } catch (error) {
    if (!isTypeloadError(error)) throw error;
    const kind = error.code.replaceAll("_", "-").replace("boundary-key-missing", "primary-key-missing");
    const start = window === undefined ? {} : { startValue: window.range.startValue ?? null };
    return { ...start, pagesRead, kept: [], state: stored, error: { kind } };
  }
}

function leftOut({ trap, runs }: IncrementalCase): string | undefined {
  if (trap !== undefined) return "trap: our deviation is tested by itself";
  try {
    alive(JSON.parse(JSON.stringify(runs)) as GoldenValue);
    return undefined;
  } catch (error) {
    if (error instanceof NotJson) return "values that only a Python library gives";
    throw error;
  }
}

/** Several runs, each from the state that the one before has left. */
function check(golden: IncrementalCase): void {
  let stored: StoredCursor | undefined;
  for (const [index, { pages }] of golden.runs.entries()) {
    const expected = golden.expected.runs[index];
    const actual = run(golden, pages, stored);
    const { error, state, ...rest } = expected ?? { state: null };
    expect(canonicalJson({ ...actual, state: undefined }), `run ${index}`).toBe(
      canonicalJson({ ...(alive(rest as unknown as GoldenValue) as object), error: error && { kind: error.kind } }),
    );
    const wanted = state === null ? undefined : alive(state[golden.incremental.cursor_path] ?? null);
    expect(canonicalJson(actual.state?.state ?? null), `state of run ${index}`).toBe(canonicalJson(wanted ?? null));
    stored = actual.state;
  }
}

describeGolden<IncrementalCase>({ file: "incremental", cases: goldenCases("incremental"), leftOut, check });

describe("a cursor, where we do better (docs/dlt-differences.md)", () => {
  const first = [{ id: 1, u: 5, v: "a" }];

  test("boundary-loss: a changed record with a known key and the same cursor passes, an equal one does not", () => {
    const before = new CursorWindow({ cursor: "u" }, undefined, ["id"]);
    expect(before.page(first).kept).toEqual(first);
    const after = new CursorWindow({ cursor: "u" }, before.stored(), ["id"]);
    expect(after.page([...first, { id: 1, u: 5, v: "b" }]).kept).toEqual([{ id: 1, u: 5, v: "b" }]);
    const later = new CursorWindow({ cursor: "u" }, after.stored(), ["id"]);
    expect(later.page([...first, { id: 1, u: 5, v: "b" }]).kept).toEqual([]);
  });

  test("a state that dlt wrote knows keys alone, and dlt's older, longer digests are known too", () => {
    for (const hash of ["669czW83KR00", "669czW83KR00ut4bv/U5"]) {
      const state = { initial_value: null, last_value: 5, start_value: null, unique_hashes: [hash] };
      const window = new CursorWindow({ cursor: "u" }, { state }, ["id"]);
      expect(
        window.page([
          { id: 1, u: 5 },
          { id: 2, u: 5 },
        ]).kept,
      ).toEqual([{ id: 2, u: 5 }]);
    }
  });

  test("text-cursor-of-numbers: whole numbers as text have the order of numbers", () => {
    const window = new CursorWindow({ cursor: "u" }, undefined);
    window.page([{ u: "9" }, { u: "10" }, { u: "9007199254740993" }, { u: "9007199254740992" }]);
    expect(window.stored()?.state.last_value).toBe("9007199254740993");
  });

  test("row-order-unchecked: a record out of the promised order is an error, not a loss", () => {
    const window = new CursorWindow({ cursor: "u", rowOrder: "desc" }, undefined);
    expect(() => window.page([{ u: 3 }, { u: 1 }, { u: 2 }])).toThrow(
      expect.objectContaining({ code: "cursor_order" }),
    );
  });

  test("integers beyond 2^53 are told apart", () => {
    const window = new CursorWindow({ cursor: "u" }, undefined);
    window.page([{ u: 9007199254740993n }, { u: new JsonNumber("9007199254740994") }, { u: 9007199254740992 }]);
    expect(String(window.stored()?.state.last_value)).toBe("9007199254740994");
  });

  test.each([
    ["", "empty"],
    ["a b", "not understood"],
    ["a[", "not understood"],
  ])("a path that is none is refused: %j", (cursor, why) => {
    expect(() => new CursorWindow({ cursor }, undefined)).toThrow(why);
  });

  test("a path to a list or an object is an error that does not repeat the value", () => {
    const window = new CursorWindow({ cursor: "u" }, undefined);
    expect(() => window.page([{ u: ["secret"] }])).toThrow(
      "the cursor u of a record is a list, not a number, a text or a time",
    );
  });
});
