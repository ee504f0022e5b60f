import { expect, it } from "vitest";
import type { Fault } from "@typeload/cliengo-simulator";
import { compareContents, everyResource } from "./cliengo-contents.ts";
import { openTrial } from "./cliengo-trial.ts";

const faults: readonly [Fault, ...Fault[]] = [
  { kind: "status", status: 429, retryAfter: 0 },
  { kind: "status", status: 429, retryAfter: new Date(0) },
  { kind: "status", status: 503 },
  { kind: "status", status: 500 },
  { kind: "reset" },
  { kind: "reset", afterBytes: 300 },
  { kind: "cut-body" },
  { kind: "html" },
  { kind: "wrong-json", as: "cut" },
  { kind: "wrong-json", as: "trailing" },
  { kind: "bad-gzip" },
  { kind: "slow-body", bytesPerChunk: 16_384, millisecondsPerChunk: 1 },
];

/** Where a record that came twice can be told by its id. */
const keyed = /^\/(contacts|conversations|users|sites)(\/\w+\/notes)?$|^\/conversations\/\w+\/messages$/;

it(
  "a storm of every fault on the wire: tables and child tables hold what Cliengo has, cell by cell",
  { timeout: 60_000 },
  async () => {
    await using trial = await openTrial({
      simulator: { contacts: 70, conversations: 60, messagesPerConversation: 2 },
    });
    const { simulator } = trial;
    const storm = simulator.faults.storm({ faults, rate: 0.4 });
    simulator.faults.storm({ faults: [{ kind: "duplicate-rows", rows: 7 }], rate: 0.3, match: { path: keyed } });
    const report = await trial.run({ source: { resources: everyResource } });
    expect(storm.hits).toBeGreaterThan(80);
    const kinds = new Set(simulator.requests.all().flatMap(({ fault }) => fault ?? []));
    expect(kinds).toEqual(new Set([...faults.map(({ kind }) => kind), "duplicate-rows"]));
    for (const name of ["contacts", "conversations"] as const)
      expect(report.resources[name]).toMatchObject({ outcome: "committed", rows: { updated: 0, deleted: 0 } });
    await compareContents(trial, everyResource);
  },
);
