import type { Lease } from "../destination/destination.ts";
import type { ReadRequest, StoredDataset } from "../destination/stored-dataset.ts";
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
 * Takes the lease, reads what is stored, does the work, and gives the lease back. Reading comes after taking and in the same session:
 * nobody else can commit in between.
 */
export async function withLease(
  { destination, dataset, workingDirectory, clock }: PipelineSettings,
  claim: RunClaim,
  request: ReadRequest,
  signals: RunSignals,
  work: (lease: Lease, stored: StoredDataset) => Promise<void>,
): Promise<void> {
  const { pipeline, token, runId, started, takeOver } = claim;
  const { host, pid } = ownProcess();
  const holder = `${host}:${pid}:${started.toISOString()}:${runId}`;
  let lease: Lease;
  let stored: StoredDataset;
  {
    await using session = await destination.open({ dataset, purpose: "load", signal: signals.read });
    lease = await claimLease(session, { pipeline, token, holder, takeOver, workingDirectory }, signals.read);
    try {
      stored = await session.read(request, signals.read);
    } catch (error) {
      await session.release(lease, signals.load).catch(() => {});
      throw error;
    }
  }
  try {
    await work(lease, stored);
  } finally {
    await release(lease).catch(() => {
      // The destination is gone: the next run of this working directory takes the lease over.
    });
  }

  async function release(held: Lease): Promise<void> {
    const over = new AbortController();
    const late = new AbortController();
    clock.sleep(releaseSeconds * 1000, over.signal).then(
      () => late.abort(new Error("giving the lease back took too long")),
      () => {},
    );
    try {
      await using session = await destination.open({ dataset, purpose: "load", signal: late.signal });
      await session.release(held, late.signal);
    } finally {
      over.abort();
    }
  }
}
