import { describe, expect, it } from "vitest";
import { makeNaming } from "../../src/normalize/name-identifiers.ts";
import { migrateStoredSchema } from "../../src/schema/migrate-stored-schema.ts";
import { parseStoredSchema } from "../../src/schema/parse-stored-schema.ts";
import { schemaVersionHash } from "../../src/schema/schema-version.ts";
import { storeSchema } from "../../src/schema/store-schema.ts";
import { breaksPaths } from "../../src/schema/stored-normalizers.ts";

// The hashes are dlt 1.31's: `generate_version_hash(migrate_schema(schema, engine, 11))`.

const text = (name: string, more: object = {}) => ({ name, data_type: "text", nullable: false, ...more });

const engine9 = {
  version: 3,
  version_hash: "old",
  engine_version: 9,
  name: "shop",
  tables: {
    _dlt_version: {
      name: "_dlt_version",
      columns: { version: { name: "version", data_type: "bigint", nullable: false } },
      write_disposition: "skip",
      description: "Created by DLT. Tracks schema updates",
    },
    _dlt_loads: { name: "_dlt_loads", columns: { load_id: text("load_id") }, write_disposition: "skip" },
    orders: {
      name: "orders",
      columns: {
        id: { name: "id", data_type: "bigint", nullable: false, primary_key: true },
        more: { name: "more", data_type: "complex", nullable: true },
        ghost: { name: "ghost", nullable: true, "x-normalizer": { "seen-null-first": true } },
        late: { name: "late", data_type: "text", nullable: true, "x-normalizer": { "seen-null-first": true } },
        _dlt_load_id: text("_dlt_load_id"),
        _dlt_id: text("_dlt_id", { unique: true }),
      },
      write_disposition: "merge",
      resource: "orders",
      "x-normalizer": { "seen-data": true },
    },
    orders__lines: {
      name: "orders__lines",
      columns: {
        value: { name: "value", data_type: "text", nullable: true },
        _dlt_root_id: text("_dlt_root_id", { root_key: true }),
        _dlt_parent_id: text("_dlt_parent_id", { foreign_key: true }),
        _dlt_list_idx: { name: "_dlt_list_idx", data_type: "bigint", nullable: false },
        _dlt_id: text("_dlt_id", { unique: true }),
      },
      parent: "orders",
      "x-normalizer": { "seen-data": true },
    },
  },
  settings: {
    detections: ["iso_timestamp"],
    preferred_types: { "re:_blob$": "complex" },
    default_hints: {
      not_null: ["_dlt_id", "_dlt_root_id", "_dlt_parent_id", "_dlt_list_idx", "_dlt_load_id"],
      foreign_key: ["_dlt_parent_id"],
      root_key: ["_dlt_root_id"],
      unique: ["_dlt_id"],
    },
  },
  normalizers: {
    names: "snake_case",
    json: {
      module: "dlt.common.normalizers.json.relational",
      config: { generate_dlt_id: true, propagation: { tables: { orders: { _dlt_id: "_dlt_root_id" } } } },
    },
  },
  previous_hashes: ["x"],
};

const engine10 = {
  version: 2,
  version_hash: "old10",
  engine_version: 10,
  name: "shop",
  tables: {
    t: {
      name: "t",
      columns: { a: { name: "a", data_type: "bigint", nullable: true } },
      write_disposition: "append",
      resource: "t",
      "x-normalizer": { "seen-data": true },
    },
  },
  settings: {},
  normalizers: { names: "snake_case", json: { module: "dlt.common.normalizers.json.relational" } },
  previous_hashes: [],
};

describe("a schema that an older dlt stored", () => {
  it.each([
    [engine9, "1KB1WdCa6R/dfqOLPxC3hLofzZ+R05LgWUjMzx2oOrw="],
    [engine10, "QFz1p/kRRJImVTW8E0ryZ7ujBBiaa45b5/qvDsxMWFc="],
  ])("of engine $engine_version becomes what dlt makes of it", (stored, hash) => {
    expect(schemaVersionHash(migrateStoredSchema(stored, stored.engine_version))).toBe(hash);
  });

  it("is read with its keys and types, and raised by a version when it is stored", () => {
    const schema = parseStoredSchema(JSON.stringify(engine9));
    expect(schema.tables["orders"]?.columns.map(({ name, dataType, rowKey }) => [name, dataType, rowKey])).toEqual([
      ["id", "bigint", undefined],
      ["more", "json", undefined],
      ["late", "text", undefined],
      ["_dlt_load_id", "text", undefined],
      ["_dlt_id", "text", true],
    ]);
    expect(schema.tables["orders__lines"]?.columns.find(({ parentKey }) => parentKey)?.name).toBe("_dlt_parent_id");
    const { schema: stored, changed } = storeSchema(schema);
    expect(changed).toBe(true);
    expect(stored.version).toBe(4);
    expect(stored.previousHashes).toEqual(["old", "x"]);
  });

  it("keeps its way of naming: its columns are found again", () => {
    const schema = parseStoredSchema(JSON.stringify(engine10));
    expect(breaksPaths(schema)).toBe(false);
    const naming = makeNaming(
      { maxColumnNameLength: 63, maxTableNameLength: 63, identifierLengthUnit: "bytes" },
      { breakPaths: breaksPaths(schema) },
    );
    expect(naming.column(["a__b"], "c__d")).toBe("a_b__c_d");
    // Stored again, it still says so.
    expect(breaksPaths(parseStoredSchema(storeSchema(schema).text))).toBe(false);
  });
});

describe("a schema of another naming convention", () => {
  it.each(["snake_case", "dlt.common.normalizers.naming.snake_case", undefined])("%s is read", (names) => {
    expect(parseStoredSchema(JSON.stringify({ ...engine10, normalizers: { names } })).name).toBe("shop");
  });

  it.each(["sql_ci_v1", "duck_case", "direct", "my.naming", 7])("%s is refused", (names) => {
    expect(() => parseStoredSchema(JSON.stringify({ ...engine10, normalizers: { names } }))).toThrow(
      /"shop" has names of the convention .*another dataset/,
    );
  });
});
