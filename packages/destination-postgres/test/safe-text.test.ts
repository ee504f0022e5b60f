import fc from "fast-check";
import { expect, test } from "vitest";
import { safeJson, safeText } from "../src/safe-text.ts";

test.each([
  ["nothing to mend", "né 😀", "né 😀"],
  ["empty", "", ""],
  ["NUL alone", "\0", "\uFFFD"],
  ["NUL at both ends and in a row", "\0a\0\0b\0", "\uFFFDa\uFFFD\uFFFDb\uFFFD"],
])("text: %s", (_title, text, expected) => {
  expect(safeText(Buffer.from(text)).toString("utf8")).toBe(expected);
});

test("text without NUL is the same bytes, not a copy", () => {
  const bytes = Buffer.from("unchanged");
  expect(safeText(bytes)).toBe(bytes);
});

test.each([
  ["no escape", '{"a":"é"}', '{"a":"é"}'],
  ["NUL", '"a\\u0000b"', '"a\\ufffdb"'],
  ["NUL as a key", '{"\\u0000":1}', '{"\\ufffd":1}'],
  ["a pair", '"\\ud83d\\ude00"', '"\\ud83d\\ude00"'],
  ["a pair in capitals", '"\\uD83D\\uDE00"', '"\\uD83D\\uDE00"'],
  ["a pair after another escape", '"\\u0041\\ud83d\\ude00"', '"\\u0041\\ud83d\\ude00"'],
  ["two pairs", '"\\ud83d\\ude00\\ud83d\\ude01"', '"\\ud83d\\ude00\\ud83d\\ude01"'],
  ["a high half alone", '"\\ud83d"', '"\\ufffd"'],
  ["a high half before text", '"\\ud83dx\\ude00"', '"\\ufffdx\\ufffd"'],
  ["a low half alone", '"\\ude00"', '"\\ufffd"'],
  ["a high half before a pair", '"\\ud83d\\ud83d\\ude00"', '"\\ufffd\\ud83d\\ude00"'],
  ["halves the wrong way round", '"\\ude00\\ud83d"', '"\\ufffd\\ufffd"'],
  ["a high half before NUL", '"\\ud83d\\u0000"', '"\\ufffd\\ufffd"'],
  ["an escaped backslash before u0000", '"\\\\u0000"', '"\\\\u0000"'],
  ["an escaped backslash, then NUL", '"\\\\\\u0000"', '"\\\\\\ufffd"'],
  ["other escapes", '"\\n\\"\\u00e9\\/"', '"\\n\\"\\u00e9\\/"'],
])("json: %s", (_title, json, expected) => {
  const bytes = Buffer.from(json);
  const safe = safeJson(bytes);
  expect(safe.toString("utf8")).toBe(expected);
  if (json === expected) expect(safe).toBe(bytes);
});

test("any JSON text means the same afterwards, but for NUL and halves of pairs", () => {
  const unit = fc.oneof(
    fc.string({ unit: "binary", maxLength: 3 }),
    fc.constantFrom("\0", "\ud83d", "\ude00", "😀", "\\", "\\u0000", '"', "u0000"),
  );
  const string = fc.array(unit, { maxLength: 8 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(string, fc.boolean(), (value, escaped) => {
      const plain = JSON.stringify([value, { [value]: 1 }]);
      const json = escaped
        ? plain.replace(/[^\x20-\x7e]/g, (unit16) => `\\u${unit16.charCodeAt(0).toString(16).padStart(4, "0")}`)
        : plain;
      const wanted = value.toWellFormed().replaceAll("\0", "\uFFFD");
      expect(JSON.parse(safeJson(Buffer.from(json)).toString("utf8"))).toEqual([wanted, { [wanted]: 1 }]);
    }),
    { numRuns: 2000 },
  );
});
