import { checkNumbers } from "../check-options.ts";
import type { RequestOptions } from "../request-options.ts";
import type { ApiResponse } from "../transport/api-request.ts";
import { wrongShape } from "../transport/read-json-body.ts";
import type { ListEndpoint } from "./list-endpoint.ts";

/** A page as received and understood. */
export interface ListPage {
  readonly answer: ApiResponse;
  /** The member that holds the records; empty where the body is the list itself. */
  readonly at: string;
  readonly records: readonly unknown[];
  readonly offset: number;
  readonly limit: number;
  /** False where the answer says nothing about its place in the list. */
  readonly hasPaging: boolean;
  /** Records that match, also those out of reach. */
  readonly total: number | undefined;
  /** The page size that the server says it applied. */
  readonly appliedLimit: number;
  /** Whether the server says that the page begins where it was asked to. */
  readonly isAtOffset: boolean;
  /**
   * How far the page reaches into the list. A page may hold more than any limit said because it repeats records of the page
   * before it: they are no way forward.
   */
  readonly advance: number;
}

/** Reads one page of a list in whatever envelope it comes. */
export async function readListPage<T>(
  endpoint: ListEndpoint<T>,
  offset: number,
  limit: number,
  options: RequestOptions | undefined,
): Promise<ListPage> {
  const { client, path, pathParameters, filters, names } = endpoint;
  checkNumbers("", { limit, offset });
  const query = { ...filters, limit, offset };
  const answer = await client.send("GET", path, { path: pathParameters, query }, options);
  const found = findRecords(answer.json, ["results", ...names]);
  if (found === undefined) {
    const message = `has no list of records: neither ${["results", ...names].join(" nor ")}, nor is it a list itself`;
    throw wrongShape(message, answer, client.redactor);
  }
  const paging = isObject(answer.json) && isObject(answer.json["paging"]) ? answer.json["paging"] : undefined;
  const said = countOf(paging?.["limit"]) || limit;
  const total = countOf(paging?.["total"]);
  const received = found.records.length;
  return {
    answer,
    ...found,
    offset,
    limit,
    hasPaging: paging !== undefined,
    total,
    appliedLimit: Math.min(limit, said),
    isAtOffset: countOf(paging?.["offset"]) === offset,
    advance: offset === 0 ? received : Math.min(received, Math.max(limit, said)),
  };
}

function findRecords(json: unknown, names: readonly string[]): { at: string; records: unknown[] } | undefined {
  if (Array.isArray(json)) return { at: "", records: json };
  if (!isObject(json)) return undefined;
  for (const name of names) {
    const records = json[name];
    if (Array.isArray(records)) return { at: name, records };
  }
  return undefined;
}

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Some back ends write counts as text.
function countOf(value: unknown): number | undefined {
  const count = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}
