import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeError, exitCode, formatReport, terminalProgress } from "typeload/terminal";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import type { PostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { failureOf, openTrial } from "./cliengo-trial.ts";
import { leakedSecrets, textsOfDatabase, textsOfFolder, unpacked } from "./leaked-secrets.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const ways = (["DuckDB", "Postgres"] as const).flatMap((database) =>
  (["key", "jwt"] as const).map((credential) => ({ database, credential })),
);

describe("secrets stand nowhere: not in tables, page log, state, report, events, errors or what a terminal shows", () => {
  it.each(ways)("$database, $credential", { timeout: 60_000 }, async ({ database, credential }) => {
    await using trial = await openTrial({
      simulator: { contacts: 60, conversations: 5 },
      postgres: database === "Postgres" ? await server.createDatabase() : undefined,
      pipeline: { keepPackages: true },
    });
    const { simulator } = trial;
    const { authentication, faults } = simulator;
    const shown: string[] = [];
    const events: unknown[] = [];
    const run = async () => {
      using progress = terminalProgress({ stream: { write: (text) => shown.push(text) > 0, isTTY: false } });
      return await trial.run({
        source: {
          ...(credential === "jwt" ? { jwt: true } : {}),
          onRetry: ({ delay, error }) => {
            shown.push(inspect(error, { depth: 9, showHidden: true }));
            progress.waiting(delay, error.message);
          },
        },
        onEvent: (event) => {
          events.push(event);
          progress.onEvent(event);
        },
      });
    };

    const first = await run();
    expect(first.resources["sites"]?.rows.inserted).toBe(4);
    expect(authentication.issued.length > 0).toBe(credential === "jwt");
    // Answers that say what they were asked with, and tokens that are renewed in the middle.
    authentication.expireTokens();
    const body = JSON.stringify({ detail: [simulator.apiKey, ...authentication.issued].join(" ") });
    faults.add({ kind: "status", status: 500, body, match: { path: "/users" } });
    // Pages of sites, which hold channel tokens, that cannot be read.
    for (const as of ["cut", "nan", "trailing"] as const)
      faults.add({ kind: "wrong-json", as, match: { path: "/sites" } });
    faults.add({ kind: "cut-body", match: { path: "/sites" } });
    faults.add({ kind: "status", status: 400, body, match: { path: "/conversations" } });
    const echoed = await failureOf(run());
    expect(echoed.message).toContain("400");
    faults.clear();
    authentication.revokeKey();
    const refused = await failureOf(run());
    expect(exitCode(refused)).toBe(2);
    expect(describeError(refused)).toMatch(/API/);

    const tables = await textsOfDatabase(trial.database);
    const files = await textsOfFolder(trial.folder);
    const said = new Map<string, string>([
      ["report", JSON.stringify(first) + formatReport(first, { columns: 120 })],
      ["events", inspect(events, { depth: 9, maxArrayLength: null, maxStringLength: null })],
      ["terminal", shown.join("")],
      ...[echoed, refused].map(
        (error) => [error.message, describeError(error) + inspect(error, { depth: 9, showHidden: true })] as const,
      ),
    ]);

    // The places are the right ones, and can be read.
    const site = simulator.model.sites.idAt(0) ?? "";
    expect(tables.get("cliengo_data.sites")).toContain(site);
    expect(unpacked(tables.get("cliengo_data._dlt_pipeline_state") ?? "").join("")).toContain('"sources"');
    expect([...files].filter(([, text]) => text.includes('"results"') && text.includes(site))).not.toEqual([]);
    expect(said.get("terminal")).toContain("500");

    const secrets = simulator.secrets();
    expect(secrets.length).toBeGreaterThan(credential === "jwt" ? 7 : 6);
    expect([tables, files, said].flatMap((texts) => leakedSecrets(secrets, texts))).toEqual([]);
  });
});
