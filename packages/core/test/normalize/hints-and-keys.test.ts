import { describe, expect, test } from "vitest";
import { NullKeyError } from "../../src/normalize/normalize-errors.ts";
import { childRowId, contentRowId, keyRowId } from "../../src/normalize/identify-row.ts";
import { columnsOf, normalizePages, page, resource, values } from "./normalize-pages.ts";

describe("hints", () => {
  test("by column: the column exists without any value, before all others", () => {
    const { normalizer, rows } = normalizePages([page('[{"id":1}]')], {
      resources: [resource({ columns: { createdAt: { dataType: "timestamp" }, note: {} } })],
    });
    expect(columnsOf(normalizer)).toEqual(["created_at:timestamp", "id:bigint", "note:?"]);
    expect(rows["t"]?.[0]).toMatchObject({ created_at: null, id: 1n });
    expect(rows["t"]?.[0]).not.toHaveProperty("note");
  });

  test("by path: the column is made when the member is first seen, even as null (dlt: null-only-column)", () => {
    const fieldHints = [
      { path: ["at"], dataType: "timestamp" },
      { path: ["o", "n"], dataType: "double" },
      { path: ["l", "[]", "when"], dataType: "date" },
      { path: ["never"], dataType: "text" },
    ] as const;
    const { normalizer } = normalizePages(
      [page('[{"x":1,"at":null,"o":{"n":null},"l":[{"when":null},{"when":"2024-01-15"}]}]')],
      { resources: [resource({ fieldHints })] },
    );
    expect(columnsOf(normalizer)).toEqual(["x:bigint", "at:timestamp", "o__n:double"]);
    expect(columnsOf(normalizer, "t__l")).toEqual(["when:date"]);
  });

  test("win over what a value looks like; a value that does not fit goes to a variant", () => {
    const fieldHints = [
      { path: ["a"], dataType: "text" },
      { path: ["b"], dataType: "double" },
      { path: ["c"], dataType: "timestamp" },
    ] as const;
    const { normalizer, rows } = normalizePages([page('[{"a":"2024-01-15T10:30:00Z","b":1,"c":""}]')], {
      resources: [resource({ fieldHints })],
    });
    expect(values(rows["t"])).toEqual([{ a: "2024-01-15T10:30:00Z", b: 1, c__v_text: "" }]);
    expect(columnsOf(normalizer)).toEqual(["a:text", "b:double", "c:timestamp", "c__v_text:text"]);
  });

  test("json by path keeps objects and lists whole, in order and with every digit", () => {
    const fieldHints = [
      { path: ["free"], dataType: "json" },
      { path: ["l", "[]", "free"], dataType: "json" },
    ] as const;
    const { rows } = normalizePages(
      [page('[{"free":{"b":1.0,"a":[]},"l":[{"free":[{"2":9007199254740993,"1":0}]}]},{"free":null}]')],
      { resources: [resource({ fieldHints })] },
    );
    expect(values(rows["t"])).toEqual([{ free: '{"b":1.0,"a":[]}' }, {}]);
    expect(values(rows["t__l"])).toEqual([{ free: '[{"2":9007199254740993,"1":0}]' }]);
  });

  test("a stored type is not changed by a hint", () => {
    const first = normalizePages([page('[{"a":"x"}]')]);
    const next = normalizePages([page('[{"a":5}]')], {
      schema: first.normalizer.schema,
      resources: [resource({ columns: { a: { dataType: "bigint", description: "now a number" } } })],
    });
    expect(columnsOf(next.normalizer)).toEqual(["a:text"]);
    expect(values(next.rows["t"])).toEqual([{ a: "5" }]);
  });

  test("new in a table that is stored is a change", () => {
    const first = normalizePages([page('[{"a":1}]')]);
    const next = normalizePages([page('[{"a":2}]')], {
      schema: first.normalizer.schema,
      resources: [resource({ columns: { b: { dataType: "text" } } })],
    });
    expect(next.normalizer.changes).toEqual([{ kind: "column-added", table: "t", column: "b", dataType: "text" }]);
    expect(columnsOf(next.normalizer)).toEqual(["a:bigint", "b:text"]);
  });

  test("a page without records declares the table, which has no rows yet", () => {
    const { normalizer } = normalizePages([page("[]")], {
      resources: [resource({ columns: { a: { dataType: "text" } }, writeDisposition: "replace" })],
    });
    expect(normalizer.schema.tables["t"]).toEqual({
      name: "t",
      resource: "t",
      writeDisposition: { kind: "replace" },
      columns: [{ name: "a", dataType: "text" }],
    });
    expect(normalizer.changes).toEqual([]);
  });
});

describe("secret members", () => {
  test("never become columns, at any depth, nor tables", () => {
    const { rows, normalizer } = normalizePages(
      [page('[{"id":1,"token":"****","o":{"token":{"a":1},"b":2},"l":[{"token":[1],"c":3}]}]')],
      { resources: [resource({ secretFields: ["token"] })] },
    );
    expect(Object.keys(rows)).toEqual(["t", "t__l"]);
    expect(values(rows["t"])).toEqual([{ id: 1, o__b: 2 }]);
    expect(values(rows["t__l"])).toEqual([{ c: 3 }]);
    expect(JSON.stringify(normalizer.schema)).not.toContain("token");
  });
});

describe("fields of a page", () => {
  const fields = { contactId: "c1", page: { no: 2 } };

  test("become columns of each of its root records, not of child rows", () => {
    const { rows } = normalizePages([page('[{"id":1,"l":[1]},"scalar"]', { fields })]);
    expect(values(rows["t"])).toEqual([
      { id: 1, contact_id: "c1", page__no: 2 },
      { value: "scalar", contact_id: "c1", page__no: 2 },
    ]);
    expect(values(rows["t__l"])).toEqual([{ value: 1 }]);
  });

  test("do not touch a record's own member, however it is spelled", () => {
    const { rows, normalizer } = normalizePages([
      page('[{"contactId":"own"},{"contact_id":"own"},{"contactId":null}]', { fields: { contactId: "c1" } }),
    ]);
    expect(values(rows["t"])).toEqual([{ contact_id: "own" }, { contact_id: "own" }, {}]);
    expect(normalizer.changes).toEqual([{ kind: "table-added", table: "t" }]);
  });
});

describe("keys", () => {
  const keyed = resource({ primaryKey: ["userId"], writeDisposition: "merge" });

  test("name their columns in the schema", () => {
    const { normalizer } = normalizePages([page('[{"name":"x","userId":1}]')], { resources: [keyed] });
    expect(normalizer.schema.tables["t"]?.columns.find(({ name }) => name === "user_id")).toEqual({
      name: "user_id",
      dataType: "bigint",
      nullable: false,
      primaryKey: true,
    });
    expect(normalizer.schema.tables["t"]?.writeDisposition).toEqual({ kind: "merge", strategy: "delete-insert" });
  });

  test.each([['{"userId":null}'], ['{"other":1}'], ["{}"], ['"scalar"']])(
    "%s has no key: the error says where",
    (record) => {
      const push = () =>
        normalizePages([page(`[{"userId":1},${record}]`, { sequence: 3, request: "GET /users" })], {
          resources: [keyed],
        });
      expect(push).toThrow(NullKeyError);
      expect(push).toThrow(
        'column "user_id" of table "t" must not be null, but record 1 of page 3 of resource "t" (GET /users)',
      );
    },
  );

  test("a key of a type that its column does not take is none", () => {
    expect(() => normalizePages([page('[{"userId":1},{"userId":"x"}]')], { resources: [keyed] })).toThrow(NullKeyError);
  });

  test("a declared column that must not be null refuses null", () => {
    const declared = resource({ columns: { a: { dataType: "bigint", nullable: false } } });
    expect(() => normalizePages([page('[{"a":null}]')], { resources: [declared] })).toThrow(NullKeyError);
  });
});

describe("row ids", () => {
  const ids = (rows: readonly Readonly<Record<string, unknown>>[] | undefined) => rows?.map((row) => row["_dlt_id"]);

  test("of a merge by key are the key's hash, and follow the key through all loads; children follow their root", () => {
    const resources = [resource({ primaryKey: ["id"], writeDisposition: { merge: "upsert" } })];
    const first = normalizePages([page('[{"id":1,"l":[5,6]}]')], { resources, loadId: "1.0" });
    const again = normalizePages([page('[{"x":0,"id":2},{"l":[7],"id":1}]')], {
      resources,
      loadId: "2.0",
      schema: first.normalizer.schema,
    });
    const root = keyRowId([["id", 1]]);
    expect(ids(first.rows["t"])).toEqual([root]);
    expect(ids(again.rows["t"])).toEqual([keyRowId([["id", 2]]), root]);
    expect(ids(first.rows["t__l"])).toEqual([childRowId(root, "t__l", 0), childRowId(root, "t__l", 1)]);
    expect(ids(again.rows["t__l"])).toEqual([childRowId(root, "t__l", 0)]);
  });

  test("of a merge without a key are made of the fields of the page, the content and the number among equals of the partition", () => {
    const resources = [resource({ writeDisposition: "merge" })];
    const note = (partition: string, contact: string, json: string) => page(json, { partition, fields: { contact } });
    const pages = [
      note("c1", "c1", '[{"b":1,"a":"x"},{"b":2}]'),
      note("c1", "c1", '[{"a":"x","b":1}]'),
      note("c2", "c2", '[{"a":"x","b":1}]'),
    ];
    const { rows } = normalizePages(pages, { resources });
    const content = '{"a":"x","b":1}';
    const id = (contact: string, text: string, occurrence: number) =>
      contentRowId(JSON.stringify({ contact }), text, occurrence);
    expect(ids(rows["t"])).toEqual([
      id("c1", content, 0),
      id("c1", '{"b":2}', 0),
      id("c1", content, 1),
      id("c2", content, 0),
    ]);
  });

  test.each(["append", "replace"] as const)(
    "of %s are unique in and between loads, and the same when a load is normalized again",
    (writeDisposition) => {
      const resources = [resource({ writeDisposition })];
      const load = (loadId: string) =>
        normalizePages([page('[{"l":[1,1]},{"l":[1,1]},{"l":[1,1]}]')], { resources, loadId }).rows;
      const all = [load("1.0"), load("2.0")].flatMap((rows) => [
        ...(ids(rows["t"]) ?? []),
        ...(ids(rows["t__l"]) ?? []),
      ]);
      expect(new Set(all).size).toBe(18);
      expect(all.every((id) => typeof id === "string" && id.length === 14)).toBe(true);
      expect(load("1.0")).toEqual(load("1.0"));
    },
  );
});
