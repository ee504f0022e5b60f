import type { Cliengo } from "@typeload/cliengo-sdk";
import { dateText, dayLength, instantOf } from "./window-span.ts";

/**
 * Tells of a day whether windows of contacts with that `until` hold its contacts too, which is in doubt (cliengo-api.md §3.5). It is found
 * out by counting, at the first day asked for that has contacts; of a day without any it is all the same. Costs two requests.
 */
export function untilIncludesDay(client: Cliengo, signal: AbortSignal): (day: string) => Promise<boolean> {
  let known: boolean | undefined;
  const hasContacts = async (since: string, until: string): Promise<boolean> =>
    ((await client.contacts.list({ since, until, limit: 1 }, { signal })).total ?? 0) > 0;
  return async (day) => {
    if (known === undefined) {
      if (await hasContacts(day, day)) known = true;
      else if (await hasContacts(day, dateText(instantOf(day) + dayLength))) known = false;
    }
    return known ?? false;
  };
}
