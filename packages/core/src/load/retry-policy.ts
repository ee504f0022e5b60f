import type { Clock } from "../async/clock.ts";
import type { Random } from "../async/random.ts";
import { isTypeloadError } from "../errors.ts";

/** How often a package is loaded before the run gives up. */
export const maximumAttempts = 5;
const firstDelay = 500;
const longestDelay = 30_000;

/** Only another run can help. */
const lastWords: ReadonlySet<string> = new Set(["lease_held", "aborted", "load_id_taken"]);

/** Can loading the same package again help? A lease that is lost stays lost. */
export function mayRetry(error: unknown): boolean {
  return isTypeloadError(error) && error.retryable && !lastWords.has(error.code);
}

/** Waits before the next attempt: twice as long each time, by chance between half and all of it. */
export async function backOff(
  attempt: number,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  signal: AbortSignal,
): Promise<void> {
  const delay = Math.min(longestDelay, firstDelay * 2 ** attempt);
  await clock.sleep(delay * (0.5 + random() / 2), signal);
}
