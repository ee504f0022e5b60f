import { pageBytes } from "@typeload/core";
import type { JsonValue, PageBytes, PartitionVerdict } from "@typeload/core";
import type { RawPage } from "@typeload/cliengo-sdk";
import { describeRequest } from "./describe-request.ts";

/** What a list is read with. */
export interface ListReading {
  /** One pass over the list, its pages overlapping by so many records. Called again when the list was seen to move. */
  pass(page: { readonly overlap: number }): AsyncIterable<RawPage>;
  /** The list is known to be sorted by something that never changes (contacts: by creation date). */
  readonly sorted: boolean;
  /** Records have an id. Without one a record that is read twice cannot be told from two equal ones. Default true. */
  readonly keyed?: boolean | undefined;
  /** Takes the key of each record; lists that are read with the same set are counted together. */
  readonly keys?: Set<string> | undefined;
  /** Columns every record gets besides its own. */
  readonly fields?: Readonly<Record<string, JsonValue>> | undefined;
}

/** Passes over a list that moves while it is read. */
const maximumPasses = 3;

/** What one pass saw. */
interface Pass {
  readonly pages: number;
  /** The totals that answers gave; undefined where one gave none. */
  readonly totals: { readonly least: number; readonly last: number } | undefined;
  /** Every page went on where the one before had ended: its last record came again. Undefined where records have no key. */
  readonly anchored: boolean | undefined;
  readonly ceiling: boolean;
}

/**
 * Reads a limit-and-offset list that may move meanwhile, and says how sure it is that nothing was missed.
 *
 * A row deleted before the current offset makes the next page skip one; a row inserted there makes it repeat one. So pages overlap by
 * one record, the anchor: when it comes again, no row between the two pages was skipped, whatever was inserted. When it does not, or
 * fewer distinct keys came than the total says, the list is read again, up to three times in all. Records without a key are read once,
 * and no page repeats one of the page before: each record read is a row.
 *
 * `proved`: one answer held the whole list, or every page was anchored in a sorted list. `likely`: every page was anchored, but the
 * order is not known to be stable; or the records have no key and their number is the total. Facts about the lists: cliengo-api.md §3.
 */
export async function* readList(reading: ListReading): AsyncGenerator<PageBytes, PartitionVerdict, undefined> {
  const everSeen = new Set<string>();
  const most = reading.keyed === false ? 1 : maximumPasses;
  for (let attempt = 1; ; attempt += 1) {
    const seen = new Set<string>();
    const pass = yield* readPass(reading, seen);
    for (const key of seen) {
      everSeen.add(key);
      reading.keys?.add(key);
    }
    const verdict = judge(pass, seen.size, everSeen.size, reading.sorted);
    if (verdict !== undefined) return verdict;
    if (attempt === most) {
      return {
        rows: "unproved",
        ...counts(pass.totals?.last, everSeen.size),
        note:
          (most === 1 ? "" : `in each of ${most} passes `) +
          "rows were deleted meanwhile, or the total that Cliengo gives is not the number of its records",
      };
    }
  }
}

async function* readPass(reading: ListReading, seen: Set<string>): AsyncGenerator<PageBytes, Pass, undefined> {
  let pages = 0;
  let least = Infinity;
  let last: number | undefined;
  let anchored: boolean | undefined = true;
  let ceiling = false;
  let anchor: string | undefined;
  const isKeyed = reading.keyed !== false;
  let records = 0;
  for await (const page of reading.pass({ overlap: isKeyed ? 1 : 0 })) {
    if (!isKeyed || page.ids === undefined) anchored = undefined;
    else if (pages > 0 && anchored === true) anchored = anchor !== undefined && page.ids.includes(anchor);
    pages += 1;
    last = page.total;
    least = Math.min(least, page.total ?? least);
    ceiling = page.ceiling;
    anchor = page.ids?.at(-1);
    for (let index = 0; index < page.items; index += 1) {
      const id = isKeyed ? page.ids?.[index] : undefined;
      seen.add(id ?? `record ${records}`);
      records += 1;
    }
    yield pageBytes(page.bytes, { at: page.at, fields: reading.fields, request: describeRequest(page.request) });
  }
  return { pages, totals: last === undefined ? undefined : { least, last }, anchored, ceiling };
}

function judge(pass: Pass, distinct: number, read: number, sorted: boolean): PartitionVerdict | undefined {
  const { pages, totals, anchored, ceiling } = pass;
  if (ceiling) {
    const note = `Cliengo gives no more than the first ${distinct} records of this list`;
    return { rows: "truncated", ...counts(totals?.last, read), note };
  }
  if (totals === undefined) {
    return { rows: "unproved", read, note: "the answer does not say how many records there are" };
  }
  if (distinct < totals.least || (pages > 1 && anchored === false)) return undefined;
  const rows = pages === 1 || (anchored === true && sorted) ? "proved" : "likely";
  if (totals.last === distinct) return { rows, expected: distinct, read };
  return { rows, read, note: `rows came or went while the list was read; Cliengo's last total was ${totals.last}` };
}

/** A total below what was read is wrong, so it says nothing of how many there are. */
function counts(total: number | undefined, read: number): Pick<PartitionVerdict, "expected" | "read"> {
  return { expected: total !== undefined && total >= read ? total : undefined, read };
}
