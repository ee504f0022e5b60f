import { goldenForm } from "../../../packages/core/test/normalize/golden-value.ts";
import type { GoldenValue } from "../../../packages/core/test/normalize/golden-value.ts";

/** A cell as a driver gives it, in the form that `goldenForm` gives a golden value of this type. */
export function storedForm(value: unknown, type: string): string {
  if (type === "json") return goldenForm((typeof value === "string" ? JSON.parse(value) : value) as GoldenValue, type); // what a json column holds
  if (typeof value === "bigint") return `${type === "double" ? "double" : "bigint"} ${value}`;
  if (type === "bigint") return `bigint ${String(value)}`;
  if (type === "decimal" || type === "wei") return goldenForm({ $decimal: String(value) }, type);
  if (type === "timestamp") return goldenForm({ $timestamp: String(value) }, type);
  if (typeof value === "number") return `${type} ${value}`;
  return `${type} ${String(value)}`;
}
