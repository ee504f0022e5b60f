import { createHash } from "node:crypto";
import { canonicalJson, compareCodePoints } from "../scan/canonical-json.ts";
import { objectOf } from "./stored-object.ts";
import type { StoredObject } from "./stored-object.ts";

/** Members that do not count for the content of a schema. */
const versionMembers = ["version", "version_hash", "imported_version_hash", "previous_hashes"];

/**
 * The content hash of a schema in its stored form, as dlt computes it: SHA3-256, base64, over the compact JSON with sorted keys, then for
 * each table in order of name its name and its columns' names in column order. Recorded: golden suite `system-tables`, kind `schemaHash`.
 */
export function schemaVersionHash(stored: StoredObject): string {
  const content = Object.fromEntries(Object.entries(stored).filter(([name]) => !versionMembers.includes(name)));
  const tables = Object.entries(objectOf(stored["tables"])).toSorted(([a], [b]) => compareCodePoints(a, b));
  const tail = tables
    .map(([name, table]) => name + Object.keys(objectOf(objectOf(table)["columns"])).join(""))
    .join("");
  return createHash("sha3-256")
    .update(canonicalJson(content) + tail)
    .digest("base64");
}
