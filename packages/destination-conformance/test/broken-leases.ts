import type { Lease } from "@typeload/core";
import type { BrokenDestination } from "./broken-destinations.ts";
import { wrapDestination } from "./wrap-destination.ts";

/** Destinations that do not keep two runs apart. */
export const brokenLeases: readonly BrokenDestination[] = [
  {
    does: "gives a lease to whoever asks",
    breakIt: (destination) =>
      wrapDestination(destination, {
        claim: (inner) => (claim, signal) => inner.claim({ ...claim, takeOver: true }, signal),
      }),
    caughtBy: "lease: a lease that is held is refused to others, with its holder",
  },
  {
    does: "commits without looking at the lease",
    breakIt(destination) {
      const latest = new Map<string, Lease>();
      return wrapDestination(destination, {
        claim: (inner) => async (claim, signal) => {
          const lease = await inner.claim(claim, signal);
          latest.set(lease.pipeline, lease);
          return lease;
        },
        commit: (inner) => (commit, signal) =>
          inner.commit({ ...commit, lease: latest.get(commit.pipeline) ?? commit.lease }, signal),
      });
    },
    caughtBy: "lease: a run that was taken over can commit nothing more",
  },
  {
    does: "never lets a lease end",
    breakIt: (destination) =>
      wrapDestination(destination, {
        claim: (inner) => (claim, signal) => inner.claim({ ...claim, ttlSeconds: 1e6 }, signal),
      }),
    caughtBy: "lease: a lease that is over can be taken, and is lost to its holder then",
  },
  {
    does: "does not make the lease last by a commit",
    breakIt(destination) {
      return wrapDestination(destination, {
        commit: (inner) => (commit, signal) =>
          inner.commit({ ...commit, lease: { ...commit.lease, ttlSeconds: 1 } }, signal),
      });
    },
    caughtBy: "lease: a commit makes the lease last from then on",
  },
  {
    does: "does not make the lease last by renewing it",
    breakIt: (destination) => wrapDestination(destination, { renew: () => async () => {} }),
    caughtBy: "lease: a lease that is renewed lasts from then on, also in the middle of a load",
  },
  {
    does: "renews by taking the lease again",
    breakIt: (destination) =>
      wrapDestination(destination, {
        renew: (inner) => async (lease, signal) => {
          await inner.claim({ ...lease, holder: "the same", takeOver: true }, signal);
        },
      }),
    caughtBy: "lease: a lease that was taken over or given back cannot be renewed",
  },
  {
    does: "takes over from anybody when it may from some",
    breakIt: (destination) =>
      wrapDestination(destination, {
        claim: (inner) => (claim, signal) =>
          inner.claim({ ...claim, takeOver: claim.takeOver || claim.takeOverFrom !== undefined }, signal),
      }),
    caughtBy: "lease: a lease is taken over from the holders that are named, and from no other",
  },
  {
    does: "gives back the lease of others",
    breakIt(destination) {
      let latest: Lease | undefined;
      return wrapDestination(destination, {
        claim: (inner) => async (claim, signal) => (latest = await inner.claim(claim, signal)),
        release: (inner) => (lease, signal) => inner.release(latest ?? lease, signal),
      });
    },
    caughtBy: "lease: giving back a lease that was lost does not take it from the new holder",
  },
];
