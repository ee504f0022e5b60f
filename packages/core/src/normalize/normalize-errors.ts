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

/**
 * A column that must not be null (a key, or declared so) got no value. Loading the row would break every later merge, so the package is
 * not loaded.
 */
export class NullKeyError extends TypeloadError {
  readonly table: string;
  readonly column: string;

  constructor(table: string, column: string, place: RecordPlace) {
    super(
      `column "${column}" of table "${table}" must not be null, but record ${place.record} of page ${place.page} of resource ` +
        `"${place.resource}"${place.request === undefined ? "" : ` (${place.request})`} has no value for it that fits its type. Choose a key that ` +
        "every record has, or declare the column nullable",
      { code: "null_in_not_null" },
    );
    this.table = table;
    this.column = column;
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
