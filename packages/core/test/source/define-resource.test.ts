import { describe, expect, expectTypeOf, it } from "vitest";
import { defineResource, defineSource, isTypeloadError, pageBytes } from "../../src/index.ts";
import type { KeyOf, PageBytes, Resource, ResourceName } from "../../src/index.ts";

interface Order {
  id: string;
  total: number;
}

const orders = defineResource({
  name: "orders",
  primaryKey: "id",
  async *read() {
    const page: Order[] = await Promise.resolve([{ id: "a", total: 1 }]);
    yield page;
  },
});

describe("defineResource: types", () => {
  it("takes the record's type from lists, single records and generators", () => {
    expectTypeOf(orders).toEqualTypeOf<Resource<"orders", Order>>();
    const single = defineResource({
      name: "one",
      *read() {
        const order: Order = { id: "a", total: 1 };
        yield order;
      },
    });
    expectTypeOf(single).toEqualTypeOf<Resource<"one", Order>>();
    const array = defineResource({ name: "array", primaryKey: ["id", "total"], read: (): Order[] => [] });
    expectTypeOf(array).toEqualTypeOf<Resource<"array", Order>>();
  });

  it("refuses a key the record does not have", () => {
    // @ts-expect-error: an Order has no "ident"
    defineResource({ name: "orders", primaryKey: "ident", read: (): Order[] => [] });
    // @ts-expect-error: neither in a compound key
    defineResource({ name: "orders", primaryKey: ["id", "ident"], read: (): Order[] => [] });
    // @ts-expect-error: nor as a merge key
    defineResource({ name: "orders", mergeKey: "ident", read: (): Order[] => [] });
    defineResource({
      name: "orders",
      // @ts-expect-error: nor where the reading is asynchronous
      primaryKey: "ident",
      async *read({ signal }) {
        signal.throwIfAborted();
        const order: Order = await Promise.resolve({ id: "a", total: 1 });
        yield order;
      },
    });
  });

  it("knows the keys by name, of what is yielded beside bytes", () => {
    expectTypeOf<KeyOf<Order>>().toEqualTypeOf<"id" | "total">();
    expectTypeOf<KeyOf<Order | PageBytes>>().toEqualTypeOf<"id" | "total">();
    expectTypeOf<KeyOf<{ id: 1; a: 1 } | { id: 2; b: 2 }>>().toEqualTypeOf<"id">();
    expectTypeOf<KeyOf<Record<string, unknown>>>().toEqualTypeOf<string>();
    expectTypeOf<KeyOf<PageBytes>>().toEqualTypeOf<string>();
    expectTypeOf<KeyOf<unknown>>().toEqualTypeOf<string>();
  });

  it("takes any key where only bytes are read", () => {
    const raw = defineResource({
      name: "raw",
      primaryKey: "whatever",
      *read() {
        yield pageBytes(new Uint8Array(), { at: "results" });
      },
    });
    expectTypeOf(raw.name).toEqualTypeOf<"raw">();
  });

  it("knows the names of a source's resources", () => {
    const people = defineResource({ name: "people", read: (): { id: number }[] => [] });
    const shop = defineSource({ name: "shop", resources: [orders, people] });
    expectTypeOf<ResourceName<typeof shop>>().toEqualTypeOf<"orders" | "people">();
  });

  it("lets a generator return a verdict", () => {
    defineResource({
      name: "judged",
      async *read() {
        yield await Promise.resolve({ id: 1 });
        return { rows: "likely", expected: 1 } as const;
      },
    });
  });
});

describe("defineResource: checks", () => {
  it("fills in the defaults", () => {
    expect(orders).toMatchObject({
      tableName: "orders",
      primaryKey: ["id"],
      mergeKey: [],
      writeDisposition: "append",
      unchanged: "rewrite",
      selected: true,
      concurrency: 4,
      onIncomplete: "refuse",
    });
  });

  it.each([
    { primaryKey: "id", writeDisposition: "merge" },
    { mergeKey: "id", writeDisposition: "merge" },
    { rowIdentity: "content", writeDisposition: "merge" },
    { rowIdentity: "content", writeDisposition: { merge: "upsert" } },
    { rowIdentity: "content", mergeKey: "id", writeDisposition: "merge" },
    { writeDisposition: { merge: "scd2" } },
    { writeDisposition: "replace" },
  ] as const)("takes %o", (options) => {
    expect(defineResource({ name: "a", read: () => [], ...options }).name).toBe("a");
  });

  it.each([
    [
      { writeDisposition: "merge" },
      "merge_without_key",
      /"a": a merge has to know .* primaryKey: "id"; or, .* rowIdentity: "content"/,
    ],
    [{ writeDisposition: { merge: "upsert" } }, "merge_without_key", /a merge has to know/],
    [{ writeDisposition: "merge", primaryKey: [] }, "merge_without_key", /a merge has to know/],
    [{ rowIdentity: "content" }, "configuration", /but the writeDisposition is "append"/],
    [{ rowIdentity: "content", writeDisposition: "merge", primaryKey: "id" }, "configuration", /has a primaryKey/],
  ] as const)("refuses %o", (options, code, message) => {
    expect(() => defineResource({ name: "a", read: () => [], ...options })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });

  it.each([
    ["an empty name", () => defineResource({ name: " ", read: () => [] }), /needs a name/],
    ["no concurrency", () => defineResource({ name: "a", concurrency: 0, read: () => [] }), /from 1 to 64/],
    ["two of one name", () => defineSource({ name: "s", resources: [orders, orders] }), /two resources named "orders"/],
    [
      "a parent that is not there",
      () =>
        defineSource({
          name: "s",
          resources: [defineResource({ name: "c", parent: { resource: "p", fields: ["id"] }, read: () => [] })],
        }),
      /hangs on "p"/,
    ],
    [
      "a child that wants a secret of its parent",
      () =>
        defineSource({
          name: "s",
          resources: [
            defineResource({ name: "p", secretFields: ["token"], read: () => [] }),
            defineResource({ name: "c", parent: { resource: "p", fields: ["id", "token"] }, read: () => [] }),
          ],
        }),
      /"c" wants field "token" of "p", which is one of its secretFields/,
    ],
    // @ts-expect-error: what a JavaScript caller may do
    ["text as bytes", () => pageBytes("{}"), /needs a Uint8Array/],
  ])("refuses %s", (_what, make, message) => {
    let thrown: unknown;
    try {
      make();
    } catch (error) {
      thrown = error;
    }
    expect(isTypeloadError(thrown) && thrown.code).toBe("configuration");
    expect(String(thrown)).toMatch(message);
  });
});
