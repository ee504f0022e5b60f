import { TypeloadError } from "../errors.ts";

/** Where a record came from. */
export interface RecordPlace {
  readonly resource: string;
  /** What was asked for the page, when the source told. */
  readonly request?: string | undefined;
  readonly page: number;
  /** Position in the page, from 0. */
  readonly record: number;
}

/** A column that got no value and needs one. */
export interface NotNullColumn {
  readonly name: string;
  readonly type?: string | undefined;
  readonly isKey: boolean;
}

/**
 * A column that must not be null (a key, or declared so) got no value. Loading the row would break every later merge, so the package is
 * not loaded.
 */
export class NullKeyError extends TypeloadError {
  readonly table: string;
  readonly column: string;

  constructor(table: string, column: NotNullColumn, place: RecordPlace, members: readonly string[]) {
    const { name, type, isKey } = column;
    const where = `record ${place.record} of page ${place.page} of resource "${place.resource}"${place.request === undefined ? "" : ` (${place.request})`}`;
    const listed = members.slice(0, 20).map((member) => JSON.stringify(member.slice(0, 80)));
    super(
      `${isKey ? "key " : ""}column "${name}" of table "${table}" must not be null, but ${where} has no value for it` +
        `${type === undefined ? "" : ` that fits its type ${type}`}. Its members are ` +
        `${listed.length === 0 ? "none" : listed.join(", ")}${members.length > listed.length ? ", …" : ""}. ` +
        (isKey
          ? "Choose a key that every record has, and look at whether the API answered with an error instead of records"
          : "Declare the column nullable, or correct the source"),
      { code: "null_in_not_null" },
    );
    this.table = table;
    this.column = name;
  }
}

/** A transform of a resource threw, or gave something that is no record. Nothing of the package is loaded; it waits for code that works. */
export class TransformError extends TypeloadError {
  constructor(step: string, { resource, request, page, record }: RecordPlace, cause: unknown) {
    const from = request === undefined ? "" : ` (${request})`;
    const said = cause instanceof Error ? cause.message : String(cause);
    super(`transform "${step}" of resource "${resource}" failed at record ${record} of page ${page}${from}: ${said}`, {
      code: "transform_failed",
      cause,
    });
  }
}

/** A load package was read for transforms that the resource does not have any more: rows would be other ones, or show what was masked. */
export class TransformMissingError extends TypeloadError {
  constructor(loadId: string, resource: string, missing: readonly string[]) {
    super(
      `load package ${loadId} was read for transforms of resource "${resource}" that it does not have any more: ${missing.map((name) => `"${name}"`).join(", ")}. ` +
        "Put them back, or remove the package",
      { code: "transform_missing" },
    );
  }
}

/** A page in the log names a resource that the source does not have (it was renamed or removed since). */
export class UnknownResourceError extends TypeloadError {
  constructor(resource: string) {
    super(
      `the page log holds pages of resource "${resource}", which the source does not have (any more): put it back, or remove the package`,
      { code: "unknown_resource" },
    );
  }
}

/** A table would get more columns than the destination allows: mostly a map with free keys that is flattened into columns. */
export class TooManyColumnsError extends TypeloadError {
  constructor(table: string, maximum: number, column: string) {
    super(
      `table "${table}" would get more than the ${maximum} columns that the destination allows, the last one is "${column}": keep the ` +
        "object with the many keys whole, by a field hint of type json or a smaller maxTableNesting",
      { code: "too_many_columns" },
    );
  }
}
