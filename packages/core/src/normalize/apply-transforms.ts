import { createHmac } from "node:crypto";
import { canonicalJson } from "../scan/canonical-json.ts";
import { JsonNumber } from "../scan/json-number.ts";
import { plainValue } from "../scan/plain-value.ts";
import type { TransformStep } from "../source/transforms.ts";
import { type RecordPlace, TransformError } from "./normalize-errors.ts";

/**
 * Runs records through the steps of their resource.
 *
 * @throws TransformError for a step that throws, or gives something that is no record
 */
export function applyTransforms(
  records: readonly unknown[],
  steps: readonly TransformStep[],
  place: Omit<RecordPlace, "record">,
): readonly unknown[] {
  let current: readonly unknown[] = records;
  for (const step of steps) {
    current = current.flatMap((record, index) => {
      try {
        return applyStep(step, record);
      } catch (error) {
        throw new TransformError(step.name, { ...place, record: index }, error);
      }
    });
  }
  return current;
}

/** The steps that know members by name alone, for a record that will not become a row and must show no more than one. */
export function applyNamedSteps(record: unknown, steps: readonly TransformStep[]): unknown {
  const named = steps.filter(({ kind }) => kind === "rename" || kind === "drop" || kind === "mask");
  return named.reduce((value: unknown, step) => applyStep(step, value)[0], record);
}

function applyStep(step: TransformStep, record: unknown): readonly unknown[] {
  switch (step.kind) {
    case "map":
      return [asRecord(step.apply(asDeclared(record)))];
    case "filter":
      return step.apply(asDeclared(record)) ? [record] : [];
    case "expand":
      return [...step.apply(asDeclared(record))].map(asRecord);
    case "rename":
      return [members(record, ([name, value]) => [[step.names.get(name) ?? name, value]])];
    case "drop":
      return [members(record, ([name, value]) => (step.members.has(name) ? [] : [[name, value]]))];
    case "mask":
      return [step.paths.reduce((value: unknown, path) => maskAt(value, path, step.key.reveal()), record)];
  }
}

/** A record for a step, which was declared for records of this type. */
function asDeclared(record: unknown): never {
  return plainValue(record) as never; // the declaration is the user's word
}

function asRecord(value: unknown): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(
    `it gave ${value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`}: give an object`,
  );
}

type Member = readonly [string, unknown];

/** A record with other members, in the same order. A Map, since a name may be one that objects sort or hide. */
function members(record: unknown, change: (member: Member) => readonly Member[]): unknown {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return record;
  const entries: readonly Member[] = record instanceof Map ? [...record] : Object.entries(record);
  return new Map(entries.flatMap(change));
}

function maskAt(value: unknown, path: readonly string[], key: string): unknown {
  if (Array.isArray(value)) return value.map((element) => maskAt(element, path, key));
  const [first, ...rest] = path;
  if (first === undefined) return digest(value, key);
  if (!isObject(value)) return value;
  return members(value, ([name, member]) => [[name, name === first ? maskAt(member, rest, key) : member]]);
}

function isObject(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    (value instanceof Map || Object.getPrototypeOf(value) === Object.prototype)
  );
}

function digest(value: unknown, key: string): unknown {
  if (value === null || value === undefined) return value;
  const text =
    value instanceof Date
      ? value.toISOString()
      : value instanceof JsonNumber
        ? value.text
        : typeof value === "object"
          ? canonicalJson(value)
          : // oxlint-disable-next-line typescript/no-base-to-string -- what is left are scalars
            String(value);
  return createHmac("sha256", key).update(text).digest("base64url").slice(0, 22);
}
