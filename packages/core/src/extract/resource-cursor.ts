import { encodeTaggedRecords } from "../scan/tagged-records.ts";
import type { CursorRange, IncrementalOptions } from "../source/incremental.ts";
import type { Resource } from "../source/resource.ts";
import { CursorWindow, type StoredCursor } from "./cursor-window.ts";
import { pageRecords } from "./page-records.ts";
import type { PageToLog } from "./page-to-log.ts";
import { type ResourceState, storedCursor } from "./resource-state.ts";

/** The range of a resource without a cursor. */
export const wholeRange: CursorRange = {
  startValue: undefined,
  lastValue: undefined,
  initialValue: undefined,
  endValue: undefined,
};

/** The cursor of a resource during one run: takes pages in the order in which they are read. */
export class ResourceCursor {
  readonly path: string;
  readonly #window: CursorWindow;

  constructor(options: IncrementalOptions, { primaryKey }: Pick<Resource, "primaryKey">, state: ResourceState) {
    this.path = options.cursor;
    this.#window = new CursorWindow(options, storedCursor(state, options.cursor), primaryKey);
  }

  get range(): CursorRange {
    return this.#window.range;
  }

  /** The page with what is new in it, byte for byte where all of it is; undefined when nothing is. `ended`: no later page can hold any. */
  filter(page: PageToLog): { readonly page: PageToLog | undefined; readonly ended: boolean } {
    const records = pageRecords(page.page);
    const { kept, ended } = this.#window.page(records);
    if (kept.length === records.length) return { page, ended };
    if (kept.length === 0) return { page: undefined, ended };
    const stays = new Set(kept);
    return {
      ended,
      page: {
        page: { ...page.page, encoding: "tagged", at: [], bytes: encodeTaggedRecords(kept, noSecrets) },
        records: kept.length,
        parents: page.parents.filter((_, index) => stays.has(records[index])),
      },
    };
  }

  /** What to keep of it with the pages taken so far; undefined for a backfill. */
  stored(): StoredCursor | undefined {
    return this.#window.stored();
  }
}

/** They were blanked when the page came. */
const noSecrets: ReadonlySet<string> = new Set();
