import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCliengoSimulator } from "@typeload/cliengo-simulator";
import { load } from "../src/load.ts";
import { parseOptions } from "../src/options.ts";
import { duckdb } from "@typeload/destination-duckdb";

let folder: string;
let home: string;
beforeAll(async () => {
  home = process.cwd();
  folder = await mkdtemp(join(tmpdir(), "typeload-quickstart-"));
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true, force: true });
});

describe("parseOptions", () => {
  it("knows its options and their defaults", () => {
    expect(parseOptions([])).toEqual({
      help: false,
      fresh: false,
      takeOver: false,
      postgres: undefined,
      contacts: 3000,
      conversations: 300,
      seed: 1,
    });
    expect(parseOptions(["--postgres", "postgres://h/d", "--contacts", "5"])).toMatchObject({
      postgres: "postgres://h/d",
      contacts: 5,
    });
  });

  it("knows what begins anew, and what takes over", () => {
    expect(parseOptions(["--fresh", "--take-over"])).toMatchObject({ fresh: true, takeOver: true });
  });

  it("says of a negative number what a number must be", () => {
    expect(() => parseOptions(["--contacts", "-5"])).toThrow("--contacts must be a whole number of at least 0");
  });

  it.each([
    ["--contacts", "", "of at least 0, it is"],
    ["--seed", " ", "of at least 0, it is"],
    ["--contacts", "99999999999", "of at least 0 and at most 16000000, it is"],
    ["--conversations", "16000001", "of at least 0 and at most 16000000, it is"],
  ])("refuses %s %j as wrong usage", (option, value, said) => {
    const message = expect.stringContaining(`${option} must be a whole number ${said} "${value}"`);
    expect(() => parseOptions([option, value])).toThrow(expect.objectContaining({ code: "configuration", message }));
  });

  it.each([[["--contacts", "many"]], [["--contacts", "-1"]], [["--unknown"]], [["stray"]]])("refuses %j", (args) => {
    expect(() => parseOptions(args)).toThrow(/contacts|nknown|stray|nexpected/);
  });
});

describe("load", () => {
  it("loads everything, then nothing, and answers a question", { timeout: 60_000 }, async () => {
    await using simulator = await startCliengoSimulator({
      contacts: 120,
      conversations: 8,
      messagesPerConversation: 4,
    });
    const cliengo = { apiKey: simulator.apiKey, baseUrl: simulator.url, rateLimit: false } as const;
    const first = await load({ cliengo });
    expect(first.report.resources.contacts.rows.inserted).toBe(120);
    expect(first.report.resources.conversation_messages.rows.inserted).toBe(32);
    const statuses = new Map<string, number>();
    for (const { status } of simulator.model.contacts) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(new Map(first.statuses.map(({ status, contacts }) => [status, contacts]))).toEqual(statuses);
    const second = await load({ cliengo });
    for (const { rows, childRows } of Object.values(second.report.resources)) {
      expect([
        rows.inserted,
        rows.updated,
        rows.deleted,
        childRows.inserted,
        childRows.updated,
        childRows.deleted,
      ]).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });

  it("refuses another account, and begins anew with it when asked to", { timeout: 60_000 }, async () => {
    await using first = await startCliengoSimulator({ contacts: 20, conversations: 0 });
    await using other = await startCliengoSimulator({ contacts: 30, conversations: 0, seed: 2 });
    const destination = duckdb({ path: "accounts.duckdb" });
    const optionsOf = ({ apiKey, url }: typeof first) => {
      return { destination, cliengo: { apiKey, baseUrl: url, rateLimit: false } } as const;
    };
    await load({ ...optionsOf(first), fresh: true });
    await expect(load(optionsOf(other))).rejects.toMatchObject({ code: "other_identity" });
    const { report } = await load({ ...optionsOf(other), fresh: true });
    expect(report.resources.contacts.rows.inserted).toBe(30);
  });
});
