import { setTimeout as wait } from "node:timers/promises";
import type { DestinationSession, Lease } from "@typeload/core";
import { countingStaged } from "./bending-rows.ts";
import type { BrokenDestination } from "./broken-destinations.ts";
import { wrapDestination } from "./wrap-destination.ts";

/** Destinations that are right as long as one session works at a time, or as long as a load is small. */
export const brokenSessions: readonly BrokenDestination[] = [
  {
    does: "drops a commit that comes while another is at work",
    breakIt(destination) {
      let busy = false;
      return wrapDestination(destination, {
        commit: (inner) => async (commit, signal) => {
          if (busy) return { alreadyCommitted: false, tables: {} };
          busy = true;
          try {
            await wait(1);
            return await inner.commit(commit, signal);
          } finally {
            busy = false;
          }
        },
      });
    },
    caughtBy: "sessions: pipelines that load into one dataset at the same time lose nothing",
  },
  {
    does: "appends what is merged while another commit is at work",
    breakIt(destination) {
      let busy = 0;
      return wrapDestination(destination, {
        commit: (inner) => async (commit, signal) => {
          const chains = commit.chains.map((chain) => ({ ...chain, writeDisposition: { kind: "append" } as const }));
          const alone = busy === 0;
          busy += 1;
          try {
            await wait(1);
            return await inner.commit(alone ? commit : { ...commit, chains }, signal);
          } finally {
            busy -= 1;
          }
        },
      });
    },
    caughtBy: "sessions: pipelines that merge the same keys at the same time leave one whole version of each",
  },
  {
    does: "cannot make a dataset that another is making",
    breakIt(destination) {
      let making = false;
      return wrapDestination(destination, {
        prepare: (inner) => async (request, signal) => {
          if (making) throw new Error("the schema exists already");
          making = true;
          try {
            await wait(1);
            await inner.prepare(request, signal);
          } finally {
            making = false;
          }
        },
      });
    },
    caughtBy: "sessions: pipelines that make a dataset at the same time all succeed",
  },
  {
    does: "looks at the lease when it prepares, not when it commits",
    breakIt(destination) {
      const latest = new Map<string, Lease>();
      const prepared = new WeakMap<DestinationSession, ReadonlyMap<string, Lease>>();
      return wrapDestination(destination, {
        claim: (inner) => async (claim, signal) => {
          const lease = await inner.claim(claim, signal);
          latest.set(lease.pipeline, lease);
          return lease;
        },
        prepare: (inner) => async (request, signal) => {
          await inner.prepare(request, signal);
          prepared.set(inner, new Map(latest));
        },
        commit: (inner) => (commit, signal) => {
          const held = prepared.get(inner)?.get(commit.pipeline)?.token === commit.lease.token;
          return inner.commit(
            held ? { ...commit, lease: latest.get(commit.pipeline) ?? commit.lease } : commit,
            signal,
          );
        },
      });
    },
    caughtBy: "sessions: a run that is taken over while its session is open can commit nothing more",
  },
  {
    does: "gives the lease away while its holder commits",
    breakIt(destination) {
      let committing = 0;
      return wrapDestination(destination, {
        claim: (inner) => (claim, signal) =>
          inner.claim({ ...claim, takeOver: claim.takeOver || committing > 0 }, signal),
        commit: (inner) => async (commit, signal) => {
          committing += 1;
          try {
            const result = await inner.commit(commit, signal);
            await wait(1);
            return result;
          } finally {
            committing -= 1;
          }
        },
      });
    },
    caughtBy: "sessions: a lease is refused to others while its holder commits",
  },
  {
    does: "commits although it says that the lease was lost in the meantime",
    breakIt(destination) {
      let takeovers = 0;
      return wrapDestination(destination, {
        claim: (inner) => (claim, signal) => {
          if (claim.takeOver) takeovers += 1;
          return inner.claim(claim, signal);
        },
        commit: (inner) => async (commit, signal) => {
          const before = takeovers;
          const result = await inner.commit(commit, signal);
          await wait(1);
          if (takeovers === before) return result;
          return inner.commit({ ...commit, lease: { ...commit.lease, token: "lost" } }, signal);
        },
      });
    },
    caughtBy:
      "sessions: of a commit and a takeover at the same time, a commit that succeeds is stored whole, and one that fails not at all",
  },
  {
    does: "clears away what others have staged when it commits",
    breakIt(destination) {
      const staged = new Map<DestinationSession, Set<string>>();
      return wrapDestination(destination, {
        stage: (inner) => (part, batches, signal) => {
          staged.set(inner, (staged.get(inner) ?? new Set()).add(part.loadId));
          return inner.stage(part, batches, signal);
        },
        commit: (inner) => async (commit, signal) => {
          for (const [session, loads] of staged) {
            if (session === inner) continue;
            // Sessions that are over have nothing staged any more.
            for (const loadId of loads) await session.discard(loadId, signal).catch(() => undefined);
          }
          return inner.commit(commit, signal);
        },
      });
    },
    caughtBy: "sessions: a commit leaves what another session has staged",
  },
  {
    does: "takes the first 32 parts of a table",
    breakIt(destination) {
      const counted = countingStaged();
      return wrapDestination(destination, {
        stage: (inner) => async (part, batches, signal) => {
          const staged = await inner.stage(part, part.part < 32 ? batches : [], signal);
          counted.staged(part.loadId, part.table.name, part.tableVersion, part.part, staged.rows);
          return { rows: batches.reduce((sum, { rowCount }) => sum + rowCount, 0) };
        },
        commit: (inner) => (commit, signal) => inner.commit(counted.expectingWhatIsThere(commit), signal),
        discard: counted.discard,
      });
    },
    caughtBy: "volume: a load of 100,000 rows in 50 parts arrives whole",
  },
];
