import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startCliengoSimulator } from "@typeload/cliengo-simulator";
import { defaultResources } from "@typeload/source-cliengo";
import { freePort } from "../../packages/destination-postgres/test/free-port.ts";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import type { PostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { compareContents } from "../pipelines/cliengo-contents.ts";
import { leakedSecrets, textsOfFolder } from "../pipelines/leaked-secrets.ts";
import { plainPostgres } from "../pipelines/plain-postgres.ts";
import { startApp } from "./start-app.ts";

const tiny = { contacts: 30, conversations: 8, messagesPerConversation: 2 };

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-app-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the built app with --postgres", { timeout: 60_000 }, () => {
  it("loads into Postgres cell by cell, says where, and finds nothing new the second time", async () => {
    await using simulator = await startCliengoSimulator(tiny);
    const url = await server.createDatabase("shop");
    const first = await startApp({ folder, simulator, args: ["--postgres", url] });
    expect(first.code).toBe(0);
    expect(first.out).toContain(`Data: postgres, ${server.host}:${server.port}/shop, dataset cliengo_data.`);
    await compareContents({ simulator, database: plainPostgres(url) }, defaultResources);
    const second = await startApp({ folder, simulator, args: ["--postgres", url] });
    expect(second.code).toBe(0);
    expect(second.out).toContain("0 new rows: nothing changed since the last load.");
    const said = [first, second].map(({ out, err }, run) => [`run ${run}`, out + err] as const);
    expect(leakedSecrets([server.password], new Map([...said, ...(await textsOfFolder(folder))]))).toEqual([]);
  });

  it("ends with 2 for a wrong password, says so without repeating it, and asks Cliengo for nothing", async () => {
    await using simulator = await startCliengoSimulator(tiny);
    const url = server.url().replace(encodeURIComponent(server.password), "wrong-secret");
    const { code, out, err } = await startApp({ folder, simulator, args: ["--postgres", url] });
    expect(code).toBe(2);
    expect(err).toContain(
      `Postgres (${server.host}:${server.port}/postgres), connecting: password authentication failed for user "postgres". ` +
        "User or password is wrong (PGUSER, PGPASSWORD, or the URL).",
    );
    expect(simulator.requests.count).toBe(0);
    expect(out + err).not.toContain("wrong-secret");
  });

  it("ends with 1 where no server listens, and says where and what to do", async () => {
    await using simulator = await startCliengoSimulator(tiny);
    const port = await freePort();
    const args = ["--postgres", `postgres://loader:hidden-secret@127.0.0.1:${port}/shop`];
    const { code, out, err } = await startApp({ folder, simulator, args });
    expect(code).toBe(1);
    expect(err).toContain(`Postgres (127.0.0.1:${port}/shop), connecting: connect ECONNREFUSED`);
    expect(err).toContain("Nothing listens there: is the server running, are host and port right?");
    expect(simulator.requests.count).toBe(0);
    expect(out + err).not.toContain("hidden-secret");
  });
});
