import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonText } from "../../src/scan/json-text.ts";
import { parseStoredSchema } from "../../src/schema/parse-stored-schema.ts";
import type { Column, Schema, Table } from "../../src/schema/schema.ts";
import { emptySchema, storeSchema } from "../../src/schema/store-schema.ts";

const rowId: Column = { name: "_dlt_id", dataType: "text", nullable: false, unique: true, rowKey: true };
const loadId: Column = { name: "_dlt_load_id", dataType: "text", nullable: false };

function root(name: string, more: Partial<Table> = {}): Table {
  return {
    name,
    resource: name,
    writeDisposition: { kind: "append" },
    seenData: true,
    columns: [loadId, rowId],
    ...more,
  };
}

function child(name: string, parent: string, column: Column): Table {
  const lineage: Column[] = [
    { name: "_dlt_parent_id", dataType: "text", nullable: false, parentKey: true },
    { name: "_dlt_list_idx", dataType: "bigint", nullable: false },
  ];
  return { name, parent, seenData: true, columns: [column, ...lineage, rowId] };
}

const of = (name: string, ...tables: Table[]): Schema => ({
  ...emptySchema(name),
  tables: Object.fromEntries(tables.map((table) => [table.name, table])),
});

describe("a schema made here", () => {
  it("has the hash that dlt gives the same schema", () => {
    const schema = of(
      "p",
      root("t", {
        columns: [
          { name: "id", dataType: "bigint", nullable: false, primaryKey: true },
          { name: "o__a", dataType: "bigint", nullable: true },
          loadId,
          rowId,
        ],
      }),
      child("t__l", "t", { name: "k", dataType: "bigint", nullable: true }),
      child("t__l__m", "t__l", { name: "value", dataType: "bigint", nullable: true }),
      child("t__s", "t", { name: "value", dataType: "text", nullable: true }),
    );
    // Golden case system/schema-stored/02.
    expect(storeSchema(schema).schema.versionHash).toBe("BRKdWvOwwtopfx84Zg6XpAWs15on0S1wcsvry5qlarU=");
  });

  it("tells dlt which row ids go down to child tables, also of tables that come later", () => {
    const merged = root("m", { writeDisposition: { kind: "merge", strategy: "upsert" } });
    const versions = root("v", { writeDisposition: { kind: "merge", strategy: "scd2" } });
    const propagated = (schema: Schema): unknown =>
      JSON.parse(storeSchema(schema).text).normalizers.json.config?.propagation.tables;
    expect(propagated(of("p", root("t")))).toBeUndefined();
    expect(propagated(of("p", merged, versions))).toEqual({ m: { _dlt_id: "_dlt_root_id" } });
    const stored = parseStoredSchema(storeSchema(of("p", merged)).text);
    const later = { ...stored, tables: { ...stored.tables, n: { ...merged, name: "n" } } };
    expect(propagated(later)).toEqual({ m: { _dlt_id: "_dlt_root_id" }, n: { _dlt_id: "_dlt_root_id" } });
  });

  it("counts versions from 1, and only when the content changes", () => {
    const first = storeSchema(of("p", root("t")));
    expect([first.schema.version, first.changed]).toEqual([1, true]);
    const again = storeSchema(first.schema);
    expect([again.schema.version, again.changed, again.text]).toEqual([1, false, first.text]);
    const reordered = { ...first.schema, tables: { t: root("t", { columns: [rowId, loadId] }) } };
    expect(storeSchema(reordered).schema.version).toBe(2);
  });

  it("remembers ten earlier hashes, each once", () => {
    let schema = of("p");
    for (let count = 0; count < 15; count++) {
      // At the end there and back again, to hashes that are remembered.
      const name = `t${count < 12 ? count : 10 + (count % 2)}`;
      schema = storeSchema({ ...schema, tables: { [name]: root(name) } }).schema;
    }
    expect(schema.version).toBe(15);
    expect(schema.previousHashes).toHaveLength(10);
    expect(new Set(schema.previousHashes).size).toBe(10);
  });

  it("changes the strategy of a stored merge", () => {
    const upsert = storeSchema(of("p", root("t", { writeDisposition: { kind: "merge", strategy: "upsert" } }))).text;
    for (const stored of [upsert, upsert.replace('"upsert"', '"cdc"')]) {
      const schema = parseStoredSchema(stored);
      const table = { ...schema.tables["t"]!, writeDisposition: { kind: "merge", strategy: "delete-insert" } as const };
      const again = parseStoredSchema(storeSchema({ ...schema, tables: { t: table } }).text);
      expect(again.tables["t"]?.writeDisposition).toEqual({ kind: "merge", strategy: "delete-insert" });
    }
  });
});

describe("a stored schema", () => {
  const word = fc.constantFrom("a", "b", "id", "contact_email", "x__y", "_dlt_id", "value");
  // Whatever a newer dlt, a user's hint or an adapter may have put there.
  const anything = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
  const hints = fc.dictionary(fc.constantFrom("x-cluster", "references", "hard_delete", "x-note"), anything, {
    maxKeys: 3,
  });
  const column = fc
    .record(
      {
        data_type: fc.constantFrom("text", "bigint", "double", "decimal", "bool", "timestamp", "json", "wei"),
        nullable: fc.option(fc.boolean(), { nil: null }),
        precision: fc.oneof(fc.nat(76), fc.constant(null)),
        primary_key: fc.boolean(),
        unique: fc.boolean(),
        timezone: fc.boolean(),
        description: fc.oneof(fc.string(), fc.constant(null)),
      },
      { requiredKeys: [] },
    )
    .chain((known) => hints.map((more) => ({ ...known, ...more })));
  const table = fc
    .record(
      {
        parent: word,
        resource: fc.oneof(word, fc.constant(null)),
        write_disposition: fc.constantFrom("append", "replace", "merge", "skip", "other"),
        "x-merge-strategy": fc.constantFrom("delete-insert", "upsert", "scd2", "cdc"),
        "x-normalizer": fc.constantFrom(
          { "seen-data": true },
          { "seen-data": false },
          { max_nesting: 2, "seen-data": true },
        ),
        file_format: fc.constant("preferred"),
      },
      { requiredKeys: [] },
    )
    .chain((known) =>
      fc.tuple(hints, fc.dictionary(word, column, { maxKeys: 4 })).map(([more, columns]) => ({
        ...known,
        ...more,
        columns: Object.fromEntries(Object.entries(columns).map(([name, rest]) => [name, { name, ...rest }])),
      })),
    );
  const stored = fc
    .tuple(
      fc.dictionary(word, table, { maxKeys: 3 }),
      fc.dictionary(fc.constantFrom("x-more", "imported_version_hash"), anything),
    )
    .map(([tables, more]) => {
      const system = JSON.parse(storeSchema(of("p")).text);
      const named = Object.entries(tables).map(([name, rest]) => [name, { name, ...rest }]);
      return { ...system, ...more, tables: { ...system.tables, ...Object.fromEntries(named) } };
    });

  it("is stored again as it was, whatever it holds", () => {
    fc.assert(
      fc.property(stored, (content) => {
        const schema = parseStoredSchema(JSON.stringify(content));
        const again = JSON.parse(storeSchema(schema).text);
        // What dlt is told of merged tables may be added.
        const { version: _v, version_hash: _h, previous_hashes: _p, normalizers: _n, ...expected } = content;
        expect(again).toMatchObject(expected);
        expect(again.tables).toEqual(expected.tables);
        // The order of columns counts for the hash.
        for (const [name, one] of Object.entries<{ columns: object }>(content.tables))
          expect(Object.keys(again.tables[name].columns)).toEqual(Object.keys(one.columns));
        const settled = parseStoredSchema(storeSchema(schema).text);
        expect(storeSchema(settled).changed).toBe(false);
      }),
    );
  });

  it("keeps numbers as they were written", () => {
    const { text, schema } = storeSchema({ ...of("p"), extra: { "x-score": 1 } });
    const odd = text.replace('"x-score":1', '"x-score":1.0,"x-id":9007199254740993');
    const again = storeSchema(parseStoredSchema(odd));
    expect(again.text).toContain('"x-score":1.0,"x-id":9007199254740993');
    expect(again.schema.versionHash).not.toBe(schema.versionHash);
  });

  it("is read packed, as a destination with short texts has it", () => {
    const { text, schema } = storeSchema(of("p", root("t")));
    expect(storeSchema(parseStoredSchema(deflateSync(text).toString("base64"))).schema).toMatchObject({
      name: "p",
      versionHash: schema.versionHash,
    });
    expect(jsonText(JSON.parse(text))).toBe(text);
  });
});
