import type { Column, Table } from "@typeload/core";

// dlt's three tables column for column (types, NOT NULL, UNIQUE as dlt makes them), and ours, which stay out of `_dlt_version`.

const text = (name: string, nullable = true, more: Partial<Column> = {}): Column => ({ name, dataType: "text", nullable, ...more });
const bigint = (name: string, nullable = true): Column => ({ name, dataType: "bigint", nullable });
const timestamp = (name: string, nullable = true): Column => ({ name, dataType: "timestamp", nullable });

/** One row a finished load. */
export const loadsTable: Table = {
  name: "_dlt_loads",
  columns: [
    text("load_id", false, { precision: 64 }),
    text("schema_name"),
    bigint("status", false),
    timestamp("inserted_at", false),
    text("schema_version_hash"),
  ],
};

/** One row a stored schema. */
export const versionTable: Table = {
  name: "_dlt_version",
  columns: [
    bigint("version", false),
    bigint("engine_version", false),
    timestamp("inserted_at", false),
    text("schema_name", false),
    text("version_hash", false),
    text("schema", false),
  ],
};

/** One row a changed pipeline state. */
export const stateTable: Table = {
  name: "_dlt_pipeline_state",
  columns: [
    bigint("version", false),
    bigint("engine_version", false),
    text("pipeline_name", false),
    text("state", false),
    timestamp("created_at", false),
    text("version_hash"),
    text("_dlt_load_id", false, { precision: 64 }),
    text("_dlt_id", false, { unique: true }),
  ],
};

/** Who may commit: one row a pipeline. */
export const leaseTable: Table = {
  name: "_typeload_lease",
  columns: [
    text("pipeline_name", false),
    text("token", false),
    text("holder"),
    timestamp("claimed_at"),
    timestamp("expires_at"),
  ],
};

/** What was read and committed: one row a (schema, resource, partition). */
export const partitionsTable: Table = {
  name: "_typeload_partitions",
  columns: [
    text("schema_name"),
    text("resource", false),
    text("partition_id", false),
    text("kind"),
    text("fingerprint"),
    text("data"),
    text("verdict", false),
    bigint("expected"),
    bigint("read"),
    text("note"),
    text("run_id", false),
    text("load_id", false),
  ],
};

/** How sure it is that a resource is complete: one row a (load, resource). */
export const completenessTable: Table = {
  name: "_typeload_completeness",
  columns: [
    text("load_id"),
    text("schema_name"),
    text("resource"),
    text("rows"),
    bigint("expected"),
    bigint("read"),
    text("freshness"),
    text("note"),
    text("run_id"),
    timestamp("checked_at"),
  ],
};

/** Every system table, in the order in which they are made. */
export const systemTables: readonly Table[] = [
  versionTable,
  loadsTable,
  stateTable,
  leaseTable,
  partitionsTable,
  completenessTable,
];
