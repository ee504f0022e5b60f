import { describe, expect, it } from "vitest";
import { parseStoredSchema } from "../../src/schema/parse-stored-schema.ts";
import { storeSchema } from "../../src/schema/store-schema.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { type ResourceOptions } from "../../src/source/resource-options.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { emptySchema, normalizePages, page } from "../normalize/normalize-pages.ts";

const record = '[{"id":1,"v":"a","h":"x","l":[1]}]';
type Options = Partial<ResourceOptions<"t", { id: number; v: string; h: string }>>;

function stored(options: Options, schema: Schema = emptySchema) {
  const resources = [
    defineResource<"t", { id: number; v: string; h: string }>({ name: "t", read: () => [], ...options }),
  ];
  const { normalizer } = normalizePages([page(record)], { resources, schema });
  const { text } = storeSchema(normalizer.schema);
  // Written a line above.
  return { text, tables: (JSON.parse(text) as { tables: Record<string, unknown> }).tables };
}

const text = (name: string) => ({ name, data_type: "text", nullable: true });
const loadId = { name: "_dlt_load_id", data_type: "text", nullable: false };
const rowId = { name: "_dlt_id", data_type: "text", nullable: false, unique: true, row_key: true };
const version = { nullable: false, "x-row-version": true, unique: false, row_key: false, data_type: "text" };
const root = { name: "t", resource: "t", write_disposition: "merge", "x-normalizer": { "seen-data": true } };
const id = { name: "id", data_type: "bigint", nullable: true };

/** Tables as dlt 1.31 stores them, for the same record and the same options. */
const dlt: readonly (readonly [title: string, options: Options, table: object])[] = [
  [
    "scd2",
    { writeDisposition: { merge: "scd2" } },
    {
      ...root,
      "x-merge-strategy": "scd2",
      columns: {
        _dlt_valid_from: { name: "_dlt_valid_from", data_type: "timestamp", nullable: true, "x-valid-from": true },
        _dlt_valid_to: {
          name: "_dlt_valid_to",
          data_type: "timestamp",
          nullable: true,
          "x-valid-to": true,
          "x-active-record-timestamp": null,
        },
        id,
        v: text("v"),
        h: text("h"),
        _dlt_load_id: loadId,
        _dlt_id: { name: "_dlt_id", ...version },
      },
    },
  ],
  [
    "scd2 with all its options",
    {
      writeDisposition: {
        merge: "scd2",
        validFrom: "vf",
        validTo: "vt",
        activeRecordTimestamp: "9999-12-31",
        boundaryTimestamp: "2024-01-01T00:00:00+00:00",
        rowVersionColumn: "h",
      },
    },
    {
      ...root,
      "x-merge-strategy": "scd2",
      "x-boundary-timestamp": "2024-01-01T00:00:00+00:00",
      columns: {
        vf: { name: "vf", data_type: "timestamp", nullable: true, "x-valid-from": true },
        vt: {
          name: "vt",
          data_type: "timestamp",
          nullable: true,
          "x-valid-to": true,
          "x-active-record-timestamp": "9999-12-31",
        },
        id,
        v: text("v"),
        h: { name: "h", ...version },
        _dlt_load_id: loadId,
        _dlt_id: rowId,
      },
    },
  ],
  [
    "hard delete and dedup sort",
    {
      writeDisposition: "merge",
      primaryKey: "id",
      columns: { v: { hardDelete: true }, h: { dedupSort: "desc" } },
    },
    {
      ...root,
      columns: {
        id: { name: "id", data_type: "bigint", nullable: false, primary_key: true },
        v: { ...text("v"), hard_delete: true },
        h: { ...text("h"), dedup_sort: "desc" },
        _dlt_load_id: loadId,
        _dlt_id: rowId,
      },
    },
  ],
];

describe("hints of a merge", () => {
  it.each(dlt)("are stored as dlt stores them: %s", (_title, options, table) => {
    expect(stored(options).tables["t"]).toEqual(table);
  });

  it.each(dlt)("come back from what is stored: %s", (_title, options) => {
    const first = stored(options);
    const schema = parseStoredSchema(first.text);
    expect(storeSchema(schema).text).toBe(first.text);
    expect(stored(options, schema).tables).toEqual(first.tables);
  });

  it("are what the resource says now: those of before go, and a version column is a plain one again", () => {
    const merged = stored({ writeDisposition: "merge", primaryKey: "id" }, parseStoredSchema(stored(...scd2).text));
    const table = merged.tables["t"] as { columns: Record<string, object> };
    expect(table.columns["_dlt_id"]).toEqual(rowId);
    expect(table.columns["_dlt_valid_to"]).toEqual({ name: "_dlt_valid_to", data_type: "timestamp", nullable: true });
    expect(JSON.stringify(merged.tables["t"])).not.toMatch(/x-(valid|row-version|active|merge-strategy)/);
  });

  it("a validity column that holds something else is refused", () => {
    const schema = parseStoredSchema(stored({}).text);
    expect(() => stored({ writeDisposition: { merge: "scd2", validFrom: "v" } }, schema)).toThrow(
      /column "v" is to say how long a version was valid, and holds text already/,
    );
  });
});

const scd2 = [{ writeDisposition: { merge: "scd2" } }] as const;
