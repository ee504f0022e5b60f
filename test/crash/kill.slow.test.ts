import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { compareContents, everyResource } from "../pipelines/cliengo-contents.ts";
import { openTrial, present } from "../pipelines/cliengo-trial.ts";
import { dataset } from "../pipelines/plain-database.ts";
import type { DeadlyLoad, Death } from "./load-and-die.ts";

/** While pages are read, between packages, in a stage, in the middle of a commit, after it before anybody knows. */
const deaths: readonly Death[] = [
  { event: "page-read", nth: 3 },
  { event: "package-sealed", nth: 1 },
  { event: "batch-staged", nth: 2 },
  { commit: 2, after: "answered" },
  { commit: 1, after: 0 },
  { commit: 2, after: 8 },
  { commit: 1, after: 25 },
  { event: "partition-read", nth: 130 },
  { event: "package-committed", nth: 2 },
];

/** Starts a load that kills itself, and waits for its end: the signal's name, or what it said instead of dying. */
async function dies(load: DeadlyLoad): Promise<string> {
  const program = new URL("./load-and-die.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [program, JSON.stringify(load)], { stdio: ["ignore", "inherit", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return await new Promise((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? `exit ${code} ${errors}`)),
  );
}

async function killedAgainAndAgain(postgres?: string): Promise<void> {
  await using trial = await openTrial({
    postgres,
    simulator: { contacts: 130, conversations: 20, messagesPerConversation: 3, hostileText: false },
  });
  const { simulator, workingDirectory, folder } = trial;
  for (const death of deaths) {
    const end = await dies({
      apiKey: simulator.apiKey,
      url: simulator.url,
      database: postgres === undefined ? { duckdb: join(folder, "cliengo.duckdb") } : { postgres },
      dataset,
      workingDirectory,
      resources: everyResource,
      now: Date.parse(present) + 60_000,
      death,
    });
    expect(end, JSON.stringify(death)).toBe("SIGKILL");
  }
  const report = await trial.run({ source: { resources: everyResource } });
  expect(new Set(Object.values(report.resources).map(({ outcome }) => outcome))).toEqual(new Set(["committed"]));
  await compareContents(trial, everyResource);
  const [loads] = await trial.database.query(
    `SELECT count(*) - count(DISTINCT load_id) AS repeated FROM ${dataset}._dlt_loads`,
  );
  expect(String(loads?.["repeated"])).toBe("0");
  const leftOver = (await trial.database.tables()).filter((table) => table.startsWith(`${dataset}_staging.`));
  expect(leftOver).toEqual([]);
}

describe("killed again and again, then left in peace: the contents are those of an undisturbed run", () => {
  it("on DuckDB", { timeout: 120_000 }, () => killedAgainAndAgain());

  it("on Postgres", { timeout: 120_000 }, async () => {
    await using server = await startPostgresServer();
    await killedAgainAndAgain(await server.createDatabase());
  });
});
