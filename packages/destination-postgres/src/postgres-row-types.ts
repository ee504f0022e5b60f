import { types } from "pg";
import type { CustomTypesConfig } from "pg";

/** Type ids of the catalog: https://www.postgresql.org/docs/current/catalog-pg-type.html */
const oid = {
  bytea: 17,
  int8: 20,
  json: 114,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  jsonb: 3802,
};

const asText = (text: string): string => text;

const parsers = new Map<number, (text: string) => unknown>([
  [oid.int8, exactInteger],
  [oid.bytea, (text) => Uint8Array.from(Buffer.from(text.slice(2), "hex"))],
  [oid.json, asText],
  [oid.jsonb, asText],
  [oid.date, isoText],
  [oid.time, isoText],
  [oid.numeric, asText],
  [oid.timestamp, isoText],
  [oid.timestamptz, isoText],
]);

/** How values of a row reach JavaScript: exact, see `SqlConnection.query`. Everything else as `pg` does it. */
export const rowTypes: CustomTypesConfig = {
  getTypeParser: (id, format) => (format === "binary" ? undefined : parsers.get(id)) ?? types.getTypeParser(id, format),
};

function exactInteger(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** The session's zone is UTC and its date style ISO: `2026-01-02 03:04:05.06+00`, `0044-03-15 BC`. */
const shape = /^(?:(\d+)(-\d\d-\d\d))?(?: ?(\d\d:\d\d:\d\d)(\.\d+)?(\+00)?)?( BC)?$/;

/** ISO 8601: six digits of fraction or none, years beyond four digits with a sign. `infinity` stays what it is. */
function isoText(text: string): string {
  const match = shape.exec(text);
  if (match === null) return text;
  const [, year, monthAndDay = "", time, fraction, zone, beforeChrist] = match;
  const date = year === undefined ? "" : isoYear(year, beforeChrist !== undefined) + monthAndDay;
  if (time === undefined) return date;
  const clock = time + (fraction === undefined ? "" : fraction.padEnd(7, "0")) + (zone === undefined ? "" : "Z");
  return date === "" ? clock : `${date}T${clock}`;
}

/** ISO has a year 0, which is 1 BC. */
function isoYear(digits: string, beforeChrist: boolean): string {
  const year = beforeChrist ? 1 - Number(digits) : Number(digits);
  if (year >= 0 && year <= 9999) return String(year).padStart(4, "0");
  return `${year < 0 ? "-" : "+"}${String(Math.abs(year)).padStart(6, "0")}`;
}
