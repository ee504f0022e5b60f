import type { ExactNumber } from "./exact-number.ts";

/** What a record of the simulator holds: JSON, with numbers that may keep their spelling. */
export type JsonValue = string | number | boolean | null | ExactNumber | readonly JsonValue[] | JsonObject;

/** A JSON object; a member that is `undefined` is not written. */
export type JsonObject = { readonly [member: string]: JsonValue | undefined };
