import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspectPage } from "../../src/scan/inspect-page.ts";
import { PageParseError, PageShapeError } from "../../src/scan/page-errors.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A list around the text, so that any value is a legal page. */
const accepts = (text: string): boolean => {
  try {
    inspectPage(bytes(`[${text}]`), { at: [] });
    return true;
  } catch (error) {
    if (error instanceof PageParseError) return false;
    throw error;
  }
};
const parses = (text: string): boolean => {
  try {
    JSON.parse(`[${text}]`);
    return true;
  } catch {
    return false;
  }
};

const spacedJson = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, "\t", "\r\n "))
  .map(([value, space]) => JSON.stringify(value, undefined, space));
const fragments = fc.array(
  fc.constantFrom(
    ...'{}[]:,"\\0123456789-+.eEtrufalsn \n\t',
    "true",
    "false",
    "null",
    '"a"',
    "\\u00e9",
    "\\ud800",
    "1e5",
    "-0",
    "0.5",
    "é",
    "\u2028",
    "\u0001",
  ),
  { maxLength: 12 },
);

describe("the scanner agrees with JSON.parse", () => {
  test("on valid text, in every spelling", () => {
    fc.assert(
      fc.property(spacedJson, (text) => {
        expect(accepts(text)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("on valid text with one character put in, taken out or changed", () => {
    const edit = fc.record({
      text: spacedJson,
      at: fc.nat(),
      kind: fc.constantFrom("insert", "delete", "replace"),
      by: fc.constantFrom(...'{}[]:,"\\019-+.eEtn ', "\u0000", "é"),
    });
    fc.assert(
      fc.property(edit, ({ text, at, kind, by }) => {
        const place = at % (text.length + 1);
        const changed =
          text.slice(0, place) + (kind === "delete" ? "" : by) + text.slice(kind === "insert" ? place : place + 1);
        expect([changed, accepts(changed)]).toEqual([changed, parses(changed.toWellFormed())]);
      }),
      { numRuns: 3000 },
    );
  });

  test("on any pieces of JSON in any order", () => {
    fc.assert(
      fc.property(fragments, (pieces) => {
        const text = pieces.join("");
        expect([text, accepts(text)]).toEqual([text, parses(text)]);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    "",
    " ",
    "01",
    "1.",
    ".5",
    "-",
    "1e",
    "+1",
    "NaN",
    "'a'",
    "[1,]",
    '{"a":1,}',
    '{"a"}',
    "{1:2}",
    '"\\x"',
    '"\\u12g4"',
    "tru",
    "nulll",
    "1 2",
    "\u00a0",
  ])("refuses %j where a page should be", (text) => {
    expect(() => inspectPage(bytes(text), { at: [] })).toThrow(PageParseError);
  });
});

describe("a page that cannot be parsed", () => {
  const failure = (input: Uint8Array): PageParseError => {
    try {
      inspectPage(input, { at: [] });
    } catch (error) {
      if (error instanceof PageParseError) return error;
    }
    throw new Error("it was accepted");
  };

  test("names the byte and the reason", () => {
    const error = failure(bytes('[{"a":1},{"a":x}]'));
    expect(error.code).toBe("page_unparsable");
    expect(error.byte).toBe(14);
    expect(error.message).toContain("at byte 14 of 17");
  });

  test("says when it was cut", () => {
    expect(failure(bytes('[{"a":"b')).message).toContain("it ends in the middle at byte 8 of 8");
  });

  test("shows the surroundings without the data", () => {
    const { message } = failure(bytes('[{"email":"ana.pérez@example.com","phone":"+54 11 5555"} {"b":2}]'));
    expect(message).not.toMatch(/ana|rez|example|5555|email/);
    expect(message).toContain("xxx.xxxxx@xxxxxxx.xxx");
    expect(failure(bytes(`[${"é1".repeat(5000)}`)).message.length).toBeLessThan(900);
  });

  test("recognises HTML", () => {
    expect(failure(bytes("\n<!DOCTYPE html><html>")).message).toContain("HTML");
  });

  test("names the byte that is not UTF-8", () => {
    const page = Uint8Array.from([...bytes('["é'), 0xc3, 0x22, 0x5d]);
    expect(failure(page).byte).toBe(4);
    expect(failure(page).message).toContain("not UTF-8");
  });

  test("refuses nesting deeper than 512 levels without exhausting the stack", () => {
    expect(inspectPage(bytes("[".repeat(512) + "1" + "]".repeat(512)), { at: [] }).records).toBe(1);
    expect(failure(bytes("[".repeat(200_000))).message).toContain("nested deeper than 512");
    expect(failure(bytes('{"a":'.repeat(200_000))).message).toContain("nested deeper than 512");
  });
});

describe("inspectPage", () => {
  const page = bytes(
    '{"total":3,"data":{"results":[{"id":"a","n":9007199254740993,"x":[1]},{"\\u0069d":"b"},7]},"next":null}',
  );

  test("counts the records of the list at the path, and picks members", () => {
    expect(inspectPage(page, { at: ["data", "results"], wanted: ["id", "n"] })).toEqual({
      records: 3,
      wanted: [{ id: "a", n: "9007199254740993" }, { id: "b" }, {}],
    });
  });

  test("picks nothing when nothing is wanted", () => {
    expect(inspectPage(page, { at: ["data", "results"] })).toEqual({ records: 3, wanted: [] });
  });

  test("takes a single object where a list is expected as one record", () => {
    expect(inspectPage(page, { at: ["data"] }).records).toBe(1);
    expect(inspectPage(bytes('{"id":1}'), { at: [], wanted: ["id"] })).toEqual({ records: 1, wanted: [{ id: 1 }] });
  });

  test("accepts a byte order mark, as fetch does", () => {
    expect(inspectPage(bytes("\ufeff[1,2]"), { at: [] }).records).toBe(2);
  });

  test("takes the last of repeated members, as JSON.parse does", () => {
    expect(inspectPage(bytes('{"r":[1],"r":[1,2]}'), { at: ["r"] }).records).toBe(2);
  });

  test("checks what stands beside the records too", () => {
    expect(() => inspectPage(bytes('{"results":[],"x":tru}'), { at: ["results"] })).toThrow(PageParseError);
  });

  test("keeps a member called __proto__ a member", () => {
    const [record] = inspectPage(bytes('[{"__proto__":{"a":1}}]'), { at: [], wanted: ["__proto__"] }).wanted;
    expect(Object.keys(record ?? {})).toEqual(["__proto__"]);
  });

  test.each([
    ['{"error":"no","code":401}', ["results"], /no member "results": its members are "error", "code"/],
    ['{"data":{}}', ["data", "results"], /"data" has no member "results": it has no members/],
    ['{"data":null}', ["data", "results"], /"data" is null/],
    ['{"results":null}', ["results"], /is null, neither a list nor an object/],
    ['"no"', [], /a text, neither/],
  ])("says where the records are not: %s", (text, at, message) => {
    expect(() => inspectPage(bytes(text), { at })).toThrow(PageShapeError);
    expect(() => inspectPage(bytes(text), { at })).toThrow(message);
  });
});
