import { deepStrictEqual, ok } from "node:assert/strict";
import type { Lease } from "@typeload/core";
import type { Bench } from "../bench.ts";
import type { Suite } from "../check.ts";
import { expectFailure } from "../expect-failure.ts";
import { type Contact, contactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { leaseTable } from "../fixtures/system-tables.ts";
import { loadId, type TrialLoad, trialPipeline } from "../trial-load.ts";

const ada = { id: 1, name: "Ada", tags: [{ value: "vip" }] };
const bob = { id: 2, name: "Bob" };

function load(n: number, records: readonly Contact[] = [ada]): TrialLoad {
  return contactsLoad({ loadId: loadId(n), writeDisposition: { kind: "append" }, parts: [records] });
}

async function commitWith(bench: Bench, of: TrialLoad, lease: Lease): Promise<void> {
  await using attempt = await bench.begin(of, lease);
  await attempt.stage();
  await attempt.commit();
}

/** Two runs of one pipeline are kept apart. */
export const lease: Suite = {
  name: "lease",
  checks: [
    {
      name: "a lease that is held is refused to others, with its holder",
      run: async (bench) => {
        const held = await bench.claim({ token: "first" });
        deepStrictEqual({ ...held }, { pipeline: trialPipeline, token: "first", ttlSeconds: 600 });
        const error = await expectFailure(bench.claim({ token: "second" }), "lease_held");
        ok("holder" in error && error.holder === "holder of first", "the error names the holder");
        ok("expiresAt" in error && !Number.isNaN(Date.parse(String(error.expiresAt))), "the error says until when");
        ok(error.message.includes("holder of first"), "the message names the holder");
        const rows = await bench.rows(leaseTable);
        deepStrictEqual(
          rows.map((row) => [row["pipeline_name"], row["token"], row["holder"]]),
          [[trialPipeline, "first", "holder of first"]],
        );
      },
    },
    {
      name: "another pipeline of the dataset is not kept out",
      run: async (bench) => {
        const mine = await bench.claim({ token: "first" });
        const theirs = await bench.claim({ token: "second", pipeline: "other" });
        await commitWith(bench, load(1), mine);
        await commitWith(bench, { ...load(2, [bob]), pipeline: "other" }, theirs);
        await expectContacts(bench, [
          [loadId(1), [ada]],
          [loadId(2), [bob]],
        ]);
      },
    },
    {
      name: "a run that was taken over can commit nothing more",
      run: async (bench) => {
        const stale = await bench.claim({ token: "first" });
        await commitWith(bench, load(1), stale);
        const attempt = await bench.begin(load(2, [bob]), stale);
        await attempt.stage();
        const request = attempt.request();
        await bench.close(attempt.session);

        const taken = await bench.claim({ token: "second", takeOver: true });
        await using late = await bench.begin(load(2, [bob]), stale);
        await late.stage();
        await expectFailure(late.commit({ lease: request.lease }), "lease_lost");
        await expectContacts(bench, [[loadId(1), [ada]]], late.session);
        await bench.close(late.session);
        await commitWith(bench, load(3, [bob]), taken);
        await expectContacts(bench, [
          [loadId(1), [ada]],
          [loadId(3), [bob]],
        ]);
      },
    },
    {
      name: "a run that was taken over is not told that its load is committed",
      run: async (bench) => {
        const stale = await bench.claim({ token: "first" });
        await commitWith(bench, load(1), stale);
        await bench.claim({ token: "second", takeOver: true });
        await expectFailure(commitWith(bench, load(1), stale), "lease_lost");
      },
    },
    {
      name: "a token that was never given can commit nothing",
      run: async (bench) => {
        await bench.claim({ token: "first" });
        const invented = { pipeline: trialPipeline, token: "invented", ttlSeconds: 600 };
        await expectFailure(commitWith(bench, load(1), invented), "lease_lost");
        await expectContacts(bench, []);
      },
    },
    {
      name: "a lease that is over can be taken, and is lost to its holder then",
      run: async (bench) => {
        const over = await bench.claim({ token: "first", ttlSeconds: 2 });
        await expectFailure(bench.claim({ token: "second" }), "lease_held");
        await bench.sleep(2500);
        const taken = await bench.claim({ token: "second" });
        await expectFailure(commitWith(bench, load(1), over), "lease_lost");
        await commitWith(bench, load(2), taken);
        await expectContacts(bench, [[loadId(2), [ada]]]);
      },
    },
    {
      name: "a commit makes the lease last from then on",
      run: async (bench) => {
        const held = await bench.claim({ token: "first", ttlSeconds: 2 });
        await commitWith(bench, load(1), { ...held, ttlSeconds: 600 });
        await bench.sleep(2500);
        await expectFailure(bench.claim({ token: "second" }), "lease_held");
      },
    },
    {
      name: "a lease that is renewed lasts from then on, also in the middle of a load",
      run: async (bench) => {
        const held = await bench.claim({ token: "first", ttlSeconds: 2 });
        await bench.withSession("load", (session) => session.renew({ ...held, ttlSeconds: 4 }, bench.signal));
        await bench.sleep(2500);
        await expectFailure(bench.claim({ token: "second" }), "lease_held");
        {
          await using attempt = await bench.begin(load(1), held);
          await attempt.stage();
          await attempt.session.renew({ ...held, ttlSeconds: 600 }, bench.signal);
          await attempt.commit({ lease: { ...held, ttlSeconds: 600 } });
        }
        await expectContacts(bench, [[loadId(1), [ada]]]);
        await expectFailure(bench.claim({ token: "second" }), "lease_held");
      },
    },
    {
      name: "a lease that was taken over or given back cannot be renewed",
      run: async (bench) => {
        const renew = (lease: Lease): Promise<void> =>
          bench.withSession("load", (session) => session.renew(lease, bench.signal));
        const stale = await bench.claim({ token: "first" });
        const taken = await bench.claim({ token: "second", takeOver: true });
        await expectFailure(renew(stale), "lease_lost");
        await renew(taken);
        await bench.withSession("load", (session) => session.release(taken, bench.signal));
        await expectFailure(renew(taken), "lease_lost");
        await expectFailure(renew(stale), "lease_lost");
        await expectFailure(commitWith(bench, load(1), stale), "lease_lost");
      },
    },
    {
      name: "a lease is taken over from the holders that are named, and from no other",
      run: async (bench) => {
        const dead = await bench.claim({ token: "first" });
        const of = (token: string): { takeOverFrom: readonly string[] } => ({
          takeOverFrom: ["nobody", `holder of ${token}`],
        });
        await expectFailure(bench.claim({ token: "second", ...of("third") }), "lease_held");
        const taken = await bench.claim({ token: "second", ...of("first") });
        await expectFailure(bench.claim({ token: "third", ...of("first") }), "lease_held");
        await expectFailure(commitWith(bench, load(1), dead), "lease_lost");
        await commitWith(bench, load(2), taken);
      },
    },
    {
      name: "a lease that was given back is free",
      run: async (bench) => {
        const held = await bench.claim({ token: "first" });
        await bench.withSession("load", (session) => session.release(held, bench.signal));
        const next = await bench.claim({ token: "second" });
        await commitWith(bench, load(1), next);
        await expectFailure(commitWith(bench, load(2), held), "lease_lost");
        await expectContacts(bench, [[loadId(1), [ada]]]);
      },
    },
    {
      name: "giving back a lease that was lost does not take it from the new holder",
      run: async (bench) => {
        const stale = await bench.claim({ token: "first" });
        const taken = await bench.claim({ token: "second", takeOver: true });
        await bench.withSession("load", (session) => session.release(stale, bench.signal));
        await expectFailure(bench.claim({ token: "third" }), "lease_held");
        await commitWith(bench, load(1), taken);
      },
    },
  ],
};
