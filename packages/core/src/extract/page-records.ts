import { parseRecords } from "../scan/parse-records.ts";
import { decodeTaggedRecords } from "../scan/tagged-records.ts";
import type { LoggedPage } from "./load-package.ts";

/** The records of a page as JavaScript values, every digit kept. */
export function pageRecords({
  encoding,
  bytes,
  at,
}: Pick<LoggedPage, "encoding" | "bytes" | "at">): readonly unknown[] {
  return encoding === "json" ? parseRecords(bytes, at) : decodeTaggedRecords(bytes);
}
