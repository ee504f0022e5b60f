import { badRequest } from "./api-error.ts";
import type { Settings } from "./settings.ts";
import type { ListName } from "./model/model-change.ts";

/** Which part of a list is asked for. */
export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

/** Reads `limit` and `offset`. `page` is ignored, as Cliengo does; an offset above the ceiling is refused. */
export function readSlice(query: Readonly<Record<string, string>>, list: ListName, settings: Settings): Slice {
  const limit = readWhole(query.limit, "limit", settings.limit.default, 1);
  const offset = readWhole(query.offset, "offset", 0, 0);
  const ceiling = settings.ceiling(list);
  if (offset > ceiling) throw badRequest(`The offset cannot be greater than ${ceiling}`, "offset_too_large");
  if (limit > settings.limit.most && settings.limit.above === "refuse") {
    throw badRequest(`The limit cannot be greater than ${settings.limit.most}`, "limit_too_large");
  }
  return { limit: Math.min(limit, settings.limit.most), offset };
}

function readWhole(text: string | undefined, name: string, fallback: number, lowest: number): number {
  if (text === undefined) return fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= lowest)) throw badRequest(`${name} must be a whole number of at least ${lowest}`);
  return value;
}
