import pg from "pg";

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
  [
    oid.int8,
    (text) => {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : BigInt(text);
    },
  ],
  [oid.bytea, (text) => Uint8Array.from(Buffer.from(text.slice(2), "hex"))],
  [oid.json, asText],
  [oid.jsonb, asText],
  [oid.date, asText],
  [oid.time, asText],
  [oid.numeric, asText],
  // The session's zone is UTC and its date style ISO: `2026-01-02 03:04:05.000006+00`.
  [oid.timestamp, (text) => text.replace(" ", "T")],
  [oid.timestamptz, (text) => text.replace(" ", "T").replace(/\+00$/, "Z")],
]);

/** How values of a row reach JavaScript: exact, see `SqlConnection.query`. Everything else as `pg` does it. */
export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    (format === "binary" ? undefined : parsers.get(id)) ?? pg.types.getTypeParser(id, format),
};
