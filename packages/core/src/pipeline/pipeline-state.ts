import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { TypeloadError } from "../errors.ts";
import { canonicalJson } from "../scan/canonical-json.ts";
import { jsonText } from "../scan/json-text.ts";
import { objectOf } from "../schema/stored-object.ts";
import { unpackJson } from "../schema/unpack-json.ts";

/** The state format that we write, dlt's. */
export const stateEngineVersion = 4;

/**
 * What a pipeline remembers between runs, as plain data in dlt's form: `_state_version`, `_state_engine_version`, `pipeline_name`,
 * `schema_names`, `default_schema_name`, `dataset_name`, `destination_type`, `sources.<name>…`. Members that are not ours are kept.
 * Other values than JSON's are texts that begin with a private-use character, as dlt writes them; they are kept as they are, and so are
 * the digits of numbers that JavaScript would bend.
 */
export type PipelineState = Readonly<Record<string, unknown>>;

/** What a new state is made from. */
export interface NewState {
  readonly pipeline: string;
  readonly dataset: string;
  readonly schemaName: string;
  /** `dlt.destinations.duckdb` */
  readonly destinationType: string;
}

/** The state of a pipeline that has not run. */
export function newPipelineState({ pipeline, dataset, schemaName, destinationType }: NewState): PipelineState {
  return {
    _state_version: 0,
    _state_engine_version: stateEngineVersion,
    pipeline_name: pipeline,
    schema_names: [schemaName],
    default_schema_name: schemaName,
    dataset_name: dataset,
    destination_type: destinationType,
    destination_name: null,
  };
}

/** A state as a row of `_dlt_pipeline_state` holds it. */
export interface PackedState {
  readonly version: number;
  readonly engineVersion: number;
  /** Base64 of the zlib-packed JSON. */
  readonly state: string;
  readonly versionHash: string;
}

/** Members that do not count for the content of a state. */
const versionMembers = ["_state_version", "_state_engine_version", "_version_hash", "_local"];

/** The content hash of a state: SHA3-256, base64, over compact JSON with sorted keys. Recorded: golden suite `system-tables`, kind `state`. */
export function stateVersionHash(state: PipelineState): string {
  const content = Object.fromEntries(Object.entries(state).filter(([name]) => !versionMembers.includes(name)));
  return createHash("sha3-256").update(canonicalJson(content)).digest("base64");
}

/** Raises the version when the content is another than `before`'s; else gives `before`. */
export function raiseState(before: PipelineState | undefined, state: PipelineState): PipelineState {
  const versionHash = stateVersionHash(state);
  if (before !== undefined && stateVersionHash(before) === versionHash && versionOf(before) > 0) return before;
  return {
    ...state,
    _state_version: Math.max(versionOf(state), versionOf(before ?? {})) + 1,
    _version_hash: versionHash,
  };
}

/** Packs a state for its row. `_local`, which never leaves the machine, is left out. */
export function packState(state: PipelineState): PackedState {
  const { _local, ...synced } = state;
  const versionHash = stateVersionHash(state);
  const text = jsonText({ ...synced, _version_hash: versionHash });
  return {
    version: versionOf(state),
    engineVersion: numberOf(state["_state_engine_version"], stateEngineVersion),
    state: deflateSync(text, { level: 9 }).toString("base64"),
    versionHash,
  };
}

/**
 * Reads the text of a state row: packed, or plain JSON, which dlt reads as well.
 *
 * @throws TypeloadError with code `stored_state` when it is neither, or of a newer format
 */
export function unpackState(text: string): PipelineState {
  let state: PipelineState;
  try {
    state = objectOf(unpackJson(text));
  } catch (error) {
    throw new TypeloadError(
      "the stored pipeline state is neither packed nor plain JSON: the newest row of _dlt_pipeline_state is damaged",
      {
        code: "stored_state",
        cause: error,
      },
    );
  }
  const engine = numberOf(state["_state_engine_version"], 0);
  if (engine > stateEngineVersion) {
    throw new TypeloadError(
      `the stored pipeline state has engine version ${engine}, this typeload reads up to ${stateEngineVersion}: upgrade typeload`,
      { code: "stored_state" },
    );
  }
  return state;
}

function versionOf(state: PipelineState): number {
  return numberOf(state["_state_version"], 0);
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
