import { objectOf } from "../schema/stored-object.ts";
import type { CursorValue } from "../source/incremental.ts";
import { isCursorValue } from "./compare-cursors.ts";
import type { StoredCursor } from "./cursor-window.ts";

/**
 * What the pipeline state holds of one resource (`sources.<source>.resources.<name>`), in dlt's form: cursors under `incremental`, by path;
 * everything else belongs to the resource's `read`.
 */
export type ResourceState = Readonly<Record<string, unknown>>;

const cursorsMember = "incremental";
/** Ours, beside dlt's members: contents of the records at the boundary, by path. */
const contentsMember = "typeload_boundary_contents";

/** The state of one resource in a pipeline state. */
export function resourceState(
  state: Readonly<Record<string, unknown>> | undefined,
  source: string,
  resource: string,
): ResourceState {
  return objectOf(objectOf(objectOf(objectOf(state?.["sources"])[source])["resources"])[resource]);
}

/** A pipeline state with another state of one resource. */
export function withResourceState(
  state: Readonly<Record<string, unknown>>,
  source: string,
  resource: string,
  next: ResourceState,
): Readonly<Record<string, unknown>> {
  const sources = objectOf(state["sources"]);
  const ofSource = objectOf(sources[source]);
  const resources = { ...objectOf(ofSource["resources"]), [resource]: next };
  return { ...state, sources: { ...sources, [source]: { ...ofSource, resources } } };
}

/** The cursor of a path, as dlt or we stored it. */
export function storedCursor(state: ResourceState, path: string): StoredCursor | undefined {
  const cursors = objectOf(state[cursorsMember]);
  if (cursors[path] === undefined) return undefined;
  const cursor = objectOf(cursors[path]);
  const contents = objectOf(state[contentsMember])[path];
  return {
    state: {
      initial_value: parseValue(cursor["initial_value"]),
      last_value: parseValue(cursor["last_value"]),
      start_value: parseValue(cursor["start_value"]),
      unique_hashes: texts(cursor["unique_hashes"]),
    },
    contents: contents === undefined ? undefined : texts(contents),
  };
}

export function withCursor(
  state: ResourceState,
  path: string,
  { state: cursor, contents }: StoredCursor,
): ResourceState {
  const stored = {
    ...cursor,
    initial_value: storeValue(cursor.initial_value),
    last_value: storeValue(cursor.last_value),
    start_value: storeValue(cursor.start_value),
  };
  const next = { ...state, [cursorsMember]: { ...objectOf(state[cursorsMember]), [path]: stored } };
  if (contents === undefined) return next;
  return { ...next, [contentsMember]: { ...objectOf(state[contentsMember]), [path]: contents } };
}

/** What `read` may look at and change. */
export function ownMembers(state: ResourceState): Record<string, unknown> {
  const { [cursorsMember]: _cursors, [contentsMember]: _contents, ...own } = state;
  return own;
}

/** Before a time in dlt's JSON. Other kinds that dlt marks (dates, decimals) are kept as the text that stands there. */
const timeMark = "\uf027";

function parseValue(value: unknown): CursorValue | null {
  if (typeof value === "string" && value.startsWith(timeMark)) return new Date(value.slice(1));
  return isCursorValue(value) ? value : null;
}

/** A time as Python writes it: six digits of fraction, or none. */
function storeValue(value: CursorValue | null): CursorValue | null {
  if (!(value instanceof Date)) return value;
  const [seconds = "", fraction = ""] = value.toISOString().slice(0, -1).split(".");
  return `${timeMark}${seconds}${fraction === "000" ? "" : `.${fraction}000`}+00:00`;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
