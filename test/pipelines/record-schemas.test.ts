import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type } from "arktype";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { createPipeline, defineResource, defineSource, pageBytes } from "@typeload/core";
import type { ContractOption, Resource, StandardSchema } from "@typeload/core";
import { memoryDestination } from "@typeload/core/testing";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-records-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// The same records in three libraries: `seats` has a default, `price` comes as text and is a number.
const schemas: readonly (readonly [string, StandardSchema])[] = [
  ["zod", z.object({ id: z.int(), seats: z.number().default(4), price: z.string().transform(Number) })],
  [
    "valibot",
    v.object({
      id: v.pipe(v.number(), v.integer()),
      seats: v.optional(v.number(), 4),
      price: v.pipe(v.string(), v.transform(Number)),
    }),
  ],
  ["arktype", type({ id: "number.integer", seats: "number = 4", price: "string.numeric.parse" })],
];

const good = '{"id":1,"price":"10.50","wheels":[{"size":15}]}';
const page = `[${good},{"id":"two","price":"5"},{"id":3,"seats":2,"price":"7"},{"id":4,"seats":"many","price":"7"}]`;

async function load(record: StandardSchema, records: ContractOption | undefined, text = page) {
  const destination = memoryDestination();
  const cars = defineResource({
    name: "cars",
    record,
    contract: records,
    *read() {
      yield pageBytes(new TextEncoder().encode(text), { request: "GET /cars" });
    },
  });
  const pipeline = createPipeline({ name: "p", destination, dataset: "d", workingDirectory: folder });
  const report = await pipeline.run(defineSource({ name: "s", resources: [cars] }));
  const rows = async (table: string) =>
    (await pipeline.query(`SELECT * FROM "${table}"`)).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith("_dlt") && name !== "load_id")),
    );
  return { rows, discarded: report.resources.cars.discarded };
}

describe.each(schemas)("a schema of %s", (_library, schema) => {
  it("makes the records: defaults are filled in, values are converted, members that it does not name go as it says", async () => {
    const { rows } = await load(schema, undefined, `[${good}]`);
    const [row] = await rows("cars");
    expect(row).toMatchObject({ id: 1, seats: 4, price: 10.5 });
  });

  it("refuses records; the first one ends the run, and names itself without its values", async () => {
    await expect(load(schema, undefined)).rejects.toThrow(
      /record 1 of GET \/cars is refused by the schema of the resource: id: /,
    );
  });

  it("sends refused records to quarantine as they came, with what is wrong", async () => {
    const { rows, discarded } = await load(schema, { records: "quarantine" });
    expect((await rows("cars")).map(({ id }) => id)).toEqual([1, 3]);
    const kept = await rows("_typeload_quarantine");
    expect(kept).toMatchObject([
      { resource: "cars", table_name: "cars", path: "$", record: '{"id":"two","price":"5"}' },
      { resource: "cars", table_name: "cars", path: "$", record: '{"id":4,"seats":"many","price":"7"}' },
    ]);
    expect(kept.map(({ reason }) => String(reason).split(":")[0])).toEqual(["id", "seats"]);
    expect(discarded).toEqual([
      { resource: "cars", table: "cars", column: undefined, entity: "records", mode: "quarantine", count: 2 },
    ]);
  });

  it("lets them be left out and counted, or loaded as they came", async () => {
    const { rows, discarded } = await load(schema, { records: "discard-row" });
    expect((await rows("cars")).map(({ id }) => id)).toEqual([1, 3]);
    expect(discarded.map(({ mode, count }) => [mode, count])).toEqual([["discard-row", 2]]);
    const evolved = await load(schema, { records: "evolve" });
    expect((await evolved.rows("cars")).map(({ id }) => id)).toEqual([1, null, 3, 4]);
  });
});

it("validates records that wait for something, and stops waiting when the run ends", async () => {
  const slow = z.object({ id: z.number() }).refine(async ({ id }) => await Promise.resolve(id !== 2), "is taken");
  const { rows } = await load(slow, { records: "quarantine" }, '[{"id":1},{"id":2}]');
  expect(await rows("_typeload_quarantine")).toMatchObject([{ reason: "is taken" }]);
  const never = z.object({ id: z.number() }).refine(() => new Promise<boolean>(() => {}));
  const cars = defineResource({ name: "cars", record: never, read: () => [{ id: 1 }] });
  const pipeline = createPipeline({
    name: "p",
    destination: memoryDestination(),
    dataset: "d",
    workingDirectory: folder,
  });
  const signal = AbortSignal.timeout(200);
  await expect(pipeline.run(defineSource({ name: "s", resources: [cars] }), { signal })).rejects.toThrow(
    /ended|abort/i,
  );
});

it("sees numbers as JavaScript knows them where that is the same number, and others as they are", async () => {
  const any = z.object({ a: z.number(), b: z.unknown(), c: z.number() });
  const { rows } = await load(any, undefined, '[{"a":1.10,"b":12345678901234567890123,"c":1e2}]');
  expect(await rows("cars")).toEqual([{ a: 1.1, b: "12345678901234567890123", c: 100 }]);
});

it("gives its types to the resource", () => {
  const car = z.object({ id: z.int(), price: z.string().transform(Number) });
  const cars = defineResource({ name: "cars", record: car, primaryKey: "id", read: () => [{ id: 1, price: "10" }] });
  expectTypeOf(cars).toEqualTypeOf<Resource<"cars", { id: number; price: number }>>();
  // @ts-expect-error -- no member of what the schema gives
  defineResource({ name: "cars", record: car, primaryKey: "wheels", read: () => [{ id: 1, price: "10" }] });
  // @ts-expect-error -- the schema takes a text
  defineResource({ name: "cars", record: car, read: () => [{ id: 1, price: 10 }] });
  const boats = v.object({ id: v.number(), name: v.optional(v.string(), "none") });
  expectTypeOf(defineResource({ name: "boats", record: boats, read: () => [{ id: 1 }] })).toEqualTypeOf<
    Resource<"boats", { id: number; name: string }>
  >();
  const bikes = type({ id: "number", "name?": "string" });
  expectTypeOf(
    defineResource({ name: "bikes", record: bikes, primaryKey: "name", read: () => [{ id: 1 }] }),
  ).toEqualTypeOf<Resource<"bikes", { id: number; name?: string }>>();
  expectTypeOf(defineResource({ name: "x", primaryKey: "a", read: () => [{ a: 1 }] })).toEqualTypeOf<
    Resource<"x", { a: number }>
  >();
});
