import { describe, expect, it } from "vitest";
import { goldenCases } from "../normalize/golden-case.ts";
import { canonicalJson } from "../../src/scan/canonical-json.ts";
import { digest128 } from "../../src/scan/digest128.ts";
import { childRowId } from "../../src/normalize/identify-row.ts";
import {
  newPipelineState,
  packState,
  raiseState,
  stateVersionHash,
  unpackState,
} from "../../src/pipeline/pipeline-state.ts";
import { JsonNumber } from "../../src/scan/json-number.ts";
import { parseStoredSchema } from "../../src/schema/parse-stored-schema.ts";
import { schemaVersionHash } from "../../src/schema/schema-version.ts";
import { storeSchema } from "../../src/schema/store-schema.ts";

// The format is golden/README.md's; only the members that a test reads are typed. Cases of kind `ddl` belong to the destinations.
interface Case<Expected> {
  readonly id: string;
  readonly kind: string;
  readonly expected: Expected;
}
const cases = goldenCases<Case<never>>("system-tables");

function of<T extends Case<unknown>>(kind: string): [string, T][] {
  return cases.filter((item) => item.kind === kind).map((item) => [item.id, item as unknown as T]);
}

/** A value as the golden files write it; `undefined` where JavaScript has none like it (a decimal, microseconds). */
function valueOf(golden: unknown): unknown {
  if (typeof golden !== "object" || golden === null) return golden;
  if (Array.isArray(golden)) return golden.map(valueOf);
  const entries = Object.entries(golden);
  const [tag, content] = entries[0] ?? [];
  if (tag === "$float") return new JsonNumber(String(content));
  if (tag === "$timestamp") return /\.\d{4,}/.test(String(content)) ? undefined : new Date(String(content));
  if (tag?.startsWith("$")) return undefined;
  return Object.fromEntries(entries.map(([key, member]) => [key, valueOf(member)]));
}

describe("digests", () => {
  it.each(of<Case<string> & { text: string; bytes: number }>("digest"))("%s", (_id, item) => {
    expect(digest128(item.text, item.bytes)).toBe(item.expected);
  });

  it.each(of<Case<string> & { parentId: string; table: string; index: number }>("nestedId"))("%s", (_id, item) => {
    expect(childRowId(item.parentId, item.table, item.index)).toBe(item.expected);
  });

  it.each(of<Case<{ text: string; hash: string; legacyHash: string }>>("boundaryHash"))("%s", (_id, { expected }) => {
    expect(digest128(expected.text, 9)).toBe(expected.hash);
    // dlt before 1.29 used the text of a time, where 1.31 takes microseconds.
    if (!/\d{16}/.test(expected.text)) expect(digest128(expected.text, 15)).toBe(expected.legacyHash);
  });
});

describe("canonical JSON", () => {
  const rows = of<Case<{ text: string; id: string }> & { row: object }>("rowHash");
  for (const [id, { row, expected }] of rows) {
    const own = Object.entries(row).filter(([key]) => !key.startsWith("_dlt"));
    const values = own.map(([key, value]) => [key, valueOf(value)] as const);
    // A JavaScript value has no decimal type, and a Date no microseconds: such rows cannot reach us.
    it.skipIf(values.some(([, value]) => value === undefined))(id, () => {
      expect(canonicalJson(Object.fromEntries(values))).toBe(expected.text);
      expect(digest128(expected.text)).toBe(expected.id);
    });
  }

  // Times in a boundary are counted in microseconds: that comes with cursors.
  const boundaries = of<Case<{ text: string }> & { value: unknown }>("boundaryHash").filter(
    ([, { value }]) => !JSON.stringify(value).includes("$timestamp"),
  );
  it.each(boundaries)("%s", (_id, { value, expected }) => {
    expect(canonicalJson(valueOf(value))).toBe(expected.text);
  });
});

describe("the schema as dlt stores it", () => {
  it.each(of<Case<{ hash: string; content: string }> & { schema: Record<string, unknown> }>("schemaHash"))(
    "%s: hash",
    (_id, item) => {
      expect(schemaVersionHash(item.schema)).toBe(item.expected.hash);
    },
  );

  const stored = of<Case<{ _dlt_version: { schema: string; version: number; version_hash: string }[] }>>(
    "schemaStored",
  ).flatMap(([id, item]) => item.expected._dlt_version.map((row, index) => [`${id}/${index}`, row] as const));
  it.each(stored)("%s: read and stored again, nothing is lost and the hash stays", (_id, row) => {
    const schema = parseStoredSchema(row.schema);
    expect(schema.version).toBe(row.version);
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
    ["a cut text", '{"name":"p","engine_version":11,"tables"', /damaged/],
    ["another JSON", '{"hello":1}', /no name or no engine version/],
  ])("refuses %s", (_what, text, message) => {
    expect(() => parseStoredSchema(text)).toThrow(message);
    expect(() => parseStoredSchema(text)).toThrow(expect.objectContaining({ code: "stored_schema", retryable: false }));
  });
});

describe("the pipeline state as dlt stores it", () => {
  interface StateText {
    readonly version_hash: string;
    readonly text: string;
    readonly state: string;
  }

  it.each(of<Case<StateText & { hashContent: string }>>("state"))("%s", (_id, { expected }) => {
    const state = unpackState(expected.state);
    expect(state).toEqual(JSON.parse(expected.text));
    expect(unpackState(expected.text)).toEqual(state);
    const packed = packState(state);
    expect(packed.versionHash).toBe(expected.version_hash);
    expect(unpackState(packed.state)).toEqual(state);
    expect(canonicalJson(JSON.parse(expected.hashContent))).toBe(expected.hashContent);
  });

  const rows =
    of<Case<{ _dlt_pipeline_state: (StateText & { version: number; engine_version: number })[] }>>("stateRows");
  it.each(rows)("%s: each row is packed as it was, and raised as it was", (_id, { expected }) => {
    let before: ReturnType<typeof unpackState> | undefined;
    for (const row of expected._dlt_pipeline_state) {
      const state = unpackState(row.state);
      expect(stateVersionHash(state)).toBe(row.version_hash);
      const { state: text, ...packed } = packState(state);
      expect(packed).toEqual({ version: row.version, engineVersion: 4, versionHash: row.version_hash });
      expect(unpackState(text)).toEqual(JSON.parse(row.text));
      // The same content again is no new version; other content is the next one.
      expect(raiseState(state, { ...state, _local: { first_run: false } })).toBe(state);
      expect(raiseState(before, { ...state, _state_version: row.version - 1 })).toEqual(state);
      before = state;
    }
  });

  it.each([
    ["system/state-rows/duckdb/00", "dlt.destinations.duckdb"],
    ["system/state-rows/postgres/00", "dlt.destinations.postgres"],
  ])("%s: the state of a new pipeline is dlt's", (id, destinationType) => {
    const row = rows.find(([each]) => each === id)?.[1].expected._dlt_pipeline_state[0];
    const state = newPipelineState({ pipeline: "p", dataset: "ds", schemaName: "p", destinationType });
    const packed = packState(raiseState(undefined, state));
    expect(packed).toMatchObject({ version: 1, engineVersion: 4, versionHash: row?.version_hash });
    expect(unpackState(packed.state)).toEqual(JSON.parse(row?.text ?? ""));
  });

  it("keeps what it does not know, and the numbers as they were written", () => {
    const text =
      '{"_state_version":3,"_state_engine_version":4,"x":{"2":1.0,"1":9007199254740993},"sources":{"s":{"t":"\uF0272024-01-01T00:00:00+00:00"}}}';
    const { state } = packState(unpackState(text));
    const again = canonicalJson(unpackState(state));
    expect(again).toContain('"x":{"1":9007199254740993,"2":1.0}');
    expect(again).toContain('"t":"\uF0272024-01-01T00:00:00+00:00"');
  });

  it("never stores what stays on the machine", () => {
    const packed = packState({ _state_version: 1, pipeline_name: "p", _local: { last_extracted_hash: "secret" } });
    expect(unpackState(packed.state)).not.toHaveProperty("_local");
  });

  it.each([
    ["a newer engine", '{"_state_engine_version":9}', /engine version 9.*upgrade typeload/],
    ["a damaged text", "eNpdzk", /damaged/],
    ["a cut text", '{"_state_version":', /damaged/],
  ])("refuses %s", (_what, text, message) => {
    expect(() => unpackState(text)).toThrow(message);
    expect(() => unpackState(text)).toThrow(expect.objectContaining({ code: "stored_state" }));
  });
});
