import type { Cliengo } from "@typeload/cliengo-sdk";
import { dateText, dayLength, instantOf } from "./window-span.ts";
import type { WindowSpan } from "./window-span.ts";

/**
 * The `until` to ask for, so that a window does not hold contacts of the day on which the newer one begins. Whether it does is in doubt
 * (cliengo-api.md §3.5), and one border proves nothing about another: so it is counted at each. Only where the window without that day and
 * the day itself add up to the whole, the day is left out. Costs a request, three where the day is shared.
 */
export async function unsharedEnd(
  client: Cliengo,
  { since, until }: WindowSpan,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (until === undefined) return undefined;
  const count = async (span: WindowSpan): Promise<number> =>
    (await client.contacts.list({ ...span, limit: 1 }, { signal })).total ?? 0;
  const shared = await count({ since: until, until });
  if (shared === 0) return until;
  const before = dateText(instantOf(until) - dayLength);
  const isApart = (await count({ since, until: before })) + shared === (await count({ since, until }));
  return isApart ? before : until;
}
