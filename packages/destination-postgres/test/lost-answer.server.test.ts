import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
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
