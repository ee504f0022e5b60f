import { deepStrictEqual } from "node:assert/strict";
import type { MergeStrategy } from "@typeload/core";
import type { Bench } from "../bench.ts";
import type { Check, Suite } from "../check.ts";
import type { ExpectedCapabilities } from "../conformance-options.ts";
import { expectFailure } from "../expect-failure.ts";
import { type Contact, contactsLoad, expectContacts, storedContacts } from "../fixtures/contacts.ts";
import { loadId, type TrialLoad } from "../trial-load.ts";

const pipelines = ["one", "two", "three"];
const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a"] }] };
const bob = { id: 2, name: "Bob", tags: [{ value: "new" }] };
const append = { kind: "append" } as const;

/** Two sessions that are open at once, in the hands of two runs or two machines. */
export const sessions: Suite = {
  name: "sessions",
  checks: (expects) => [
    { name: "pipelines that load into one dataset at the same time lose nothing", run: appendAtOnce },
    ...mergesAtOnce(expects),
    { name: "pipelines that make a dataset at the same time all succeed", run: makeAtOnce },
    ...besideEachOther.map((check) => ({ ...check, cannot: needsTwo })),
  ],
};

function needsTwo({ sessionsAtOnce = Number.POSITIVE_INFINITY }: ExpectedCapabilities): string | undefined {
  return sessionsAtOnce < 2 ? "its capability sessionsAtOnce is 1" : undefined;
}

async function appendAtOnce(bench: Bench): Promise<void> {
  const rounds = [1, 2, 3];
  const loadOf = (pipeline: string, round: number): TrialLoad => {
    const number = round * 10 + pipelines.indexOf(pipeline);
    const record = { id: number, name: pipeline, tags: [{ value: pipeline, marks: ["x", "y"] }] };
    const load = contactsLoad({ loadId: loadId(number), writeDisposition: append, parts: [[record], [record]] });
    return { ...load, pipeline, state: stateOf(`${pipeline} ${round}`, round) };
  };
  await Promise.all(
    pipelines.map(async (pipeline) => {
      for (const round of rounds) await bench.load(loadOf(pipeline, round));
    }),
  );
  const loads = pipelines.flatMap((pipeline) => rounds.map((round) => loadOf(pipeline, round)));
  await expectContacts(
    bench,
    loads.map((load) => {
      const number = Math.round(Number(load.loadId)) - Math.round(Number(loadId(0)));
      const record = {
        id: number,
        name: load.pipeline ?? "",
        tags: [{ value: load.pipeline ?? "", marks: ["x", "y"] }],
      };
      return [load.loadId, [record, record]];
    }),
  );
  const ids = loads.map((load) => load.loadId);
  for (const pipeline of pipelines) {
    const stored = await bench.read({ pipeline, loadIds: ids });
    deepStrictEqual([stored.state?.text, stored.finishedLoads.size], [`${pipeline} 3`, ids.length]);
  }
}

function mergesAtOnce({ mergeStrategies, writeDispositions }: ExpectedCapabilities): readonly Check[] {
  const strategy = mergeStrategies.find((each) => each === "delete-insert" || each === "upsert");
  if (strategy === undefined || !writeDispositions.includes("merge")) return [];
  return [
    {
      name: "pipelines that merge the same keys at the same time leave one whole version of each",
      run: (bench) => mergeAtOnce(bench, strategy),
    },
  ];
}

async function mergeAtOnce(bench: Bench, strategy: MergeStrategy): Promise<void> {
  const ids = Array.from({ length: 50 }, (_, id) => id);
  const versionOf = (pipeline: string, id: number): Contact => ({
    id,
    name: pipeline,
    tags: Array.from({ length: 1 + pipelines.indexOf(pipeline) }, () => ({ value: pipeline, marks: [pipeline] })),
  });
  await Promise.all(
    pipelines.map((pipeline, at) =>
      bench.load({
        ...contactsLoad({
          loadId: loadId(at),
          writeDisposition: { kind: "merge", strategy },
          primaryKey: ["id"],
          parts: [ids.map((id) => versionOf(pipeline, id))],
        }),
        pipeline,
      }),
    ),
  );
  const stored = await storedContacts(bench);
  const expected = stored.map(({ id, name, load }) => ({ ...versionOf(name ?? "", id), load }));
  deepStrictEqual(stored, expected);
  deepStrictEqual(
    stored.map(({ id }) => id).sort((a, b) => a - b),
    ids,
  );
}

async function makeAtOnce(bench: Bench): Promise<void> {
  const loads = pipelines.map((pipeline, at) => ({
    ...contactsLoad({ loadId: loadId(at), writeDisposition: append, parts: [[{ id: at, name: pipeline }]] }),
    pipeline,
  }));
  await Promise.all(
    loads.map(async (load) => {
      // Closed at once: a destination with one session at a time lets them in one after another.
      await using attempt = await bench.begin(load);
      await attempt.session.discard(load.loadId, bench.signal);
    }),
  );
  for (const load of loads) await bench.load(load);
  await expectContacts(
    bench,
    pipelines.map((name, id) => [loadId(id), [{ id, name }]]),
  );
}

const besideEachOther: readonly Check[] = [
  {
    name: "a run that is taken over while its session is open can commit nothing more",
    run: async (bench) => {
      const stale = await bench.claim({ token: "first" });
      await using late = await bench.begin(
        contactsLoad({ loadId: loadId(1), writeDisposition: append, parts: [[ada]] }),
        stale,
      );
      await late.stage();
      const taken = await bench.claim({ token: "second", takeOver: true });
      await expectFailure(late.commit(), "lease_lost");
      await using next = await bench.begin(
        contactsLoad({ loadId: loadId(2), writeDisposition: append, parts: [[bob]] }),
        taken,
      );
      await next.stage();
      await next.commit();
      await expectContacts(bench, [[loadId(2), [bob]]]);
    },
  },
  {
    name: "a lease is refused to others while its holder commits",
    run: async (bench) => {
      const held = await bench.claim({ token: "first" });
      await using attempt = await bench.begin(
        contactsLoad({ loadId: loadId(1), writeDisposition: append, parts: [[ada]] }),
        held,
      );
      await attempt.stage();
      const claims = Array.from({ length: 4 }, (_, at) => bench.claim({ token: `other ${at}` }));
      await Promise.all([attempt.commit(), ...claims.map((claim) => expectFailure(claim, "lease_held"))]);
      await expectContacts(bench, [[loadId(1), [ada]]]);
    },
  },
  {
    name: "of a commit and a takeover at the same time, a commit that succeeds is stored whole, and one that fails not at all",
    run: async (bench) => {
      const held = await bench.claim({ token: "first" });
      const load = contactsLoad({ loadId: loadId(1), writeDisposition: append, parts: [[ada]] });
      await using attempt = await bench.begin(load, held);
      await attempt.stage();
      const [committed, taken] = await Promise.all([
        attempt.commit().then(
          () => true,
          (error: unknown) => expectFailure(Promise.reject(error), "lease_lost").then(() => false),
        ),
        bench.claim({ token: "second", takeOver: true }),
      ]);
      await expectContacts(bench, committed ? [[loadId(1), [ada]]] : []);
      deepStrictEqual((await bench.read({ loadIds: [loadId(1)] })).finishedLoads.has(loadId(1)), committed);
      await using stale = await bench.begin(
        contactsLoad({ loadId: loadId(2), writeDisposition: append, parts: [[bob]] }),
        held,
      );
      await stale.stage();
      await expectFailure(stale.commit(), "lease_lost");
      await using next = await bench.begin(
        contactsLoad({ loadId: loadId(3), writeDisposition: append, parts: [[bob]] }),
        taken,
      );
      await next.stage();
      await next.commit();
      await expectContacts(bench, [...(committed ? ([[loadId(1), [ada]]] as const) : []), [loadId(3), [bob]]]);
    },
  },
  {
    name: "a commit leaves what another session has staged",
    run: async (bench) => {
      const load = contactsLoad({ loadId: loadId(1), writeDisposition: append, parts: [[ada]] });
      await using first = await bench.begin({ ...load, pipeline: "one" });
      await first.stage();
      await bench.load({
        ...contactsLoad({ loadId: loadId(2), writeDisposition: append, parts: [[bob]] }),
        pipeline: "two",
      });
      await expectContacts(bench, [[loadId(2), [bob]]]);
      await first.commit();
      await expectContacts(bench, [
        [loadId(1), [ada]],
        [loadId(2), [bob]],
      ]);
    },
  },
];

function stateOf(text: string, version: number): TrialLoad["state"] {
  return {
    version,
    engineVersion: 4,
    state: text,
    createdAt: "2026-01-01T00:00:00Z",
    versionHash: `hash of ${text}`,
    dltId: text,
  };
}
