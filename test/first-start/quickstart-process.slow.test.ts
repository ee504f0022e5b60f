import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DuckDBInstance } from "@duckdb/node-api";
import { type CliengoSimulator, type SimulatorOptions, startCliengoSimulator } from "@typeload/cliengo-simulator";
import { defaultResources } from "@typeload/source-cliengo";
import { compareContents } from "../pipelines/cliengo-contents.ts";
import { leakedSecrets, textsOfFolder } from "../pipelines/leaked-secrets.ts";
import { plainDuckdb } from "../pipelines/plain-duckdb.ts";
import { type AppEnded, app, startApp } from "./start-app.ts";

const small: SimulatorOptions = { contacts: 180, conversations: 40, messagesPerConversation: 4 };
const tiny: SimulatorOptions = { contacts: 30, conversations: 8, messagesPerConversation: 2 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-app-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts the app; `stop` ends when it should be interrupted as by Ctrl-C. */
function start(simulator: CliengoSimulator | undefined, args: string[], stop?: Promise<unknown>): Promise<AppEnded> {
  return startApp({ folder, simulator, args, stop });
}

/** How many rows each table of the model has, and the database. */
async function counts(simulator: CliengoSimulator): Promise<{ stored: unknown; model: unknown }> {
  const instance = await DuckDBInstance.create(join(folder, "cliengo.duckdb"));
  const connection = await instance.connect();
  const idsIn = async (table: string): Promise<unknown[]> =>
    (await connection.runAndReadAll(`SELECT id FROM cliengo_data.${table} ORDER BY id`)).getRows().flat();
  const stored = [await idsIn("contacts"), await idsIn("conversations"), await idsIn("conversation_messages")];
  connection.closeSync();
  instance.closeSync();
  const { contacts, conversations, conversationMessages } = simulator.model;
  const messages = [...conversations.ids()].flatMap((id) => [...(conversationMessages.of(id)?.ids() ?? [])]);
  return { stored, model: [[...contacts.ids()], [...conversations.ids()], messages].map((ids) => ids.toSorted()) };
}

async function expectWhole(simulator: CliengoSimulator): Promise<void> {
  const { stored, model } = await counts(simulator);
  expect(stored).toEqual(model);
}

/** Ends when so many requests of a path came. */
async function requestsOf(simulator: CliengoSimulator, path: string, count: number): Promise<void> {
  while (simulator.requests.all({ path }).length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("the built app", { timeout: 120_000 }, () => {
  it("is built: `npm run build` comes first", () => {
    expect(existsSync(app)).toBe(true);
  });

  it("loads an empty account, and says what there is", async () => {
    const { code, out, err } = await start(undefined, ["--contacts", "0", "--conversations", "0"]);
    expect(err).not.toContain("does not exist");
    expect(code).toBe(0);
    expect(out).toContain("Contacts by status:");
    expect(out).toContain(`Data: duckdb, ${join(await realpath(folder), "cliengo.duckdb")}, dataset`);
  });

  it.each([
    [["--contacts", ""], 'it is ""'],
    [["--contacts", "99999999999"], "at most 16000000"],
  ])("ends with 2 for what the simulator cannot be: %j", async (args, said) => {
    const { code, err } = await start(undefined, args);
    expect(err).toContain(said);
    expect(code).toBe(2);
  });

  it("says what stands in the way where .env is a folder, and where .typeload is a file", async () => {
    await mkdir(join(folder, ".env"));
    const folderInTheWay = await start(undefined, []);
    expect(folderInTheWay).toMatchObject({ code: 2, err: expect.stringMatching(/\.env is a folder.*move it away/) });
    await rm(join(folder, ".env"), { recursive: true });
    await writeFile(join(folder, ".typeload"), "");
    const fileInTheWay = await start(undefined, ["--contacts", "0", "--conversations", "0"]);
    expect(fileInTheWay).toMatchObject({ code: 1, err: expect.stringMatching(/\.typeload.*a file stands there/) });
  });

  it("ends with 2 for a key that is refused, says where one is made, and makes no file", async () => {
    await using simulator = await startCliengoSimulator(small);
    simulator.authentication.revokeKey();
    const { code, err } = await start(simulator, []);
    expect(code).toBe(2);
    expect(err).toContain("Chatbots > Integrations > API");
    expect(err).not.toContain(simulator.apiKey);
  });

  it("drops nothing for --fresh while the key is refused", async () => {
    await using simulator = await startCliengoSimulator(small);
    expect((await start(simulator, [])).code).toBe(0);
    simulator.authentication.revokeKey();
    const { code, err } = await start(simulator, ["--fresh"]);
    expect(code).toBe(2);
    expect(err).not.toContain("goes on from there");
    simulator.authentication.restoreKey();
    await expectWhole(simulator);
  });

  it("ends with 2 for a key that expires in the middle, keeps what was complete, and the next start completes it", async () => {
    await using simulator = await startCliengoSimulator(small);
    const expired = requestsOf(simulator, "/conversations/:id/messages", 5).then(() =>
      simulator.authentication.revokeKey(),
    );
    const first = await start(simulator, []);
    await expired;
    expect(first.code).toBe(2);
    expect(first.out).toMatch(/^contacts +180 /m);
    expect(first.out).toMatch(/^conversation_messages \((?:partial|not-committed)\)/m);
    simulator.authentication.restoreKey();
    const second = await start(simulator, []);
    expect(second.code).toBe(0);
    await expectWhole(simulator);
  });

  it("stops at Ctrl-C with 130, goes on from there, and the start after that finds nothing new", async () => {
    await using simulator = await startCliengoSimulator(small);
    const first = await start(simulator, [], requestsOf(simulator, "/conversations/:id/messages", 5));
    expect(first.code).toBe(130);
    expect(first.err).toContain("Stopping");
    expect(first.err.match(/goes on from there/g)).toHaveLength(1);
    expect(simulator.requests.all({ path: "/conversations/:id/messages" }).length).toBeLessThan(40);
    const second = await start(simulator, []);
    expect(second.code).toBe(0);
    await expectWhole(simulator);
    const third = await start(simulator, []);
    expect(third.out).toContain("0 new rows: nothing changed since the last load.");
    await expectWhole(simulator);
  });

  it("waits as long as 429 asks, and says so; a storm that does not end fails, and the next start completes", async () => {
    await using simulator = await startCliengoSimulator(small);
    const match = { path: "/conversations" };
    simulator.faults.add({ kind: "status", status: 429, retryAfter: 1, match, times: 3 });
    const started = performance.now();
    const patient = await start(simulator, []);
    expect(patient.code).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(3000);
    expect(patient.err).toMatch(/waiting 1\.0 s before asking again: .*429/);
    await expectWhole(simulator);

    simulator.faults.add({ kind: "status", status: 429, retryAfter: 1, match, times: 7 });
    const failed = await start(simulator, []);
    expect(failed.code).toBe(3);
    expect(failed.err).toMatch(/429/);
    const next = await start(simulator, []);
    expect(next.code).toBe(0);
    await expectWhole(simulator);
  });

  it("takes the key from a file .env, loads that account, and starts no simulator", async () => {
    await using simulator = await startCliengoSimulator({ ...tiny, seed: 3 });
    await writeFile(join(folder, ".env"), `# Cliengo\nCLIENGO_API_KEY=${simulator.apiKey}\n`);
    const { code, err } = await startApp({ folder, simulator, environment: { CLIENGO_API_KEY: undefined } });
    expect(err).toContain("Loading from Cliengo (CLIENGO_API_KEY is set).");
    expect(err).not.toContain("simulator");
    expect(code).toBe(0);
    const database = plainDuckdb(join(folder, "cliengo.duckdb"));
    await compareContents({ simulator, database }, defaultResources);
  });

  it("writes no secret: not to its output, nor into files, also when it was killed or refused", async () => {
    await using simulator = await startCliengoSimulator(tiny);
    const environment = { TMPDIR: join(folder, "temporary") };
    await mkdir(environment.TMPDIR);
    const ended: AppEnded[] = [];
    const files = new Map<string, string>();
    const look = async (): Promise<void> => {
      for (const [path, text] of await textsOfFolder(folder)) files.set(`${ended.length} ${path}`, text);
    };
    const stop = requestsOf(simulator, "/conversations/:id/messages", 5);
    ended.push(await startApp({ folder, simulator, environment, stop, signal: "SIGKILL" }));
    await look();
    simulator.faults.add({ kind: "wrong-json", match: { path: "/sites" } });
    ended.push(await startApp({ folder, simulator, environment }));
    await look();
    simulator.authentication.revokeKey();
    ended.push(await startApp({ folder, simulator, environment }));
    await look();
    expect(ended.map(({ code }) => code)).toEqual([null, 0, 2]);
    const site = simulator.model.sites.idAt(0) ?? "";
    expect([...files].filter(([path, text]) => path.includes("pages.log") && text.includes(site))).not.toEqual([]);
    const said = ended.flatMap(({ out, err }, run) => [
      [`${run} stdout`, out] as const,
      [`${run} stderr`, err] as const,
    ]);
    expect(leakedSecrets(simulator.secrets(), new Map([...said, ...files]))).toEqual([]);
  });
});
