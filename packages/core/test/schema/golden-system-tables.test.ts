import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalJson, childRowId, digest128 } from "../../src/normalize/identify-row.ts";
import { packState, unpackState } from "../../src/pipeline/pipeline-state.ts";
import { parseStoredSchema } from "../../src/schema/parse-stored-schema.ts";
import { schemaVersionHash } from "../../src/schema/schema-version.ts";
import { storeSchema } from "../../src/schema/store-schema.ts";

const golden = new URL("../../../../test/fixtures/golden/system-tables.json", import.meta.url);

// The format is golden/README.md's; only the members that a test reads are typed.
interface Case<Expected> {
  readonly id: string;
  readonly kind: string;
  readonly trap?: string;
  readonly expected: Expected;
}
const { cases } = JSON.parse(readFileSync(golden, "utf8")) as { cases: Case<never>[] };

function of<T extends Case<unknown>>(kind: string): [string, T][] {
  return cases.filter((item) => item.kind === kind).map((item) => [item.id, item as unknown as T]);
}

describe("digests", () => {
  it.each(of<Case<string> & { text: string; bytes: number }>("digest"))("%s", (_id, item) => {
    expect(digest128(item.text, item.bytes)).toBe(item.expected);
  });

  it.each(of<Case<string> & { parentId: string; table: string; index: number }>("nestedId"))("%s", (_id, item) => {
    expect(childRowId(item.parentId, item.table, item.index)).toBe(item.expected);
  });
});

describe("canonical JSON", () => {
  // Rows that only a library gives (dates, decimals …) are written with markers: they come with the suites of the engine.
  const rows = of<Case<{ text: string; id: string }> & { row: unknown }>("rowHash").filter(
    ([, { row }]) => !/"\$/.test(JSON.stringify(row)),
  );
  it.each(rows)("%s", (_id, { row, expected }) => {
    const own = Object.fromEntries(Object.entries(row as object).filter(([key]) => !key.startsWith("_dlt")));
    expect(canonicalJson(own)).toBe(expected.text);
    expect(digest128(expected.text)).toBe(expected.id);
  });
});

describe("the schema as dlt stores it", () => {
  it.each(of<Case<{ hash: string }> & { schema: Record<string, unknown> }>("schemaHash"))("%s: hash", (_id, item) => {
    expect(schemaVersionHash(item.schema)).toBe(item.expected.hash);
  });

  const stored = of<Case<{ _dlt_version: { schema: string; version_hash: string }[] }>>("schemaStored").flatMap(
    ([id, item]) => item.expected._dlt_version.map((row, index) => [`${id}/${index}`, row] as const),
  );
  it.each(stored)("%s: read and stored again, nothing is lost and the hash stays", (_id, row) => {
    const schema = parseStoredSchema(row.schema);
    const again = storeSchema(schema);
    expect(again.changed).toBe(false);
    expect(again.schema.versionHash).toBe(row.version_hash);
    expect(JSON.parse(again.text)).toEqual(JSON.parse(row.schema));
  });

  it("raises the version and remembers the hash when a column comes", () => {
    const schema = parseStoredSchema(stored[0]![1].schema);
    const t = schema.tables["t"]!;
    const wider = {
      ...schema,
      tables: { ...schema.tables, t: { ...t, columns: [...t.columns, { name: "new", dataType: "text" as const }] } },
    };
    const again = storeSchema(wider);
    expect(again.schema.version).toBe(schema.version + 1);
    expect(again.schema.previousHashes?.[0]).toBe(schema.versionHash);
    expect(storeSchema(again.schema).changed).toBe(false);
  });

  it.each([
    ["a newer engine", '{"name":"p","engine_version":99,"tables":{}}', /Upgrade typeload/],
    ["an old engine", '{"name":"p","engine_version":3,"tables":{}}', /newer dlt/],
    [
      "an unknown type",
      '{"name":"p","engine_version":11,"tables":{"t":{"columns":{"c":{"data_type":"vector"}}}}}',
      /t\.c the type "vector"/,
    ],
    ["a damaged text", "%%%", /damaged/],
  ])("refuses %s", (_what, text, message) => {
    expect(() => parseStoredSchema(text)).toThrow(message);
  });
});

describe("the pipeline state as dlt stores it", () => {
  it.each(of<Case<{ version_hash: string; text: string; state: string }>>("state"))("%s", (_id, { expected }) => {
    const state = unpackState(expected.state);
    expect(state).toEqual(JSON.parse(expected.text));
    expect(unpackState(expected.text)).toEqual(state);
    const packed = packState(state);
    expect(packed.versionHash).toBe(expected.version_hash);
    expect(unpackState(packed.state)).toEqual(state);
  });
});
