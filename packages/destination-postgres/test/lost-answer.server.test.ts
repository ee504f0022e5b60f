import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource, isTypeloadError } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import { Pool } from "pg";
import { startCuttingProxy } from "./cutting-proxy.ts";
import type { Cut } from "./cutting-proxy.ts";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  server = await startPostgresServer();
  folder = await mkdtemp(join(tmpdir(), "typeload-lost-answer-"));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const items = defineResource({
  name: "items",
  read: () => [Array.from({ length: 50 }, (_, id) => ({ id, tags: [`a${id}`, `b${id}`] }))],
});
const shop = defineSource({ name: "shop", resources: [items] });

const moments = ["COPY ", "INSERT INTO", "_dlt_loads", "COMMIT"] as const;

describe("a line that is cut: an append is there once, whatever was heard of it", () => {
  const cases = moments.flatMap((statement) => (["before", "after"] as const).map((cut) => [statement, cut] as const));
  it.each<readonly [string, Cut]>(cases)("at %s, %s the server has carried it out", async (statement, cut) => {
    const url = await server.createDatabase();
    await using proxy = await startCuttingProxy(server);
    const { pathname } = new URL(url);
    const through = `postgres://${server.user}:${server.password}@127.0.0.1:${proxy.port}${pathname}`;
    const pipeline = createPipeline({
      name: "cut",
      destination: postgres(through),
      dataset: "shop",
      workingDirectory: join(folder, pathname),
    });
    // COPY belongs to staging; the others are those of the commit when both tables are staged.
    const [event, nth] = statement === "COPY " ? ["package-sealed", 1] : ["batch-staged", 2];
    let seen = 0;
    const report = await pipeline.run(shop, {
      onEvent({ type }) {
        if (type === event && ++seen === nth) proxy.cutAt(statement, cut);
      },
    });
    expect(proxy.cuts).toBe(1);
    expect(report.resources.items.outcome).toBe("committed");
    const [counts] = await pipeline.query(
      "SELECT (SELECT count(*) FROM shop.items) AS items, (SELECT count(*) FROM shop.items__tags) AS tags, (SELECT count(*) FROM shop._dlt_loads) AS loads",
    );
    expect(counts).toEqual({ items: 50, tags: 100, loads: 1 });
  });
});

describe("answers to COMMIT that are lost again and again", () => {
  const ways = {
    url: (url: string) => ({ destination: postgres(url), [Symbol.asyncDispose]: async () => {} }),
    pool: (url: string) => {
      const pool = new Pool({ connectionString: url });
      pool.on("error", () => {}); // connections are cut on purpose
      return { destination: postgres({ pool }), [Symbol.asyncDispose]: () => pool.end() };
    },
  };
  const plans: readonly (readonly Cut[])[] = [
    ["after"],
    ["before", "before"],
    ["before", "after"],
    Array.from({ length: 6 }, () => "before"),
  ];
  const cases = (["url", "pool"] as const).flatMap((way) => plans.map((cuts) => [way, cuts] as const));
  const title = "%s, %j: a load is there once, or told to be unknown and made good by the next run";
  it.each(cases)(title, { timeout: 60_000 }, async (way, cuts) => {
    const url = await server.createDatabase();
    await using proxy = await startCuttingProxy(server);
    const { pathname } = new URL(url);
    const through = `postgres://${server.user}:${server.password}@127.0.0.1:${proxy.port}${pathname}`;
    await using opened = ways[way](through);
    const pipeline = createPipeline({
      name: "cut",
      destination: opened.destination,
      dataset: "shop",
      workingDirectory: join(folder, pathname),
    });
    proxy.cutCommitsAfter('INSERT INTO "shop"."_dlt_loads"', cuts);
    const first = await pipeline.run(shop).then(
      () => "committed",
      (error: unknown) => (isTypeloadError(error) ? error.code : error),
    );
    expect(proxy.cuts).toBe(Math.min(cuts.length, 5));
    expect(first).toBe(cuts.length > 5 ? "commit_unknown" : "committed");
    proxy.cutCommitsAfter("", []);
    await pipeline.run(shop);
    const [counts] = await pipeline.query(
      "SELECT (SELECT count(*) FROM shop.items) AS items, (SELECT count(*) FROM shop.items__tags) AS tags, (SELECT count(*) FROM shop._dlt_loads) AS loads",
    );
    expect(counts).toEqual({ items: 100, tags: 200, loads: 2 }); // two runs of an append
  });
});
