import { createHmac } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, expectTypeOf, it } from "vitest";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { pageBytes } from "../../src/source/page-bytes.ts";
import type { Resource } from "../../src/source/resource.ts";
import { transform } from "../../src/source/transforms.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();
const key = "a key of some length";
const digest = (text: string) => createHmac("sha256", key).update(text).digest("base64url").slice(0, 22);

interface Order {
  readonly id: number;
  readonly email: string | null;
  readonly total: number;
  readonly paid?: boolean;
  readonly lines?: readonly { readonly sku: string; readonly phone?: string }[];
}

type RecordOf<T> = T extends Resource<string, infer R> ? R : never;

/** What the API sends, byte for byte. */
function ordersOf(text: string) {
  return defineResource({
    name: "orders",
    primaryKey: "id",
    writeDisposition: "merge",
    *read(): Generator<Order | ReturnType<typeof pageBytes>> {
      yield pageBytes(new TextEncoder().encode(text), { fields: { shop: "north" } });
    },
  }); // pages of bytes tell no types
}

async function load(resource: Resource) {
  const destination = memoryDestination();
  const pipeline = createPipeline({ name: "p", destination, dataset: "d", workingDirectory: newFolder() });
  const report = await pipeline.run(defineSource({ name: "s", resources: [resource] }));
  const rows = async (table: string) =>
    (await rowsOf(destination, "d", table)).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith("_dlt") && name !== "load_id")),
    );
  return { report, rows, pipeline, destination };
}

describe("transforms", () => {
  it("map, filter and expand records, before they become rows, with page fields and keys as ever", async () => {
    const orders = transform(
      ordersOf('[{"id":1,"total":1.10,"paid":true,"lines":[{"sku":"a"},{"sku":"b"}]},{"id":2,"total":5}]'),
      (records) =>
        records
          .filter("paid ones", ({ paid }) => paid === true)
          .expand("a record a line", ({ id, total, lines = [] }) =>
            lines.map(({ sku }, index) => ({ id: id * 10 + index, sku, cents: Math.round(total * 100) })),
          )
          .map("shout", (line) => ({ ...line, sku: line.sku.toUpperCase() })),
    );
    const { rows, report } = await load(orders);
    expect(await rows("orders")).toEqual([
      { id: 10, sku: "A", cents: 110, shop: "north" },
      { id: 11, sku: "B", cents: 110, shop: "north" },
    ]);
    expect(report.resources["orders"]?.recordsRead).toBe(2);
    expectTypeOf(orders).toEqualTypeOf<Resource<"orders", { sku: string; id: number; cents: number }>>();
  });

  it("rename and drop members, digit for digit, and a renamed key stays the key", async () => {
    const text = '[{"id":1,"total":10.50000000000000000001,"email":"x","__proto__":1},{"id":1,"total":2}]';
    const orders = transform(ordersOf(text), (records) => records.rename({ id: "number", total: "sum" }).drop("email"));
    expect(orders.primaryKey).toEqual(["number"]);
    expectTypeOf<RecordOf<typeof orders>>().toHaveProperty("sum").toEqualTypeOf<number>();
    expectTypeOf<keyof RecordOf<typeof orders>>().toEqualTypeOf<"number" | "sum" | "paid" | "lines">();
    const { rows } = await load(orders);
    expect(await rows("orders")).toEqual([{ number: 1, sum: "2", proto: null, shop: "north" }]);
  });

  it("mask named values by a keyed digest, in lists too, so that joins survive", async () => {
    const text =
      '[{"id":1,"email":"ana@x.org","total":7,"lines":[{"sku":"a","phone":"5"},{"sku":"b","phone":5}]},{"id":2,"email":null,"total":7.0}]';
    const orders = transform(ordersOf(text), (records) => records.mask(["email", "lines.phone"], { key }));
    const { rows } = await load(orders);
    expect(await rows("orders")).toMatchObject([
      { id: 1, email: digest("ana@x.org") },
      { id: 2, email: null },
    ]);
    expect(await rows("orders__lines")).toEqual([
      { sku: "a", phone: digest("5") },
      { sku: "b", phone: digest("5") },
    ]);
  });

  it("keep what is masked out of quarantine and errors, and the key out of everything", async () => {
    const text = '[{"id":1,"total":1,"email":"ana@x.org"},{"id":2,"total":"none","email":"bea@x.org"}]';
    const masked = (contract: "quarantine" | "freeze") =>
      transform({ ...ordersOf(text), contract: { dataType: contract } }, (records) => records.mask(["email"], { key }));
    const { rows } = await load(masked("quarantine"));
    expect(await rows("_typeload_quarantine")).toMatchObject([
      { record: `{"id":2,"total":"none","email":"${digest("bea@x.org")}"}` },
    ]);
    const error = await load(masked("freeze")).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    expect(inspect(error, { depth: 10 })).not.toMatch(/ana@|bea@/);
    expect(inspect(masked("freeze"), { depth: 10, showHidden: true })).not.toContain(key);
    expect(JSON.stringify(masked("freeze"))).not.toContain(key);

    // A record that its schema refuses is masked as well.
    const strict = {
      "~standard": {
        version: 1,
        vendor: "ours",
        validate: (value: unknown) =>
          (value as Order).total === 1 ? { value } : { issues: [{ message: "no number", path: ["total"] }] },
      },
    } as const;
    const refusing = { ...masked("quarantine"), record: strict, contract: { records: "quarantine" } as const };
    expect(await (await load(refusing)).rows("_typeload_quarantine")).toMatchObject([
      { reason: "total: no number", record: `{"id":2,"total":"none","email":"${digest("bea@x.org")}"}` },
    ]);
  });

  it("are refused for keys and cursors, short keys, and names that are taken", () => {
    const orders = ordersOf("[]");
    expect(() => transform(orders, (records) => records.mask(["id"], { key }))).toThrow('"id" cannot be masked');
    expect(() => transform(orders, (records) => records.drop("id"))).toThrow('"id" cannot be dropped');
    expect(() => transform(orders, (records) => records.mask(["email"], { key: "short" }))).toThrow(
      "at least 16 characters",
    );
    const cursor = { ...orders, incremental: { cursor: "total" } };
    expect(() => transform(cursor, (records) => records.mask(["total"], { key }))).toThrow("a key or the cursor");
    const twice = () => transform(orders, (records) => records.filter("a", () => true).filter("a", () => true));
    expect(twice).toThrow('two transforms are called "a"');
    // @ts-expect-error -- no member of an order
    transform(orders, (records) => records.drop("price"));
  });

  it("that throw name themselves and the record; the package waits for code that works", async () => {
    const destination = memoryDestination();
    const workingDirectory = newFolder();
    const run = (works: boolean) => {
      const orders = transform(ordersOf('[{"id":1},{"id":2}]'), (records) =>
        records.map("price it", (order) => {
          if (order.id === 2 && !works) throw new RangeError("no price");
          return order;
        }),
      );
      const pipeline = createPipeline({ name: "p", destination, dataset: "d", workingDirectory });
      return pipeline.run(defineSource({ name: "s", resources: [orders] }));
    };
    const error = await rejectionOf(run(false));
    expect(error.message).toContain('transform "price it" of resource "orders" failed at record 1 of page 0: no price');
    expect(error.code).toBe("transform_failed");
    const { packages } = await run(true);
    expect(packages.map(({ origin, outcome }) => [origin, outcome])).toEqual([
      ["resumed", "committed"],
      ["this-run", "committed"],
    ]);
    expect((await rowsOf(destination, "d", "orders")).length).toBe(2);
  });

  it("belong to the packages that were read for them: without a mask nothing is loaded", async () => {
    const destination = memoryDestination();
    const workingDirectory = newFolder();
    const plain = ordersOf('[{"id":1,"email":"ana@x.org"}]');
    const run = (orders: Resource<"orders", Order>, to = destination) =>
      createPipeline({ name: "p", destination: to, dataset: "d", workingDirectory }).run(
        defineSource({ name: "s", resources: [orders] }),
      );
    const down = watchedDestination(destination, {
      before(method) {
        if (method === "commit") throw new TypeError("down");
      },
    });
    const masked = transform(plain, (records) => records.mask(["email"], { key }));
    await rejectionOf(run(masked, down));
    const error = await rejectionOf(run(plain));
    expect(error.message).toContain('transforms of resource "orders" that it does not have any more: "mask email"');
    expect(await rowsOf(destination, "d", "orders")).toEqual([]);
    await run(masked);
    expect(await rowsOf(destination, "d", "orders")).toMatchObject([{ email: digest("ana@x.org") }]);
  });
});
