import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/destination/destination.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { stateVersionHash, unpackState } from "../../src/pipeline/pipeline-state.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import type { CursorRange, IncrementalOptions } from "../../src/source/incremental.ts";
import { canonicalJson } from "../../src/scan/canonical-json.ts";
import { pageBytes } from "../../src/source/page-bytes.ts";
import type { ReadContext } from "../../src/source/resource.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { type GoldenValue, jsonTextOf } from "../normalize/golden-value.ts";
import { goldenCases } from "../normalize/golden-case.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();

interface Row {
  readonly id: number;
  readonly at?: number | string | Date | null;
}

/** A table `t` that is filled by what `read` yields, run after run. */
function trial(incremental: IncrementalOptions, destination: Destination = memoryDestination()) {
  const workingDirectory = newFolder();
  const ranges: CursorRange[] = [];
  const run = (read: (context: ReadContext) => Iterable<Row | readonly Row[]>, to = destination) => {
    const t = defineResource({
      name: "t",
      incremental,
      *read(context) {
        ranges.push(context.cursor);
        yield* read(context);
      },
    });
    const pipeline = createPipeline({ name: "p", destination: to, dataset: "ds", workingDirectory });
    return pipeline.run(defineSource({ name: "p", resources: [t] }));
  };
  const ids = async () => (await rowsOf(destination, "ds", "t")).map(({ id }) => Number(id));
  const states = async () =>
    (await rowsOf(destination, "ds", "_dlt_pipeline_state")).map(({ state }) => unpackState(String(state)));
  return { run, ids, states, ranges };
}

describe("a resource with a cursor", () => {
  it("reads on from the best committed value, drops what it has, and tells `read` where to begin", async () => {
    const { run, ids, ranges } = trial({ cursor: "at", initialValue: 1 });
    await run(() => [
      [
        { id: 1, at: 5 },
        { id: 0, at: 0 },
      ],
      { id: 2, at: 7 },
    ]);
    const { resources } = await run(() => [
      [
        { id: 2, at: 7 },
        { id: 3, at: 7 },
      ],
      { id: 4, at: 9 },
      { id: 1, at: 5 },
    ]);
    expect(await ids()).toEqual([1, 2, 3, 4]);
    expect(ranges.map(({ startValue }) => startValue)).toEqual([1, 7]);
    expect(resources.t.rows.inserted).toBe(2);
    await run(() => []);
    expect(ranges[2]).toEqual({ startValue: 9, lastValue: 9, initialValue: 1, endValue: undefined });
  });

  it("moves only with the commit: a load that failed is resumed, one that is lost is read again", async () => {
    const destination = memoryDestination();
    const { run, ids, ranges, states } = trial({ cursor: "at" }, destination);
    await run(() => [{ id: 1, at: 1 }]);
    let down = true;
    const failing = watchedDestination(destination, {
      before(method) {
        if (method === "commit" && down) throw new TypeError("server is down");
      },
    });
    await rejectionOf(run(() => [{ id: 2, at: 2 }], failing));
    expect(await states()).toHaveLength(1);
    down = false;
    await run(
      () => [
        { id: 2, at: 2 },
        { id: 3, at: 3 },
      ],
      failing,
    );
    expect(ranges.map(({ startValue }) => startValue)).toEqual([undefined, 1, 2]);
    expect(await ids()).toEqual([1, 2, 3]);
    await rejectionOf(
      run(function* () {
        yield [{ id: 4, at: 4 }];
        throw new TypeError("the API is down");
      }),
    );
    await run(() => [{ id: 4, at: 4 }]);
    expect(ranges.at(-1)?.startValue).toBe(3);
    expect(await ids()).toEqual([1, 2, 3, 4]);
  });

  it("filters pages of the API too, every digit kept, and gives children only what passed", async () => {
    const destination = memoryDestination();
    const workingDirectory = newFolder();
    const pages = [
      '{"results":[{"id":1,"at":"2026-01-02","big":12345678901234567890.5},{"id":2,"at":"2026-01-01"}]}',
      '{"results":[{"id":3,"at":"2026-01-01"},{"id":1,"at":"2026-01-02","big":12345678901234567890.5},{"id":4,"at":"2026-01-03","big":0.10}]}',
    ];
    for (const page of pages) {
      const orders = defineResource({
        name: "orders",
        primaryKey: "id",
        writeDisposition: "merge",
        incremental: { cursor: "at", initialValue: "2026-01-02" },
        *read() {
          yield pageBytes(new TextEncoder().encode(page), { at: "results", fields: { shop: "a" } });
        },
      });
      const lines = defineResource({
        name: "lines",
        parent: { resource: "orders", fields: ["id"] },
        async *partitions({ parents }) {
          for await (const { id } of parents()) yield { id: String(id), kind: "parent" };
        },
        read: ({ partition }) => [{ order: partition.id }],
      });
      const pipeline = createPipeline({ name: "p", destination, dataset: "ds", workingDirectory });
      await pipeline.run(defineSource({ name: "shop", resources: [orders, lines] }));
    }
    expect(await rowsOf(destination, "ds", "orders")).toMatchObject([
      { id: 1, at: "2026-01-02", big: "12345678901234567890.5", shop: "a" },
      { id: 4, at: "2026-01-03", big: "0.10", shop: "a" },
    ]);
    expect((await rowsOf(destination, "ds", "lines")).map(({ order }) => order)).toEqual(["1", "4"]);
  });

  it("ends reading where a promised order says that nothing new can come", async () => {
    const { run, ids } = trial({ cursor: "at", rowOrder: "desc", initialValue: 3 });
    let read = 0;
    let closed = false;
    await run(function* () {
      try {
        for (let at = 9; ; at--) {
          read++;
          yield [{ id: at, at }];
        }
      } finally {
        closed = true;
      }
    });
    expect(await ids()).toEqual([9, 8, 7, 6, 5, 4, 3]);
    expect([read, closed]).toEqual([8, true]);
  });

  it("names the record that has no cursor, and stores nothing of the partition", async () => {
    const { run, ids } = trial({ cursor: "at" });
    const error = await rejectionOf(run(() => [{ id: 1, at: 1 }, { id: 2 }]));
    expect(error.message).toContain("has no cursor at");
    expect(await ids()).toEqual([]);
    await run(() => [{ id: 1, at: 1 }]);
    expect((await rejectionOf(run(() => [{ id: 2, at: "2" }]))).message).toContain("values of two types have no order");
  });

  it("reads a range of the past without touching the state", async () => {
    const destination = memoryDestination();
    const { run } = trial({ cursor: "at" }, destination);
    await run(() => [{ id: 9, at: 9 }]);
    const past = trial({ cursor: "at", initialValue: 2, endValue: 4 }, destination);
    await past.run(() => [1, 2, 3, 4].map((at) => ({ id: at, at })));
    expect(await past.ids()).toEqual([9, 2, 3]);
    expect(await past.states()).toHaveLength(1);
  });

  it("cannot be read by several at once", () => {
    const wrong = () => defineResource({ name: "t", concurrency: 2, incremental: { cursor: "at" }, read: () => [] });
    expect(wrong).toThrow("one after another: leave concurrency out");
  });
});

describe("the state of a resource", () => {
  it("is what the last committed load left, and knows nothing of one that failed", async () => {
    const destination = memoryDestination();
    const { run, states } = trial({ cursor: "at", onMissing: "include" }, destination);
    const seen: unknown[] = [];
    const count = (context: ReadContext) => {
      seen.push(context.state["calls"]);
      context.state["calls"] = Number(context.state["calls"] ?? 0) + 1;
      context.state["big"] = 2n ** 70n;
    };
    await run((context) => (count(context), [{ id: 1, at: new Date("2026-01-05T10:00:00.250Z") }]));
    await rejectionOf(
      run((context) => {
        count(context);
        throw new TypeError("no");
      }),
    );
    await run((context) => (count(context), []));
    expect(seen).toEqual([undefined, 1, 1]);
    const [, second] = await states();
    const hashes = /"unique_hashes":(\[[^\]]+\])/.exec(canonicalJson(second))?.[1];
    expect(canonicalJson(second?.["sources"])).toBe(
      `{"p":{"resources":{"t":{"big":${2n ** 70n},"calls":2,"incremental":{"at":{"initial_value":null,` +
        `"last_value":"\uf0272026-01-05T10:00:00.250000+00:00","start_value":null,"unique_hashes":${hashes}}}}}}}`,
    );
    expect(stateVersionHash(second ?? {})).toBe(second?.["_version_hash"]);
  });

  it("refuses what JSON cannot hold", async () => {
    const { run } = trial({ cursor: "at" });
    const error = await rejectionOf(run(({ state }) => ((state["f"] = () => 1), [])));
    expect(error.message).toContain("state.f");
  });

  it("of partitions that are read at once joins in plan order", async () => {
    const destination = memoryDestination();
    const t = defineResource({
      name: "t",
      concurrency: 4,
      partitions: () => ["a", "b", "c"].map((id) => ({ id, kind: "part" })),
      async *read({ partition: { id }, state }) {
        await new Promise((resolve) => setTimeout(resolve, id === "a" ? 20 : 1));
        state["last"] = id;
        state[`of ${id}`] = true;
        yield { id };
      },
    });
    const pipeline = createPipeline({ name: "p", destination, dataset: "ds", workingDirectory: newFolder() });
    await pipeline.run(defineSource({ name: "p", resources: [t] }));
    const [row] = await rowsOf(destination, "ds", "_dlt_pipeline_state");
    expect(unpackState(String(row?.["state"]))["sources"]).toEqual({
      p: { resources: { t: { last: "c", "of a": true, "of b": true, "of c": true } } },
    });
  });
});

interface StateCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly incremental: { readonly cursor_path: string; readonly initial_value?: GoldenValue } | null;
  readonly runs: readonly { readonly records: readonly GoldenValue[] }[];
  readonly expected: { readonly _dlt_pipeline_state: readonly { readonly text: string; readonly version: number }[] };
}

describe("the rows of _dlt_pipeline_state are dlt's (recorded)", () => {
  const cases = goldenCases<StateCase>("system-tables").filter(
    ({ kind, incremental, runs }) =>
      kind === "stateRows" && incremental !== null && !JSON.stringify(runs).includes('"$'),
  );
  it("asks some", () => expect(cases.length).toBeGreaterThan(2));
  it.each(cases.map((golden) => [golden.id, golden.title, golden] as const))("%s %s", async (_id, _title, golden) => {
    const destination = memoryDestination();
    const workingDirectory = newFolder();
    for (const { records } of golden.runs) {
      const t = defineResource({
        name: "t",
        incremental: {
          cursor: golden.incremental?.cursor_path ?? "",
          // Cases of text and numbers alone.
          initialValue: golden.incremental?.initial_value as string | number | undefined,
        },
        *read() {
          yield pageBytes(new TextEncoder().encode(jsonTextOf(records)));
        },
      });
      const pipeline = createPipeline({ name: "p", destination, dataset: "ds", workingDirectory });
      await pipeline.run(defineSource({ name: "p", resources: [t] }));
    }
    const rows = await rowsOf(destination, "ds", "_dlt_pipeline_state");
    const ours = rows.map(({ state, version }) => ({ sources: unpackState(String(state))["sources"], version }));
    const theirs = golden.expected._dlt_pipeline_state.map(({ text, version }) => ({
      // Read as any other JSON.
      sources: (JSON.parse(text) as { readonly sources: unknown }).sources,
      version,
    }));
    expect(ours).toEqual(theirs);
  });
});
