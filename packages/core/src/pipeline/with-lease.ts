import { TimeLimit } from "../async/time-limit.ts";
import { untilAborted } from "../async/until-aborted.ts";
import type { Lease } from "../destination/destination.ts";
import { openSession } from "../destination/open-session.ts";
import type { ReadRequest, StoredDataset } from "../destination/stored-dataset.ts";
import { isTypeloadError } from "../errors.ts";
import { LeaseKeeper } from "../load/lease-keeper.ts";
import { claimLease } from "./claim-lease.ts";
import type { PipelineSettings } from "./pipeline-settings.ts";
import { ownProcess } from "./process-identity.ts";
import type { RunSignals } from "./run-signals.ts";

/** Who claims, and how. */
export interface RunClaim {
  readonly pipeline: string;
  readonly token: string;
  readonly runId: string;
  readonly started: Date;
  readonly takeOver: boolean;
}

const releaseSeconds = 10;

/**
 * Takes the lease, reads what is stored, does the work while the lease is kept, and gives the lease back. Reading comes after taking and
 * in the same session: nobody else can commit in between.
 *
 * @throws LeaseLostError when another run took the lease over, whatever else became of the work.
 */
export async function withLease(
  { destination, dataset, workingDirectory, clock }: PipelineSettings,
  claim: RunClaim,
  request: ReadRequest,
  signals: RunSignals,
  work: (keeper: LeaseKeeper, stored: StoredDataset) => Promise<void>,
): Promise<void> {
  const { pipeline, token, runId, started, takeOver } = claim;
  const { host, pid } = ownProcess();
  const holder = `${host}:${pid}:${started.toISOString()}:${runId}`;
  const session = await openSession(destination, { dataset, purpose: "load", signal: signals.read });
  // It hears of an abort at once; one that does not listen is left behind when the grace is over.
  const { lease, stored } = await untilAborted(take(), signals.load);
  let lost: { readonly error: unknown } | undefined;
  let unanswered = false;
  try {
    using keeper = new LeaseKeeper({
      destination,
      dataset,
      lease,
      clock,
      lost(error) {
        lost = { error };
        signals.stop(error);
      },
    });
    await work(keeper, stored);
  } catch (error) {
    unanswered = isTypeloadError(error) && error.code === "commit_unknown";
    throw lost === undefined ? error : lost.error;
  } finally {
    // While a commit may still be under way nobody else may begin: then the lease ends by its time.
    if (!unanswered)
      await release(lease).catch(() => {
        // The destination is gone: the next run of this working directory takes the lease over.
      });
  }

  async function take(): Promise<{ readonly lease: Lease; readonly stored: StoredDataset }> {
    await using opened = session;
    const taken = await claimLease(opened, { pipeline, token, holder, takeOver, workingDirectory }, signals.read);
    try {
      return { lease: taken, stored: await opened.read(request, signals.read) };
    } catch (error) {
      await opened.release(taken, signals.load).catch(() => {});
      throw error;
    }
  }

  async function release(held: Lease): Promise<void> {
    using limit = new TimeLimit(clock, releaseSeconds, new Error("giving the lease back took too long"));
    const { signal } = limit;
    const giveBack = async (): Promise<void> => {
      await using opened = await openSession(destination, { dataset, purpose: "load", signal });
      await opened.release(held, signal);
    };
    await untilAborted(giveBack(), signal);
  }
}
