import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blankSecretFields } from "../../src/scan/blank-secret-fields.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const blanked = (text: string, ...names: string[]) => new TextDecoder().decode(blankSecretFields(bytes(text), names));

describe("blankSecretFields", () => {
  test.each([
    ['{"token":"abc\\n","a":1}', '{"token":"*****","a":1}'],
    ['{"a":[{"token" : "é"}]}', '{"a":[{"token" : "**"}]}'],
    ['{"token":-12.5e3}', '{"token":0      }'],
    ['{"token":true,"a":true}', '{"token":null,"a":true}'],
    ['{"token":false}', '{"token":null }'],
    ['{"token":null}', '{"token":null}'],
    ['{"token":{"k":["v",{"x":7}],"":""}}', '{"token":{"*":["*",{"*":0}],"":""}}'],
    ['{"tok\\u0065n":"s"}', '{"tok\\u0065n":"*"}'],
    ['{"tokens":"s","a":"token"}', '{"tokens":"s","a":"token"}'],
  ])("%s becomes %s", (before, after) => {
    expect(blanked(before, "token")).toBe(after);
  });

  test("gives the input back when nothing matched, and never changes it", () => {
    const page = bytes('{"token":"abc"}');
    expect(blankSecretFields(page, ["other"])).toBe(page);
    expect(blankSecretFields(page, [])).toBe(page);
    expect(blankSecretFields(page, ["token"])).not.toBe(page);
    expect(new TextDecoder().decode(page)).toBe('{"token":"abc"}');
  });

  test("any JSON stays valid and as long, the secret is gone, and everything else is as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (other, secret) => {
        const before = JSON.stringify({ other, list: [{ secretField: secret, after: other }] });
        const after = blanked(before, "secretField");
        expect(bytes(after).length).toBe(bytes(before).length);
        // The shape that was put in.
        const parsed = JSON.parse(after) as { other: unknown; list: [{ secretField: unknown; after: unknown }] };
        const same = JSON.parse(before) as { other: unknown };
        expect(parsed.other).toEqual(same.other);
        expect(parsed.list[0].after).toEqual(same.other);
        expect(JSON.stringify(parsed.list[0].secretField)).toMatch(/^[*0nul,:"[\]{}]*$/);
      }),
      { numRuns: 500 },
    );
  });
});
