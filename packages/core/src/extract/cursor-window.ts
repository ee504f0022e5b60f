import { ConfigurationError } from "../errors.ts";
import type { CursorRange, CursorValue, IncrementalOptions } from "../source/incremental.ts";
import { boundaryHash, isKnownAtBoundary } from "./boundary-hash.ts";
import { compareCursors, cursorType, isCursorValue } from "./compare-cursors.ts";
import { CursorError } from "./cursor-errors.ts";
import { lagCursor } from "./lag-cursor.ts";
import { memberPath } from "./member-path.ts";

/** What the pipeline state keeps of a cursor, dlt's members. */
export interface CursorState {
  readonly initial_value: CursorValue | null;
  readonly last_value: CursorValue | null;
  readonly start_value: CursorValue | null;
  /** Digests of the records whose cursor is the last value. */
  readonly unique_hashes: readonly string[];
}

/** What is stored of a cursor. */
export interface StoredCursor {
  readonly state: CursorState;
  /**
   * Digests of the whole records that `unique_hashes` knows by their key: a record with a known key and other content is an update, which dlt
   * drops. Kept beside dlt's members; absent in a state that dlt wrote.
   */
  readonly contents?: readonly string[] | undefined;
}

/** What becomes of a page: the records that are new, and whether more pages can hold any. */
export interface CursorPage<R> {
  readonly kept: readonly R[];
  readonly ended: boolean;
}

/**
 * Lets through what is new of a resource's records, and keeps the best cursor seen. One for each run and resource; pages in the order in
 * which they were read.
 *
 * @throws ConfigurationError for options that contradict each other
 */
export class CursorWindow {
  readonly range: CursorRange;
  readonly #options: IncrementalOptions;
  readonly #valueOf: ReturnType<typeof memberPath>;
  readonly #key: readonly string[] | undefined;
  /** 1 where the cursor grows, -1 where it shrinks. */
  readonly #direction: 1 | -1;
  readonly #known: ReadonlySet<string>;
  readonly #knownContents: ReadonlySet<string> | undefined;
  readonly #stored: StoredCursor | undefined;
  readonly #dropsKnown: boolean;
  #last: CursorValue | undefined;
  #hashes: Set<string>;
  #contents: Set<string>;
  #moved = false;
  #previous: CursorValue | undefined;

  /** @param stored what the state holds of this cursor @param primaryKey of the resource */
  constructor(options: IncrementalOptions, stored: StoredCursor | undefined, primaryKey: readonly string[] = []) {
    const { initialValue, endValue, boundaryKey, last = "max", rangeStart = "closed", lag } = options;
    this.#options = options;
    this.#direction = last === "max" ? 1 : -1;
    this.#valueOf = memberPath(options.cursor);
    const key = boundaryKey ?? primaryKey;
    this.#key = typeof key === "string" ? [key] : key.length > 0 ? key : undefined;
    const off = boundaryKey !== undefined && typeof boundaryKey !== "string" && boundaryKey.length === 0;
    this.#dropsKnown = !off && rangeStart === "closed" && endValue === undefined && lag === undefined;
    this.#checkRange();
    this.#stored = endValue === undefined ? stored : undefined;
    const { state, contents } = this.#stored ?? {};
    const lastValue = state?.last_value ?? initialValue;
    this.#last = lastValue;
    this.#known = new Set(state?.unique_hashes);
    this.#hashes = new Set(this.#known);
    this.#knownContents = contents && new Set(contents);
    this.#contents = new Set(contents);
    this.range = { startValue: this.#start(lastValue), lastValue, initialValue, endValue };
  }

  /**
   * Takes the next page.
   *
   * @throws CursorError for a record whose cursor is missing, null, of another type, or out of the order that `rowOrder` promises
   */
  page<R>(records: readonly R[]): CursorPage<R> {
    let ended = false;
    const kept = records.filter((record) => {
      const value = this.#cursorOf(record);
      if (value === undefined) return this.#options.onMissing === "include";
      this.#checkOrder(value);
      if (this.#isBeforeStart(value)) {
        ended ||= this.#options.rowOrder === "desc";
        return false;
      }
      if (this.#isPastEnd(value)) {
        ended ||= this.#options.rowOrder === "asc";
        return false;
      }
      return this.#take(record, value);
    });
    return { kept, ended };
  }

  /** What to store with the commit of the last page taken; undefined for a backfill, which leaves the state as it is. */
  stored(): StoredCursor | undefined {
    if (this.#options.endValue !== undefined) return undefined;
    if (this.#stored !== undefined && !this.#moved) return this.#stored;
    return {
      state: {
        initial_value: this.#options.initialValue ?? null,
        last_value: this.#last ?? null,
        start_value: this.range.lastValue ?? null,
        unique_hashes: [...this.#hashes].toSorted(),
      },
      contents: this.#key === undefined ? undefined : [...this.#contents].toSorted(),
    };
  }

  #start(lastValue: CursorValue | undefined): CursorValue | undefined {
    const { lag, initialValue } = this.#options;
    if (lag === undefined || lastValue === undefined || (this.#stored?.state.last_value ?? null) === null)
      return lastValue;
    const lagged = lagCursor(lastValue, lag, this.#direction === 1 ? -1 : 1);
    return initialValue !== undefined && this.#compare(lagged, initialValue) < 0 ? initialValue : lagged;
  }

  #cursorOf(record: unknown): CursorValue | undefined {
    const found = this.#valueOf(record);
    const { cursor, onMissing = "raise" } = this.#options;
    if (found === undefined || found.value === null || found.value === undefined) {
      if (onMissing !== "raise") return undefined;
      const [code, what] =
        found === undefined ? (["cursor_missing", "has no"] as const) : (["cursor_null", "has null as its"] as const);
      throw new CursorError(
        code,
        `a record ${what} cursor ${cursor}: choose another cursor, or set onMissing to "include" or "exclude"`,
      );
    }
    if (isCursorValue(found.value)) return found.value;
    throw this.#wrongType(found.value, "a number, a text or a time");
  }

  /** Below 0: `left` comes earlier, in the direction of the cursor. */
  #compare(left: CursorValue, right: CursorValue): number {
    const order = compareCursors(left, right);
    if (order === undefined) throw this.#wrongType(left, `a ${cursorType(right)} as before`);
    return order * this.#direction;
  }

  #wrongType(value: unknown, expected: string): CursorError {
    return new CursorError(
      "cursor_type",
      `the cursor ${this.#options.cursor} of a record is a ${cursorType(value)}, not ${expected}: values of two types have no order`,
    );
  }

  #isBeforeStart(value: CursorValue): boolean {
    const { startValue } = this.range;
    if (startValue === undefined) return false;
    const order = this.#compare(value, startValue);
    return this.#options.rangeStart === "open" ? order <= 0 : order < 0;
  }

  #isPastEnd(value: CursorValue): boolean {
    const { endValue, rangeEnd } = this.#options;
    if (endValue === undefined) return false;
    const order = this.#compare(value, endValue);
    return rangeEnd === "closed" ? order > 0 : order >= 0;
  }

  #take(record: unknown, value: CursorValue): boolean {
    const atStart = this.range.startValue !== undefined && this.#compare(value, this.range.startValue) === 0;
    const order = this.#last === undefined ? 1 : this.#compare(value, this.#last);
    if (this.#dropsKnown && atStart && this.#isKnown(record)) return false;
    this.#moved = true;
    if (order > 0) {
      this.#last = value;
      this.#hashes = new Set();
      this.#contents = new Set();
    }
    if (order >= 0 && this.#dropsKnown) {
      this.#hashes.add(boundaryHash(this.#identity(record)));
      if (this.#key !== undefined) this.#contents.add(boundaryHash(record));
    }
    return true;
  }

  #isKnown(record: unknown): boolean {
    if (!isKnownAtBoundary(this.#identity(record), this.#known)) return false;
    return this.#key === undefined || this.#knownContents?.has(boundaryHash(record)) !== false;
  }

  #identity(record: unknown): unknown {
    if (this.#key === undefined) return record;
    const values = this.#key.map((name) => {
      const value: unknown = record instanceof Map ? record.get(name) : Reflect.get(Object(record), name);
      if (value === undefined) {
        throw new CursorError(
          "boundary_key_missing",
          `a record at the boundary of cursor ${this.#options.cursor} has no ${name}: correct primaryKey or boundaryKey`,
        );
      }
      return value;
    });
    return values.length === 1 ? values[0] : values;
  }

  #checkOrder(value: CursorValue): void {
    const { rowOrder, cursor } = this.#options;
    const previous = this.#previous;
    this.#previous = value;
    // Of a cursor that shrinks, sources mean either by "asc"; recorded behaviour takes both.
    if (rowOrder === undefined || previous === undefined || this.#direction === -1) return;
    const order = this.#compare(value, previous);
    if (rowOrder === "asc" ? order >= 0 : order <= 0) return;
    throw new CursorError(
      "cursor_order",
      `records do not come in the order of ${cursor} that rowOrder "${rowOrder}" promises: reading would end too early and lose some. Drop rowOrder, or sort in the request`,
    );
  }

  #checkRange(): void {
    const { initialValue, endValue, cursor } = this.#options;
    if (endValue === undefined) return;
    if (initialValue === undefined)
      throw new ConfigurationError(`cursor ${cursor}: endValue needs an initialValue, the range to read`);
    if (this.#compare(endValue, initialValue) < 0)
      throw new ConfigurationError(
        `cursor ${cursor}: endValue comes before initialValue, so nothing could ever be read`,
      );
  }
}
