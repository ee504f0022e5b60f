import {
  declaredBySource,
  type Completeness,
  type Discarded,
  type ResourceReport,
  type RowCounts,
  type RunReport,
  type SchemaChange,
} from "@typeload/core";
import { formatBytes, formatCount, formatCounted, formatSeconds } from "./format-number.ts";
import { formatRecords } from "./format-records.ts";
import { formatTable, type TableColumn } from "./format-table.ts";

/** Options of {@link formatReport}. */
export interface FormatReportOptions {
  /** Statements to print at the end as things to try. */
  readonly queries?: readonly string[] | undefined;
  /** How many schema changes are listed one by one; the rest is a number. Default 12. */
  readonly maxSchemaChanges?: number | undefined;
  /** Characters in a line of the terminal: where the table is wider, each resource is a record of its own. Default: as wide as it takes. */
  readonly columns?: number | undefined;
}

const reportColumns: readonly TableColumn[] = [
  { title: "resource", align: "left" },
  { title: "inserted", align: "right" },
  { title: "updated", align: "right" },
  { title: "unchanged", align: "right" },
  { title: "deleted", align: "right" },
  { title: "child rows", align: "right" },
  { title: "time", align: "right" },
  { title: "completeness", align: "left" },
];

/**
 * The report of a run as text for a terminal: a line a resource, schema changes, where the data is, what to try. Holds no colour and no
 * control character, so it may go to a file.
 *
 * @example
 * ```ts
 * const report = await pipeline.run(source);
 * process.stdout.write(formatReport(report, { queries: ["SELECT count(*) FROM contacts"] }));
 * ```
 */
export function formatReport(report: RunReport, options: FormatReportOptions = {}): string {
  // A mapped type over `string`: every value is a ResourceReport.
  const resources: [string, ResourceReport][] = Object.entries(report.resources);
  const rows = resources.map(([name, resource]) => [
    resource.outcome === "committed" ? name : `${name} (${resource.outcome})`,
    ...counts(resource.rows),
    formatCount(resource.childRows.inserted + resource.childRows.updated),
    formatSeconds(resource.seconds),
    completenessWord(resource.completeness),
  ]);
  return [
    ...fitted(rows, options.columns),
    "",
    ...summary(report, resources),
    ...remarks(resources),
    ...schemaChanges(report.schemaChanges, options.maxSchemaChanges ?? 12),
    ...(options.queries === undefined || options.queries.length === 0
      ? []
      : ["", "Try:", ...options.queries.map((query) => `  ${query}`)]),
    "",
  ].join("\n");
}

/** The table, without columns of nothing but zeros where it would be too wide, or as records. A width of 0 is one that is not known. */
function fitted(rows: readonly (readonly string[])[], columns: number | undefined): readonly string[] {
  const width = columns === undefined || columns <= 0 ? Infinity : columns;
  const says = reportColumns.map((_, index) => index === 1 || rows.some((row) => row[index] !== "0"));
  const shorter = <T>(cells: readonly T[]): readonly T[] => cells.filter((_, index) => says[index]);
  const forms = [
    formatTable(reportColumns, rows),
    formatTable(
      shorter(reportColumns),
      rows.map((row) => shorter(row)),
    ),
  ];
  return forms.find((lines) => lines.every((line) => line.length <= width)) ?? formatRecords(reportColumns, rows);
}

function counts(rows: RowCounts): string[] {
  return [rows.inserted, rows.updated, rows.unchanged, rows.deleted].map(formatCount);
}

function completenessWord({ rows, read, expected, note }: Completeness): string {
  if (rows === "proved" && note === declaredBySource) return "proved (complete, as the source says)";
  if (rows !== "truncated" && (expected === undefined || expected === read)) return rows;
  // What is missing may be the lists that were never asked for, because the one of their parents was cut short.
  return expected === undefined || expected === read
    ? rows
    : `${rows}: ${formatCount(read)} of ${formatCount(expected)}`;
}

function summary(report: RunReport, resources: readonly [string, ResourceReport][]): string[] {
  const all = resources.flatMap(([, { rows, childRows }]) => [rows, childRows]);
  const inserted = all.reduce((sum, count) => sum + count.inserted, 0);
  const updated = all.reduce((sum, count) => sum + count.updated, 0);
  const deleted = all.reduce((sum, count) => sum + count.deleted, 0);
  const bytes = report.packages.reduce((sum, { bytes: size }) => sum + size, 0);
  const resumed = report.packages.filter(({ origin }) => origin === "resumed").length;
  return [
    inserted + updated + deleted === 0
      ? `0 new rows: nothing${isCut(resources) ? " of what could be read" : ""} changed since the last load.`
      : `${formatCount(inserted)} new rows, ${formatCount(updated)} updated, ${formatCount(deleted)} deleted (child rows included).`,
    `${formatBytes(bytes)} of pages in ${formatSeconds(report.seconds)}.` +
      (resumed === 0 ? "" : ` First ${formatCounted(resumed, "load package")} of an earlier run: done.`),
    `Data: ${report.destination.name}, ${report.destination.location}, dataset ${report.dataset}.`,
  ];
}

/** Is it known that some list was not read to its end? */
function isCut(resources: readonly [string, ResourceReport][]): boolean {
  return resources.some(([, { completeness }]) => completeness.rows === "truncated");
}

function remarks(resources: readonly [string, ResourceReport][]): string[] {
  const lines = resources.flatMap(([name, { completeness, discarded, notes, notesDropped }]) => [
    // Stands in the table: nothing is unknown about it.
    ...(completeness.note === undefined || completeness.note === declaredBySource
      ? []
      : [`  ${name}: ${completeness.note}`]),
    ...(completeness.freshness === undefined
      ? []
      : [`  ${name}: rows created before ${completeness.freshness} were not read again; edits of them are not seen.`]),
    ...discarded.slice(0, 5).map((found) => `  ${name}: ${describeDiscarded(found)}`),
    ...(discarded.length > 5
      ? [`  ${name}: … and ${formatCount(discarded.length - 5)} findings more (report.resources.${name}.discarded).`]
      : []),
    ...notes.slice(0, 5).map((note) => `  ${name}: ${note}`),
    ...(notes.length - 5 + notesDropped > 0
      ? [
          `  ${name}: … and ${formatCount(Math.max(0, notes.length - 5) + notesDropped)} remarks more (report.resources.${name}.notes).`,
        ]
      : []),
  ]);
  return lines.length === 0 ? [] : ["", "What could not be known, and remarks:", ...lines];
}

function describeDiscarded({ table, column, entity, mode, count }: Discarded): string {
  const where = column === undefined ? table : `${table}.${column}`;
  const why = entity === "dataType" ? "another type" : entity === "columns" ? "a new column" : "a new table";
  if (mode === "discard-value") return `${formatCounted(count, "value")} of ${where} left out by contract (${why})`;
  const what = formatCounted(count, entity === "tables" ? "record or list" : "row");
  const kept = mode === "quarantine" ? "in _typeload_quarantine" : "left out";
  return `${what} ${kept} by contract: ${where} (${why})`;
}

function schemaChanges(changes: readonly SchemaChange[], most: number): string[] {
  if (changes.length === 0) return ["Schema: no changes."];
  const tables = changes.filter(({ kind }) => kind === "table-added").length;
  const added = new Set(changes.flatMap((change) => (change.kind === "table-added" ? [change.table] : [])));
  // Columns of a new table are no news; values that went elsewhere than one would look for them are.
  const own = changes.filter((change) => change.kind !== "column-added" || !added.has(change.table));
  const isTable = ({ kind }: SchemaChange): boolean => kind === "table-added";
  const notable = [...own.filter((change) => !isTable(change)), ...own.filter(isTable)];
  const columns = own.filter(({ kind }) => kind === "column-added" || kind === "variant-added").length;
  return [
    `Schema: ${formatCounted(tables, "new table")}, ${formatCounted(columns, "new column")}${tables === 0 ? "" : " besides theirs"}.`,
    ...notable.slice(0, most).map((change) => `  ${describeChange(change)}`),
    ...(notable.length > most ? [`  … and ${formatCount(notable.length - most)} more (report.schemaChanges).`] : []),
  ];
}

function describeChange(change: SchemaChange): string {
  switch (change.kind) {
    case "table-added":
      return `new table ${change.table}`;
    case "column-added":
      return `new column ${change.table}.${change.column} (${change.dataType})`;
    case "column-widened":
      return `${change.table}.${change.column} was ${change.from}, is ${change.to}`;
    case "variant-added":
      return `${change.table}.${change.column} (${change.dataType}) takes values that do not fit ${change.of}`;
    case "name-collision":
      return `${change.table}: keys ${change.keys.map((key) => JSON.stringify(key)).join(" and ")} want one name; the later one is ${change.column}`;
  }
}
