import { TypeloadError } from "../errors.ts";

/** A row of `_dlt_version` that cannot be read, or was written by an engine or for a naming that this version does not know. */
export class StoredSchemaError extends TypeloadError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { code: "stored_schema", cause: options.cause });
  }
}
