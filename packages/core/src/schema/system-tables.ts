import type { Column, Table } from "./schema.ts";

// dlt's three tables column for column (types, NOT NULL, UNIQUE and descriptions as dlt has them; recorded: golden suite `system-tables`),
// and ours, which stay out of `_dlt_version`.

const text = (name: string, nullable = true, more: Partial<Column> = {}): Column => ({
  name,
  dataType: "text",
  nullable,
  ...more,
});
const bigint = (name: string, nullable = true, more: Partial<Column> = {}): Column => ({
  name,
  dataType: "bigint",
  nullable,
  ...more,
});
const timestamp = (name: string, nullable = true, more: Partial<Column> = {}): Column => ({
  name,
  dataType: "timestamp",
  nullable,
  ...more,
});

/** One row a stored schema. */
export const versionTable: Table = {
  name: "_dlt_version",
  resource: "_dlt_version",
  description: "Created by DLT. Tracks schema updates",
  // dlt never loads these as data.
  extra: { write_disposition: "skip" },
  columns: [
    bigint("version", false, { description: "Numeric version of the schema, incremented on each schema change" }),
    bigint("engine_version", false, { description: "Version of the dlt schema engine that created this schema" }),
    timestamp("inserted_at", false, { description: "Timestamp when this schema version was stored" }),
    text("schema_name", false, { description: "Name of the schema" }),
    text("version_hash", false, { description: "Unique hash of the schema content, used to detect changes" }),
    text("schema", false, { description: "JSON representation of the complete schema definition" }),
  ],
};

/** One row a finished load. */
export const loadsTable: Table = {
  name: "_dlt_loads",
  resource: "_dlt_loads",
  description: "Created by DLT. Tracks completed loads",
  // dlt never loads these as data.
  extra: { write_disposition: "skip" },
  columns: [
    text("load_id", false, { precision: 64, description: "Unique identifier of the load operation" }),
    text("schema_name", true, { description: "Name of the schema associated with this load" }),
    bigint("status", false, { description: "Status of the load operation (0 = success)" }),
    timestamp("inserted_at", false, { description: "Timestamp when the load was completed" }),
    text("schema_version_hash", true, { description: "Hash of the schema version used during this load" }),
  ],
};

/** One row a changed pipeline state. */
export const stateTable: Table = {
  name: "_dlt_pipeline_state",
  resource: "_dlt_pipeline_state",
  writeDisposition: { kind: "append" },
  seenData: true,
  extra: { file_format: "preferred" },
  columns: [
    bigint("version", false, { description: "Numeric version of the pipeline state" }),
    bigint("engine_version", false, { description: "Version of the dlt state engine" }),
    text("pipeline_name", false, { description: "Name of the pipeline this state belongs to" }),
    text("state", false, { description: "Compressed JSON representation of the pipeline state" }),
    timestamp("created_at", false, { description: "Timestamp when this state was created" }),
    text("version_hash", true, { description: "Hash of the state content, used to detect changes" }),
    text("_dlt_load_id", false, {
      precision: 64,
      description: "Load identifier linking this row to its load operation",
    }),
    text("_dlt_id", false, { unique: true, rowKey: true }),
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

/** Every system table, in the order in which a dataset gets them. */
export const systemTables: readonly Table[] = [
  versionTable,
  loadsTable,
  stateTable,
  leaseTable,
  partitionsTable,
  completenessTable,
];

/** One row a record, or an element of a list, that a contract left out (`quarantine`). Filled like a table of data, in the same commit. */
export const quarantineTable: Table = {
  name: "_typeload_quarantine",
  resource: "_typeload_quarantine",
  writeDisposition: { kind: "append" },
  seenData: true,
  columns: [
    text("load_id", false),
    text("resource", false),
    text("table_name", false),
    text("path", false),
    text("reason", false),
    // Text, not json: an engine's json type may change numbers, or refuse what it cannot hold.
    text("record", false),
  ],
};
