import { readFileSync } from "node:fs";
import fc from "fast-check";
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

const golden = new URL("../../../../test/fixtures/golden/naming.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(golden, "utf8")) as { cases: Case[] }; // the format: golden/README.md
// The other conventions come with a later issue.
const inScope = cases.filter(({ convention = "snake_case" }) => convention === "snake_case");

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

describe("names as dlt makes them", () => {
  it.each(inScope.map((item) => [item.id, item] as const))("%s", (_id, item) => {
    expect(answer(item)).toEqual(comparable(item.expected));
  });
});

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
    const long = "a".repeat(200);
    expect(naming.column([], `${long}b${long}`)).not.toBe(naming.column([], `${long}c${long}`));
  });
});
