import fc from "fast-check";
import { goldenCases } from "./golden-case.ts";
import { describeGolden } from "./golden-suite.ts";
import { describe, expect, it } from "vitest";
import {
  breakPath,
  hashTag,
  makeNaming,
  normalizeIdentifier,
  normalizePath,
  shortenFragments,
} from "../../src/normalize/name-identifiers.ts";

interface Case {
  readonly id: string;
  readonly fn: "normalize" | "breakPath" | "makePath" | "shortenFragments" | "tag";
  readonly convention?: string;
  readonly maxLength?: number;
  readonly trap?: string;
  readonly input: string | string[];
  readonly expected: unknown;
}

const cases = goldenCases<Case>("naming");

function answer({ fn, input, maxLength }: Case): unknown {
  const list = Array.isArray(input) ? input : [];
  const text = Array.isArray(input) ? "" : input;
  switch (fn) {
    case "normalize":
      return {
        identifier: attempt(() => normalizeIdentifier(text, maxLength)),
        path: attempt(() => normalizePath(text, maxLength)),
      };
    case "breakPath":
      return breakPath(text);
    case "makePath":
      return shortenFragments(list);
    case "shortenFragments":
      return attempt(() => shortenFragments(list, maxLength));
    case "tag":
      return hashTag(text);
  }
}

function attempt(work: () => string): unknown {
  try {
    return work();
  } catch {
    return "refused";
  }
}

/** What dlt refuses by an exception of Python's we refuse by an error of ours; nothing is what an empty list gives. */
function comparable(expected: unknown): unknown {
  if (expected === null) return "";
  if (typeof expected !== "object" || Array.isArray(expected)) return expected;
  if ("error" in expected) return "refused";
  return Object.fromEntries(
    Object.entries(expected).flatMap(([key, value]) => (key === "tablesPath" ? [] : [[key, comparable(value)]])),
  );
}

function check(item: Case): void {
  expect(answer(item)).toEqual(comparable(item.expected));
}

describeGolden<Case>({
  file: "naming",
  cases,
  // A stored schema that has another convention is refused (schema/stored-normalizers.ts).
  leftOut: ({ convention = "snake_case" }) =>
    convention === "snake_case" ? undefined : `naming convention ${convention}: not there yet`,
  check,
  atLeast: 0.1,
});

/** Keys as they come, and keys made of what the rules look at. */
const anyKey = fc.oneof(
  fc.string({ unit: "binary", maxLength: 100 }),
  fc.string({
    unit: fc.constantFrom("_", "__", "A", "b", "9", "\u0663", "é", "-", "@", " ", "x", "URL"),
    maxLength: 60,
  }),
);

describe("makeNaming", () => {
  const naming = makeNaming({ maxColumnNameLength: 63, maxTableNameLength: 63, identifierLengthUnit: "bytes" });

  it("names nested members and lists by their path", () => {
    expect(naming.column(["conversationContext"], "firstName")).toBe("conversation_context__first_name");
    expect(naming.table(["contacts"], "phoneNumbers")).toBe("contacts__phone_numbers");
    expect(naming.table([], "contacts")).toBe("contacts");
    expect(naming.column([], "")).toBe("_empty");
  });

  it("gives any key a name that fits, and the same one again", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }),
        fc.string({ unit: "binary", maxLength: 300 }),
        (path, key) => {
          const name = naming.column(path, key);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
          expect(name).toMatch(/^[a-z_][\p{Nd}a-z_]*$/u);
          expect(naming.column(path, key)).toBe(name);
        },
      ),
    );
  });

  it("tells long names apart", () => {
    const words = fc.stringMatching(/^[a-z]{1,80}$/);
    fc.assert(
      fc.property(fc.array(words, { minLength: 8, maxLength: 12 }), words, words, (path, a, b) => {
        // Beyond the limit both are cut to the same ends: only the tag differs.
        const end = "x".repeat(63);
        const [first, second] = [naming.column([...path, a], end), naming.column([...path, b], end)];
        expect(first === second).toBe(a === b);
        expect(first).toHaveLength(63);
      }),
    );
  });

  it("keeps a name that is normalized already, shortened or not", () => {
    fc.assert(
      fc.property(anyKey, fc.constantFrom(20, 63, undefined), (key, limit) => {
        const once = normalizePath(key, limit);
        expect(normalizePath(once, limit)).toBe(once);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 4 }), anyKey, (path, key) => {
        const once = naming.column(path, key);
        expect(naming.column([], once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it("has room for digits of other scripts, which take more than a byte", () => {
    const digits = "\u0663".repeat(60);
    const name = naming.column([], `a${digits}`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect(name).toMatch(/^a\u0663+[a-z\d]{6}\u0663+$/);
    // Where names are counted in characters, it is dlt's.
    const counted = makeNaming({
      maxColumnNameLength: 63,
      maxTableNameLength: 63,
      identifierLengthUnit: "code-points",
    });
    expect(counted.column([], `a${digits}`)).toBe(`a${digits}`);
  });

  it("has one limit for columns and tables, the lower one, as dlt", () => {
    const uneven = makeNaming({ maxColumnNameLength: 20, maxTableNameLength: 40, identifierLengthUnit: "code-points" });
    expect(uneven.table([], "conversations__messages__attachments__preview")).toBe("conversbbbn8gpreview");
    expect(uneven.table(["conversations", "messages", "attachments"], "preview")).toBe("conversbbbn8gpreview");
  });

  it("does not take keys apart at `__` where a dataset was begun without", () => {
    const limits = { maxColumnNameLength: 63, maxTableNameLength: 63, identifierLengthUnit: "code-points" } as const;
    const old = makeNaming(limits, { breakPaths: false });
    expect(old.column([], "a__b")).toBe("a_b");
    expect(old.column(["x__y"], "__typename")).toBe("x_y___typename");
    expect(old.column([], "  ")).toBe("_empty");
    expect(naming.column([], "a__b")).toBe("a__b");
  });
});
