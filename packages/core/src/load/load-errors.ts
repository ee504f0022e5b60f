import { TypeloadError, isTypeloadError } from "../errors.ts";
import type { RowsVerdict } from "../source/partition.ts";
import { isUnloadable } from "./unloadable.ts";

/** A `replace` was refused, because it is not proved that all rows were read: what is stored stays as it is. */
export class ReplaceRefusedError extends TypeloadError {
  readonly resource: string;

  constructor(
    resource: string,
    verdict: { readonly rows: RowsVerdict; readonly note?: string | undefined; readonly empty: boolean },
  ) {
    const why = verdict.note === undefined ? "" : ` (${verdict.note})`;
    super(
      verdict.empty
        ? `resource "${resource}" came back empty and is only ${verdict.rows}${why}: its rows were left as they are, because nothing but a proved answer may empty a table. Run again, or drop the table yourself`
        : `resource "${resource}" was to be replaced, but its reading is only ${verdict.rows}${why}: the stored rows were left as they are. ` +
            'Run again; or set onIncomplete: "apply" on the resource, if fewer rows are better than old ones; or load it by merge',
      { code: "replace_refused", retryable: true },
    );
    this.resource = resource;
  }
}

/** scd2 was refused, because it is not proved that all rows were read: those that were not would have been retired. */
export class RetireRefusedError extends TypeloadError {
  readonly resource: string;

  constructor(resource: string, verdict: { readonly rows: RowsVerdict; readonly note?: string | undefined }) {
    const why = verdict.note === undefined ? "" : ` (${verdict.note})`;
    super(
      `resource "${resource}" keeps versions (scd2), and its reading is only ${verdict.rows}${why}: records that were not read would count as ` +
        'gone, so nothing was changed. Run again; or set onIncomplete: "apply" on the resource; or give it a mergeKey, so that only versions ' +
        "of records that came are retired",
      { code: "retire_refused", retryable: true },
    );
    this.resource = resource;
  }
}

/** Another load has this load id, so this one can never be committed under it. */
export class LoadIdTakenError extends TypeloadError {
  readonly loadId: string;

  constructor(loadId: string, location: string) {
    super(
      `load package ${loadId} was not committed: _dlt_loads has that load id already, and it is not this run that wrote it, but another pipeline ` +
        `of the dataset. The package is kept in ${location}; run again, and what it held is read again under another id`,
      { code: "load_id_taken", retryable: true },
    );
    this.loadId = loadId;
  }
}

/** A load package could not be loaded, and trying again will not help by itself. It stays on disk. */
export class PackageLoadError extends TypeloadError {
  readonly loadId: string;

  constructor(loadId: string, location: string, cause: unknown) {
    super(
      `load package ${loadId} could not be loaded: ${(cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "")}. ` +
        `Nothing of it was written. It stays in ${location} and is tried first by the next run` +
        (isUnloadable(cause) ? "; if it fails again, it is set aside there, and what it held is read again" : ""),
      {
        code: isTypeloadError(cause) ? cause.code : "package_load",
        retryable: isTypeloadError(cause) && cause.retryable,
        cause,
      },
    );
    this.loadId = loadId;
  }
}
