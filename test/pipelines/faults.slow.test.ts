import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPipeline, type PipelineRunError } from "@typeload/core";
import { memoryDestination } from "@typeload/core/testing";
import {
  type CliengoSimulator,
  type Fault,
  type SimulatorOptions,
  startCliengoSimulator,
} from "@typeload/cliengo-simulator";
import { cliengoSource } from "@typeload/source-cliengo";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-faults-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let runs = 0;
function pipelineTo(simulator: CliengoSimulator) {
  const pipeline = createPipeline({
    name: "faults",
    destination: memoryDestination(),
    dataset: "d",
    workingDirectory: join(folder, String((runs += 1))),
  });
  const source = cliengoSource({
    apiKey: simulator.apiKey,
    baseUrl: simulator.url,
    rateLimit: false,
    retry: { baseDelay: 1, maxDelay: 5, maxRetryAfter: 20 },
    resources: ["contacts", "contact_notes"],
  });
  const idsOf = async (table: string): Promise<string[]> =>
    (await pipeline.query(`SELECT * FROM "${table}"`)).map(({ id }) => String(id)).toSorted();
  return { run: () => pipeline.run(source), idsOf };
}

const small: SimulatorOptions = { contacts: 130, conversations: 0 };

function notesOf(simulator: CliengoSimulator): string[] {
  return [...simulator.model.contacts.ids()]
    .flatMap((id) => [...(simulator.model.contactNotes.of(id) ?? [])].map((note) => note.ID))
    .toSorted();
}

describe("faults on the wire are survived, and nothing is lost or doubled", () => {
  it.each<[string, Fault, number]>([
    ["429 with Retry-After in seconds", { kind: "status", status: 429, retryAfter: 0 }, 4],
    ["429 with Retry-After as a date", { kind: "status", status: 429, retryAfter: new Date(0) }, 4],
    ["burst of 503", { kind: "status", status: 503 }, 3],
    ["connection reset in the middle of a page", { kind: "reset", afterBytes: 300 }, 3],
    ["page cut short", { kind: "cut-body" }, 3],
    ["page of HTML with status 200", { kind: "html" }, 2],
    ["JSON that ends too early", { kind: "wrong-json", as: "cut" }, 2],
    ["bytes that are not the gzip they claim to be", { kind: "bad-gzip" }, 2],
    ["slow pages", { kind: "slow-body", bytesPerChunk: 4096, millisecondsPerChunk: 1 }, 5],
  ])("%s", { timeout: 60_000 }, async (_what, fault, times) => {
    await using simulator = await startCliengoSimulator(small);
    const hit = simulator.faults.add({ ...fault, match: { path: /^\/contacts/ }, nth: 2, times });
    const { run, idsOf } = pipelineTo(simulator);
    const report = await run();
    expect(hit.hits).toBe(times);
    expect(report.resources.contacts.rows.inserted).toBe(130);
    expect(await idsOf("contacts")).toEqual([...simulator.model.contacts.ids()].toSorted());
    expect(await idsOf("contact_notes")).toEqual(notesOf(simulator));
  });

  it(
    "a page that stays unreadable fails the run, names the byte, and the next run goes on",
    { timeout: 60_000 },
    async () => {
      await using simulator = await startCliengoSimulator(small);
      simulator.faults.add({
        kind: "wrong-json",
        as: "cut",
        match: { path: "/contacts/:id/notes" },
        nth: 40,
        times: 1000,
      });
      const { run, idsOf } = pipelineTo(simulator);
      const error: PipelineRunError = await run().then(
        () => expect.unreachable(),
        (thrown: PipelineRunError) => thrown,
      );
      expect(`${error.message} ${String(error.cause)}`).toMatch(/byte \d+/);
      expect(error.report.resources).toMatchObject({ contacts: { outcome: "committed" } });
      simulator.faults.clear();
      const before = simulator.requests.all({ path: "/contacts/:id/notes" }).length;
      await run();
      // What was read completely before the fault is not asked for again.
      expect(simulator.requests.all({ path: "/contacts/:id/notes" }).length - before).toBeLessThan(130);
      expect(await idsOf("contact_notes")).toEqual(notesOf(simulator));
    },
  );
});

describe("what Cliengo may answer", () => {
  it("an empty account loads, with tables of nothing", async () => {
    await using simulator = await startCliengoSimulator({ contacts: 0, conversations: 0 });
    const { run } = pipelineTo(simulator);
    const { resources } = await run();
    expect(resources.contacts).toMatchObject({
      outcome: "committed",
      recordsRead: 0,
      completeness: { rows: "proved", read: 0 },
    });
    expect(resources.contact_notes).toMatchObject({ outcome: "committed", recordsRead: 0 });
  });

  it("404 on one child is noted, not fatal", async () => {
    await using simulator = await startCliengoSimulator(small);
    const gone = simulator.model.contacts.idAt(5) ?? "";
    simulator.faults.add({ kind: "status", status: 404, match: { path: `/contacts/${gone}/notes` }, times: 10 });
    const { run, idsOf } = pipelineTo(simulator);
    const { resources } = await run();
    expect(resources.contact_notes.notes).toEqual([expect.stringContaining(gone)]);
    const lost = new Set([...(simulator.model.contactNotes.of(gone) ?? [])].map((note) => note.ID));
    expect(await idsOf("contact_notes")).toEqual(notesOf(simulator).filter((id) => !lost.has(id)));
  });

  it("rows that come twice over pages stand there once", async () => {
    await using simulator = await startCliengoSimulator(small);
    simulator.faults.add({ kind: "duplicate-rows", rows: 7, match: { path: "/contacts", offset: 49 } });
    const { run, idsOf } = pipelineTo(simulator);
    await run();
    expect(await idsOf("contacts")).toEqual([...simulator.model.contacts.ids()].toSorted());
  });

  it("a total that lies is never proved", async () => {
    await using simulator = await startCliengoSimulator(small);
    simulator.faults.add({ kind: "wrong-total", total: 400, match: { path: "/contacts" }, times: 100 });
    const { run, idsOf } = pipelineTo(simulator);
    const { resources } = await run();
    expect(resources.contacts.completeness).toMatchObject({ rows: "unproved", expected: 400, read: 130 });
    expect(await idsOf("contacts")).toEqual([...simulator.model.contacts.ids()].toSorted());
  });

  it.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
    "a list that moves while it is read, seed %i",
    { timeout: 60_000 },
    async (seed) => {
      await using simulator = await startCliengoSimulator({ contacts: 300, conversations: 0, seed });
      const before = new Set(simulator.model.contacts.ids());
      simulator.changes.churn({ inserts: 0.3, edits: 0.3, deletes: 0.4 });
      const { run, idsOf } = pipelineTo(simulator);
      const { resources } = await run();
      simulator.changes.clear();
      const loaded = await idsOf("contacts");
      expect(new Set(loaded).size).toBe(loaded.length);
      const touched = new Set(simulator.model.journal.map(({ id }) => id));
      const missing = [...before].filter((id) => !touched.has(id) && !loaded.includes(id));
      if (resources.contacts.completeness.rows === "proved") expect(missing).toEqual([]);
    },
  );
});
