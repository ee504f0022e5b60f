import { canonicalJson } from "../scan/canonical-json.ts";
import { digest128 } from "../scan/digest128.ts";
import type { Resource } from "../source/resource.ts";
import { scd2Columns } from "../source/scd2-columns.ts";
import { writeDispositionOf } from "./declare-table.ts";
import { childRowId, contentRowId, keyRowId, ordinalPrefix, ordinalRowId } from "./identify-row.ts";
import type { TableBuilder } from "./table-builder.ts";

/** How the rows of a resource get their `_dlt_id`. */
export interface RowIdentity {
  /** Child rows carry the id of their root row, so that a merge can delete them with it. */
  readonly withRootId: boolean;
  /** Called when the row's values are placed, before the row ends. */
  root(table: TableBuilder, record: unknown): string;
  child(table: TableBuilder, parentId: string, index: number): string;
  /** Says what the following records have in common beside their content: their partition, and the fields of their page. */
  begin(partition: string, fields: string): void;
}

/** The identity that a write disposition needs: see architecture §4. */
export function rowIdentity({ writeDisposition, primaryKey }: Resource, loadId: string): RowIdentity {
  const disposition = writeDispositionOf(writeDisposition);
  if (disposition.kind !== "merge") return new OrdinalIdentity(loadId);
  // Another column tells versions apart: then one id must not stand in two rows.
  if (scd2Columns(writeDisposition)?.rowVersionColumn !== undefined) return new OrdinalIdentity(loadId);
  if (disposition.strategy === "scd2") return new ContentIdentity({ versions: true });
  return primaryKey.length > 0 ? new KeyIdentity() : new ContentIdentity({ versions: false });
}

/** Append, replace, and scd2 with a version column of the data: counted within the load, which costs least. */
class OrdinalIdentity implements RowIdentity {
  readonly withRootId = false;
  private readonly loadId: string;
  private readonly prefixes = new Map<string, string>();

  constructor(loadId: string) {
    this.loadId = loadId;
  }

  begin(): void {}

  root(table: TableBuilder): string {
    return this.next(table);
  }

  child(table: TableBuilder): string {
    return this.next(table);
  }

  private next(table: TableBuilder): string {
    const prefix = this.prefixes.get(table.name) ?? ordinalPrefix(this.loadId, table.name);
    this.prefixes.set(table.name, prefix);
    return ordinalRowId(prefix, table.serial);
  }
}

/** Merge by primary key: the hash of the key, as dlt's upsert. */
class KeyIdentity implements RowIdentity {
  readonly withRootId = true;

  begin(): void {}

  root(table: TableBuilder): string {
    return keyRowId(table.keyNames.map((name, index) => [name, table.keyValues[index]] as const));
  }

  child(table: TableBuilder, parentId: string, index: number): string {
    return childRowId(parentId, table.name, index);
  }
}

/**
 * Merge without a primary key (`rowIdentity: "content"`, or a merge key alone): the hash of the content, and for repeats in one partition
 * their number. For scd2 the hash of
 * the content alone, as dlt's: an equal record is the same version.
 */
class ContentIdentity implements RowIdentity {
  readonly withRootId: boolean;
  private readonly versions: boolean;
  private partition = "";
  private parent = "";
  private readonly seen = new Map<string, number>();

  constructor(options: { readonly versions: boolean }) {
    this.versions = options.versions;
    this.withRootId = !options.versions;
  }

  begin(partition: string, fields: string): void {
    if (partition !== this.partition) this.seen.clear();
    this.partition = partition;
    this.parent = fields;
  }

  root(_table: TableBuilder, record: unknown): string {
    const content = canonicalJson(withoutLineage(record));
    // Without page fields this is dlt's hash. With them they are part of the row, so of its version too.
    if (this.versions) return digest128(this.parent === "" ? content : `${this.parent}${content}`);
    const first = contentRowId(this.parent, content, 0);
    const occurrence = this.seen.get(first) ?? 0;
    this.seen.set(first, occurrence + 1);
    return occurrence === 0 ? first : contentRowId(this.parent, content, occurrence);
  }

  child(table: TableBuilder, parentId: string, index: number): string {
    return childRowId(parentId, table.name, index);
  }
}

function withoutLineage(record: unknown): unknown {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return { value: record };
  const entries: Iterable<readonly [string, unknown]> = record instanceof Map ? record : Object.entries(record);
  return new Map([...entries].filter(([key]) => !key.startsWith("_dlt")));
}
