import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DestinationSession, Lease, LeaseClaim } from "../destination/destination.ts";
import { packageStoreError } from "../extract/package-errors.ts";

const ttlSeconds = 15 * 60;
const remembered = 10;

/** What {@link claimLease} asks with. */
export interface ClaimOptions extends Pick<LeaseClaim, "pipeline" | "token" | "holder" | "takeOver"> {
  /** Its lock is held, so no other process that ever used it as its working directory is still running. */
  readonly workingDirectory: string;
}

/**
 * Takes the lease of (dataset, pipeline). One that an earlier run of the same working directory left behind is taken over: whoever holds
 * the directory's lock knows that this run is dead.
 *
 * @throws LeaseHeldError while another run, from elsewhere, holds it.
 */
export async function claimLease(
  session: DestinationSession,
  { workingDirectory, ...asked }: ClaimOptions,
  signal: AbortSignal,
): Promise<Lease> {
  const path = join(workingDirectory, "holders.json");
  const earlier = await readHolders(path);
  try {
    // Before the claim: a process that dies right after it is known to the next one.
    await writeFile(path, JSON.stringify([asked.holder, ...earlier].slice(0, remembered)), { mode: 0o600 });
  } catch (error) {
    throw packageStoreError(error, workingDirectory);
  }
  return await session.claim({ ...asked, ttlSeconds, takeOverFrom: earlier }, signal);
}

async function readHolders(path: string): Promise<readonly string[]> {
  try {
    const holders: unknown = JSON.parse(await readFile(path, "utf8"));
    return Array.isArray(holders) ? holders.filter((holder) => typeof holder === "string") : [];
  } catch {
    // Not there, or cut off by a crash: then a lease left behind ends by its time.
    return [];
  }
}
