import type { Clock } from "../async/clock.ts";
import type { RowCounts } from "../destination/load-commit.ts";
import { isTypeloadError } from "../errors.ts";
import type { PackageManifest } from "../extract/load-package.ts";
import type { ResourceTally } from "../extract/resource-tally.ts";
import type { LoadedPackage } from "../load/loaded-package.ts";
import type { Discarded } from "../source/contract.ts";
import type { SchemaChange } from "../schema/schema.ts";
import type { PackageReport, ResourceReport, RunReport } from "./run-report.ts";

type Counts = { -readonly [C in keyof RowCounts]: number };
type Head = Pick<RunReport, "runId" | "pipeline" | "source" | "destination" | "dataset">;

/** Gathers what a run does, for its report. */
export class ReportBuilder {
  readonly #head: Head;
  readonly #tallies: ReadonlyMap<string, ResourceTally>;
  /** Name of the root table, by resource. */
  readonly #tables: ReadonlyMap<string, string>;
  readonly #clock: Clock;
  readonly #started: number;
  readonly #packages = new Map<string, PackageReport>();
  readonly #changes: SchemaChange[] = [];
  /** By package. */
  readonly #discarded: Discarded[] = [];
  readonly #rows = new Map<string, { readonly root: Counts; readonly children: Counts; partitions: number }>();

  constructor(
    head: Head,
    tallies: ReadonlyMap<string, ResourceTally>,
    tables: ReadonlyMap<string, string>,
    clock: Clock,
  ) {
    this.#head = head;
    this.#tallies = tallies;
    this.#tables = tables;
    this.#clock = clock;
    this.#started = clock.now();
    for (const name of tallies.keys()) this.#rows.set(name, { root: noRows(), children: noRows(), partitions: 0 });
  }

  /** A package waits to be loaded; until it is, it counts as failed. */
  package(
    manifest: PackageManifest,
    origin: PackageReport["origin"],
    outcome: PackageReport["outcome"] = "failed",
  ): void {
    const { loadId, partitions, pages, bytes } = manifest;
    this.#packages.set(loadId, { loadId, origin, outcome, partitions: partitions.length, pages, bytes });
  }

  note({ resource, message }: { readonly resource: string; readonly message: string }): void {
    this.#tallies.get(resource)?.note(message);
  }

  /** A package was so damaged that it is not known what it held. */
  setAside(loadId: string): void {
    const unknown = { partitions: 0, pages: 0, bytes: 0 };
    this.#packages.set(loadId, { loadId, origin: "resumed", outcome: "set-aside", ...unknown });
  }

  /** What loading the package comes to; it counts as `unknown` when the destination did not say whether it committed. */
  async unlessUnknown<T>(manifest: PackageManifest, origin: PackageReport["origin"], loading: Promise<T>): Promise<T> {
    try {
      return await loading;
    } catch (error) {
      if (isTypeloadError(error) && error.code === "commit_unknown") this.package(manifest, origin, "unknown");
      throw error;
    }
  }

  loaded(
    { manifest, outcome, tables, chains, changes, altered, discarded, refused, notes }: LoadedPackage,
    origin: PackageReport["origin"],
  ): void {
    this.package(manifest, origin, outcome === "nothing" ? "failed" : outcome);
    this.#changes.push(...changes);
    this.#discarded.push(...discarded);
    for (const note of notes) this.note(note);
    for (const chain of chains) {
      const rows = this.#rows.get(chain.resource);
      if (rows === undefined) continue;
      for (const [index, { table }] of chain.tables.entries()) {
        add(index === 0 ? rows.root : rows.children, tables[table.name]);
        for (const { column, cells, how } of altered.filter((cell) => cell.table === table.name))
          this.#tallies.get(chain.resource)?.note(`${table.name}.${column}: in ${cells} values ${how}`);
      }
    }
    this.#count(manifest, origin, refused);
  }

  /** A package turned out to be committed by an earlier run. */
  alreadyCommitted(manifest: PackageManifest, origin: PackageReport["origin"]): void {
    this.package(manifest, origin, "already-committed");
    this.#count(manifest, origin, new Map());
  }

  /** Partitions of this run that are committed: with those that were logged they say whether a resource is. */
  #count(
    { partitions }: PackageManifest,
    origin: PackageReport["origin"],
    refused: ReadonlyMap<string, unknown>,
  ): void {
    if (origin === "resumed") return;
    for (const { resource } of partitions) {
      const rows = this.#rows.get(resource);
      if (rows !== undefined && !refused.has(resource)) rows.partitions++;
    }
  }

  report(): RunReport {
    const resources = [...this.#tallies].map(([name, tally]) => [name, this.#resource(name, tally)] as const);
    return {
      ...this.#head,
      startedAt: new Date(this.#started).toISOString(),
      seconds: (this.#clock.now() - this.#started) / 1000,
      resources: Object.fromEntries(resources),
      schemaChanges: this.#changes,
      packages: [...this.#packages.values()],
    };
  }

  #resource(name: string, tally: ResourceTally): ResourceReport {
    const { root, children, partitions } = this.#rows.get(name) ?? {
      root: noRows(),
      children: noRows(),
      partitions: 0,
    };
    const { rows, expected, read, freshness, note } = tally.completeness();
    return {
      table: this.#tables.get(name) ?? name,
      outcome:
        tally.finished && partitions === tally.logged ? "committed" : partitions > 0 ? "partial" : "not-committed",
      recordsRead: tally.records,
      pages: tally.pages,
      partitions: { read: tally.partitions, skipped: tally.skipped },
      rows: root,
      childRows: children,
      seconds: tally.seconds,
      discarded: summed(this.#discarded.filter(({ resource }) => resource === name)),
      completeness: { rows, expected, read, freshness, note },
      notes: tally.notes,
      notesDropped: tally.notesDropped,
    };
  }
}

/** Equal findings of several packages, as one. */
function summed(discarded: readonly Discarded[]): readonly Discarded[] {
  const groups = Map.groupBy(discarded, ({ table, column, entity, mode }) =>
    JSON.stringify([table, column, entity, mode]),
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : { ...first, count: others.reduce((sum, { count }) => sum + count, first.count) },
  );
}

function noRows(): Counts {
  return { inserted: 0, updated: 0, unchanged: 0, deleted: 0 };
}

function add(sum: Counts, counts: RowCounts | undefined): void {
  if (counts === undefined) return;
  sum.inserted += counts.inserted;
  sum.updated += counts.updated;
  sum.unchanged += counts.unchanged;
  sum.deleted += counts.deleted;
}
