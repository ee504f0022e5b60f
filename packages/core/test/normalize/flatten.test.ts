import { describe, expect, test } from "vitest";
import { columnsOf, emptySchema, normalizePages, page, resource, values } from "./normalize-pages.ts";

/** Rows of all tables, without the columns of ours. */
const rowsOf = (json: string, options: Parameters<typeof resource>[0] = {}) => {
  const { rows } = normalizePages([page(json)], { resources: [resource(options)] });
  return Object.fromEntries(Object.entries(rows).map(([table, all]) => [table, values(all)]));
};

describe("records become rows (dlt.md §2.5)", () => {
  test("an item that is no object becomes { value: item }", () => {
    expect(rowsOf('[1,"x",{"a":true}]')).toEqual({ t: [{ value: 1 }, { value__v_text: "x" }, { a: true }] });
  });

  test("keys are normalized, and prefixed by the path; a blank key is _empty", () => {
    expect(rowsOf('[{"userId":1,"geo":{"Lat Lng":{"x":2}},"":3}]')).toEqual({
      t: [{ user_id: 1, geo__lat_lng__x: 2, _empty: 3 }],
    });
  });

  test("members of objects go into the same row", () => {
    expect(rowsOf('[{"a":{"b":{"c":1}},"d":2}]')).toEqual({ t: [{ a__b__c: 1, d: 2 }] });
  });

  test("elements of a list go into a child table, scalars under value", () => {
    expect(rowsOf('[{"l":[1,2]},{"l":[{"k":"x"}]}]')).toEqual({
      t: [{}, {}],
      t__l: [{ value: 1 }, { value: 2 }, { k: "x" }],
    });
  });

  test("a null is no value and makes no column", () => {
    const { normalizer, rows } = normalizePages([page('[{"a":null,"b":1}]')]);
    expect(columnsOf(normalizer)).toEqual(["b:bigint"]);
    expect(values(rows["t"])).toEqual([{ b: 1 }]);
  });

  test("a list in a list makes a row without values and a table of its own; null and {} make a row; a mixed list keeps each", () => {
    expect(rowsOf('[{"m":[1,"a",{"k":1},[2,[3]],null,{}]}]')).toEqual({
      t: [{}],
      t__m: [{ value: 1 }, { value__v_text: "a" }, { k: 1 }, {}, {}, {}],
      t__m__list: [{ value: 2 }, {}],
      t__m__list__list: [{ value: 3 }],
    });
  });

  test("an empty list or object is nothing; an empty record is a row with ids alone", () => {
    const { rows, normalizer } = normalizePages([page('[{"a":1,"l":[],"o":{}},{}]')]);
    expect(Object.keys(rows)).toEqual(["t"]);
    expect(values(rows["t"])).toEqual([{ a: 1 }, {}]);
    expect(normalizer.schema.tables["t"]?.columns.map(({ name }) => name)).toEqual(["a", "_dlt_load_id", "_dlt_id"]);
  });

  test("columns come in dlt's order: scalars of a level, then its objects with the last one first; later ones are appended", () => {
    const { normalizer } = normalizePages([
      page('[{"z":1,"a":{"x":1,"q":{"w":1}},"m":2,"b":{"y":1},"n":3},{"later":1}]'),
    ]);
    expect(normalizer.schema.tables["t"]?.columns.map(({ name }) => name)).toEqual([
      "z",
      "m",
      "n",
      "b__y",
      "a__x",
      "a__q__w",
      "_dlt_load_id",
      "_dlt_id",
      "later",
    ]);
  });

  test("parents come before their children, in the order of the document", () => {
    const { rows } = normalizePages([page('[{"id":1,"l":[{"m":[1,2]},{"m":[3]}]},{"id":2,"l":[{"m":[4]}]}]')]);
    const ids = (table: string) => rows[table]?.map((row) => row["_dlt_id"]);
    const parents = (table: string) => rows[table]?.map((row) => row["_dlt_parent_id"]);
    expect(parents("t__l")).toEqual([0, 0, 1].map((index) => ids("t")?.[index]));
    expect(parents("t__l__m")).toEqual([0, 0, 1, 2].map((index) => ids("t__l")?.[index]));
    expect(rows["t__l__m"]?.map((row) => row["_dlt_list_idx"])).toEqual([0n, 1n, 0n, 0n]);
  });

  test("a member that is a scalar here, an object there and a list elsewhere has a place for each", () => {
    expect(rowsOf('[{"a":1},{"a":{"b":2}},{"a":[3]}]')).toEqual({
      t: [{ a: 1 }, { a__b: 2 }, {}],
      t__a: [{ value: 3 }],
    });
  });

  test("the nesting limit keeps what is deeper as json", () => {
    const json = '[{"id":1,"o":{"p":{"q":1}},"l":[{"m":[1]}],"ll":[[1]]}]';
    expect(rowsOf(json, { maxTableNesting: 0 })).toEqual({
      t: [{ id: 1, o: '{"p":{"q":1}}', l: '[{"m":[1]}]', ll: "[[1]]" }],
    });
    expect(rowsOf(json, { maxTableNesting: 1 })).toEqual({
      t: [{ id: 1, o__p: '{"q":1}' }],
      t__l: [{ m: "[1]" }],
      t__ll: [{ list: "[1]" }],
    });
  });

  test("a column that is json already, by hint or in the stored schema, takes objects and lists whole", () => {
    const { rows, normalizer } = normalizePages([page('[{"extra":{"b":[1.50,{"2":1,"1":2}]}}]')], {
      resources: [resource({ columns: { extra: { dataType: "json" } } })],
    });
    expect(values(rows["t"])).toEqual([{ extra: '{"b":[1.50,{"2":1,"1":2}]}' }]);
    const next = normalizePages([page('[{"extra":{"c":1}},{"extra":[2]}]')], { schema: normalizer.schema });
    expect(values(next.rows["t"])).toEqual([{ extra: '{"c":1}' }, { extra: "[2]" }]);
  });

  test("deep nesting does not exhaust the stack", () => {
    const deep = `[{"a":${'{"a":'.repeat(500)}1${"}".repeat(500)}}]`;
    expect(Object.keys(rowsOf(deep)["t"]?.[0] ?? {})).toHaveLength(1);
  });
});

describe("the columns of ours (dlt.md §2.6)", () => {
  test("root tables have the load id, child tables the links", () => {
    const { normalizer } = normalizePages([page('[{"id":1,"l":[1]}]')]);
    const own = (table: string) =>
      normalizer.schema.tables[table]?.columns.filter(({ name }) => name.startsWith("_dlt_"));
    expect(own("t")).toEqual([
      { name: "_dlt_load_id", dataType: "text", nullable: false },
      { name: "_dlt_id", dataType: "text", nullable: false, unique: true, rowKey: true },
    ]);
    expect(own("t__l")).toEqual([
      { name: "_dlt_parent_id", dataType: "text", nullable: false, parentKey: true },
      { name: "_dlt_list_idx", dataType: "bigint", nullable: false },
      { name: "_dlt_id", dataType: "text", nullable: false, unique: true, rowKey: true },
    ]);
  });

  test.each(["delete-insert", "upsert", "insert-only"] as const)(
    "children of a merge (%s) carry the id of their root",
    (merge) => {
      const { rows, normalizer } = normalizePages([page('[{"id":1,"l":[{"m":[1]}]}]')], {
        resources: [resource({ primaryKey: ["id"], writeDisposition: { merge } })],
      });
      const root = rows["t"]?.[0]?.["_dlt_id"];
      expect(rows["t__l__m"]?.[0]?.["_dlt_root_id"]).toBe(root);
      expect(normalizer.schema.tables["t__l"]?.columns.map(({ name }) => name)).toEqual([
        "_dlt_root_id",
        "_dlt_parent_id",
        "_dlt_list_idx",
        "_dlt_id",
      ]);
    },
  );

  test("rows that were stored before the root id was needed may lack it", () => {
    const first = normalizePages([page('[{"id":1,"l":[1]}]')]);
    const next = normalizePages([page('[{"id":1,"l":[1]}]')], {
      schema: first.normalizer.schema,
      resources: [resource({ primaryKey: ["id"], writeDisposition: "merge" })],
    });
    expect(next.normalizer.schema.tables["t__l"]?.columns.find(({ name }) => name === "_dlt_root_id")?.nullable).toBe(
      true,
    );
  });

  test("members with a name of ours are kept beside, and reported", () => {
    const { rows, normalizer } = normalizePages([
      page('[{"_dlt_id":"mine","_dlt_load_id":7,"l":[{"_dlt_list_idx":9}]}]'),
    ]);
    expect(rows["t"]?.[0]).toMatchObject({ _dlt_id_2: "mine", _dlt_load_id: "1700000000.0", _dlt_load_id_2: 7n });
    expect(rows["t__l"]?.[0]).toMatchObject({ _dlt_list_idx: 0n, _dlt_list_idx_2: 9n });
    expect(normalizer.changes).toContainEqual({
      kind: "name-collision",
      table: "t",
      column: "_dlt_id_2",
      keys: ["_dlt_id", "_dlt_id"],
    });
    const next = normalizePages([page('[{"_dlt_id":"again"}]')], { schema: normalizer.schema });
    expect(next.rows["t"]?.[0]).toMatchObject({ _dlt_id_2: "again" });
    expect(next.normalizer.changes).toEqual([]);
  });
});

describe("colliding keys", () => {
  test("of one record are both kept, and reported", () => {
    const { rows, normalizer } = normalizePages([page('[{"ID":1,"id":2,"l":[1],"L":[2]}]')]);
    expect(values(rows["t"])).toEqual([{ id: 1, id_2: 2 }]);
    expect([values(rows["t__l"]), values(rows["t__l_2"])]).toEqual([[{ value: 1 }], [{ value: 2 }]]);
    expect(normalizer.changes.filter(({ kind }) => kind === "name-collision")).toEqual([
      { kind: "name-collision", table: "t", column: "id_2", keys: ["ID", "id"] },
      { kind: "name-collision", table: "t__l_2", column: "", keys: ["t__l", "L"] },
    ]);
  });

  test("go the same way in later loads, whatever comes first then", () => {
    const first = normalizePages([page('[{"ID":1,"id":2,"l":[1],"L":[2]}]')]);
    const next = normalizePages([page('[{"id":4,"ID":3,"L":[6],"l":[5]},{"id":8}]')], {
      schema: first.normalizer.schema,
    });
    expect(values(next.rows["t"])).toEqual([{ id: 3, id_2: 4 }, { id_2: 8 }]);
    expect([values(next.rows["t__l"]), values(next.rows["t__l_2"])]).toEqual([[{ value: 5 }], [{ value: 6 }]]);
    expect(next.normalizer.changes).toEqual([]);
  });

  test("of different records share their column, as in dlt", () => {
    expect(rowsOf('[{"ID":1},{"id":2}]')).toEqual({ t: [{ id: 1 }, { id: 2 }] });
  });

  test("of a member and a nested one are both kept", () => {
    expect(rowsOf('[{"a":{"b":1},"a__b":2}]')).toEqual({ t: [{ a__b: 2, a__b_2: 1 }] });
  });

  test("do not collide where one of them is null", () => {
    expect(rowsOf('[{"id":2,"ID":null},{"id":null,"ID":3}]')).toEqual({ t: [{ id: 2 }, { id: 3 }] });
  });

  test("a list's table whose name another resource has goes beside it", () => {
    const resources = [resource({ name: "a", tableName: "a" }), resource({ name: "b", tableName: "a__l" })];
    const { rows } = normalizePages([page('[{"x":1}]', { resource: "b" }), page('[{"l":[2]}]', { resource: "a" })], {
      resources,
    });
    expect(values(rows["a__l"])).toEqual([{ x: 1 }]);
    expect(values(rows["a__l_2"])).toEqual([{ value: 2 }]);
  });

  test("a resource cannot take the table of a list", () => {
    const resources = [resource({ name: "a", tableName: "a" }), resource({ name: "b", tableName: "a__l" })];
    expect(() =>
      normalizePages([page('[{"l":[2]}]', { resource: "a" }), page('[{"x":1}]', { resource: "b" })], { resources }),
    ).toThrow('resource "b" wants table "a__l", which holds a list of table "a" already');
  });
});

describe("changes of the schema", () => {
  test("tell a new table once, and each column that comes after its first row", () => {
    const first = normalizePages([page('[{"a":1,"l":[1]},{"b":"x"}]')]);
    expect(first.normalizer.changes).toEqual([
      { kind: "table-added", table: "t" },
      { kind: "table-added", table: "t__l" },
      { kind: "column-added", table: "t", column: "b", dataType: "text" },
    ]);
    const next = normalizePages([page('[{"c":true,"l":[{"k":1.5}],"m":[1]}]')], { schema: first.normalizer.schema });
    expect(next.normalizer.changes).toEqual([
      { kind: "column-added", table: "t", column: "c", dataType: "bool" },
      { kind: "column-added", table: "t__l", column: "k", dataType: "double" },
      { kind: "table-added", table: "t__m" },
    ]);
  });

  test("a table that outgrows the destination is an error that says what to do", () => {
    expect(() =>
      normalizePages([page('[{"map":{"k1":1,"k2":2,"k3":3}}]')], { capabilities: { maxColumnsPerTable: 4 } }),
    ).toThrow('table "t" would get more than the 4 columns that the destination allows');
  });
});

describe("odd keys", () => {
  test.each([
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "__",
    "  ",
    "é🦚",
    "\u0000",
    "مرحبا",
    "1",
    "x".repeat(10_000),
  ])("%j is a column", (key) => {
    const { rows, normalizer } = normalizePages([page(`[{${JSON.stringify(key)}:7}]`)], {
      capabilities: { maxColumnNameLength: 63 },
    });
    expect(Object.values(values(rows["t"])[0] ?? {})).toEqual([7]);
    expect(normalizer.schema.tables["t"]?.columns[0]?.name).toMatch(/^[a-z_][a-z0-9_]{0,62}$/);
  });

  test("a list under __proto__ is a table", () => {
    expect(rowsOf('[{"__proto__":[1],"constructor":{"prototype":2}}]')).toEqual({
      t: [{ constructor__prototype: 2 }],
      t__proto: [{ value: 1 }],
    });
    expect(emptySchema.tables).toEqual({});
  });
});
