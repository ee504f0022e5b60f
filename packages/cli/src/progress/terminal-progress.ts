import type { RowCounts, RunEvent } from "@typeload/core";
import { formatBytes, formatCount, formatCounted, formatSeconds } from "../report/format-number.ts";

/** What progress is written to: `process.stderr` is one. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Options of {@link terminalProgress}. */
export interface TerminalProgressOptions {
  /** Where to write; progress belongs on standard error, so that standard output stays clean for data. */
  readonly stream: OutputStream;
  /** Milliseconds between two updates: default 100 on a terminal, 5,000 for plain lines. */
  readonly interval?: number | undefined;
  /** The clock, in milliseconds. Default `performance.now`. */
  readonly now?: (() => number) | undefined;
}

/** Progress of one run. */
export interface TerminalProgress extends Disposable {
  /** Hand this to `pipeline.run(source, { onEvent })`. */
  readonly onEvent: (event: RunEvent) => void;
  /** Says that a request waits so many milliseconds before it is sent again. Waits below a second, and all but one every five seconds, are left out. */
  readonly waiting: (milliseconds: number, reason: string) => void;
}

interface Running {
  readonly resource: string;
  readonly startedAt: number;
  pages: number;
  records: number;
  bytes: number;
}

/**
 * Shows a run while it works: on a terminal one line that is rewritten, elsewhere (a log, CI) plain lines. Each resource leaves a line
 * with its pages, records and rate; each load package one when it is committed.
 *
 * @example
 * ```ts
 * using progress = terminalProgress({ stream: process.stderr });
 * await pipeline.run(source, { onEvent: progress.onEvent });
 * ```
 */
export function terminalProgress(options: TerminalProgressOptions): TerminalProgress {
  const { stream } = options;
  const live = stream.isTTY === true;
  const now = options.now ?? (() => performance.now());
  const interval = options.interval ?? (live ? 100 : 5_000);
  let running: Running | undefined;
  let lastUpdate = now();
  let staged = 0;
  let lastWait = -Infinity;

  const clear = (): void => {
    if (live) stream.write("\r\u001B[K");
  };
  const print = (line: string): void => {
    clear();
    stream.write(`${line}\n`);
  };
  const update = (line: string): void => {
    const time = now();
    if (time - lastUpdate < interval) return;
    lastUpdate = time;
    if (live) stream.write(`\r\u001B[K${line.slice(0, Math.max(10, (stream.columns ?? 80) - 1))}`);
    else stream.write(`${line}\n`);
  };
  const describe = (state: Running): string => {
    const seconds = Math.max((now() - state.startedAt) / 1000, 0.001);
    return (
      `${state.resource}: ${formatCounted(state.pages, "page")}, ${formatCounted(state.records, "record")} read, ` +
      `${formatBytes(state.bytes)}, ${formatCount(state.records / seconds)} records/s`
    );
  };

  const onEvent = (event: RunEvent): void => {
    switch (event.type) {
      case "package-resumed":
        print(`resuming: an earlier run left ${formatCounted(event.pages, "page")} on disk; they are loaded first`);
        return;
      case "package-replayed":
        print(`replaying load ${event.loadId}: ${formatCounted(event.pages, "page")}`);
        return;
      case "resource-started":
        running = { resource: event.resource, startedAt: now(), pages: 0, records: 0, bytes: 0 };
        return;
      case "page-read":
        if (running?.resource !== event.resource) {
          running = { resource: event.resource, startedAt: now(), pages: 0, records: 0, bytes: 0 };
        }
        running.pages += 1;
        running.records += event.records;
        running.bytes += event.bytes;
        update(describe(running));
        return;
      case "resource-read":
        if (running?.resource === event.resource)
          print(`${describe(running)}, ${formatSeconds((now() - running.startedAt) / 1000)}`);
        running = undefined;
        return;
      case "package-sealed":
        staged = 0;
        return;
      case "batch-staged":
        staged += event.rows;
        update(`loading: ${formatCount(staged)} rows staged, now ${event.table}`);
        return;
      case "package-committed":
        print(`committed load ${event.loadId}: ${changedTables(event.tables)}`);
        return;
      case "package-set-aside":
        print(
          `load ${event.loadId} of an earlier run can never be loaded and is read again (it is kept in ${event.location}): ${event.message}`,
        );
        return;
      default:
        return;
    }
  };
  const waiting = (milliseconds: number, reason: string): void => {
    if (milliseconds < 1000 || now() - lastWait < 5000) return;
    lastWait = now();
    print(`waiting ${formatSeconds(milliseconds / 1000)} before asking again: ${reason}`);
  };
  return { onEvent, waiting, [Symbol.dispose]: clear };
}

function changedTables(tables: Readonly<Record<string, RowCounts>>): string {
  const changed = Object.values(tables).filter(({ inserted, updated, deleted }) => inserted + updated + deleted > 0);
  return changed.length === 0 ? "nothing changed" : `${formatCounted(changed.length, "table")} changed`;
}
