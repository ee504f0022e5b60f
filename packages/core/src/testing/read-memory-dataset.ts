import type { ReadRequest, StoredDataset } from "../destination/stored-dataset.ts";
import { parseStoredSchema } from "../schema/parse-stored-schema.ts";
import type { Schema } from "../schema/schema.ts";
import type { JsonValue } from "../source/json-value.ts";
import type { PartitionRecord, RowsVerdict } from "../source/partition.ts";
import type { CellRow, CellValue } from "./cell-value.ts";
import { type MemoryDataset, rowsOf } from "./memory-dataset.ts";

/** What a run wants to know before it begins; `undefined`: there is no such dataset. */
export function readMemoryDataset(dataset: MemoryDataset | undefined, request: ReadRequest): StoredDataset {
  if (dataset === undefined) return { exists: false, finishedLoads: new Set(), partitions: [] };
  const loads = rowsOf(dataset, "_dlt_loads")
    .filter((row) => row["status"] === 0n)
    .map((row) => String(row["load_id"]))
    .sort(compareLoadIds);
  return {
    exists: true,
    schema: readSchema(dataset, request.schemaName),
    state: readState(dataset, request.pipeline, loads),
    finishedLoads: new Set(loads.filter((loadId) => request.loadIds.includes(loadId))),
    greatestLoadId: loads.at(-1),
    partitions: rowsOf(dataset, "_typeload_partitions")
      .filter((row) => row["schema_name"] === request.schemaName && request.resources.includes(String(row["resource"])))
      .map(readPartition),
  };
}

/** Load ids are decimal seconds: compared as numbers, digit by digit, because a double has too few digits. */
export function compareLoadIds(left: string, right: string): number {
  const [wholeLeft = "", partLeft = ""] = left.split(".");
  const [wholeRight = "", partRight = ""] = right.split(".");
  const width = Math.max(wholeLeft.length, wholeRight.length);
  const textLeft = `${wholeLeft.padStart(width, "0")}.${partLeft}`;
  const textRight = `${wholeRight.padStart(width, "0")}.${partRight}`;
  if (textLeft === textRight) return 0;
  return textLeft < textRight ? -1 : 1;
}

function readSchema(dataset: MemoryDataset, name: string): Schema | undefined {
  const newest = rowsOf(dataset, "_dlt_version")
    .filter((row) => row["schema_name"] === name)
    .sort((a, b) => (String(a["inserted_at"]) < String(b["inserted_at"]) ? -1 : 1))
    .at(-1);
  return newest === undefined ? undefined : parseStoredSchema(String(newest["schema"]));
}

function readState(dataset: MemoryDataset, pipeline: string, loads: readonly string[]): StoredDataset["state"] {
  const newest = rowsOf(dataset, "_dlt_pipeline_state")
    .filter((row) => row["pipeline_name"] === pipeline && loads.includes(String(row["_dlt_load_id"])))
    .sort((a, b) => compareLoadIds(String(a["_dlt_load_id"]), String(b["_dlt_load_id"])))
    .at(-1);
  if (newest === undefined) return undefined;
  return { text: String(newest["state"]), versionHash: textOf(newest["version_hash"]) };
}

function readPartition(row: CellRow): PartitionRecord {
  const data = textOf(row["data"]);
  return {
    resource: String(row["resource"]),
    partition: {
      id: String(row["partition_id"]),
      kind: String(row["kind"]),
      fingerprint: textOf(row["fingerprint"]),
      // Written by JSON.stringify in recordLoad.
      data: data === undefined ? undefined : (JSON.parse(data) as JsonValue),
    },
    verdict: {
      // Written from a RowsVerdict in recordLoad.
      rows: row["verdict"] as RowsVerdict,
      expected: numberOf(row["expected"]),
      read: numberOf(row["read"]),
      note: textOf(row["note"]),
    },
    runId: String(row["run_id"]),
    loadId: String(row["load_id"]),
  };
}

function textOf(value: CellValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: CellValue | undefined): number | undefined {
  return typeof value === "bigint" ? Number(value) : undefined;
}
