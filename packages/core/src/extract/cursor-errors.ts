import { TypeloadError } from "../errors.ts";

/** A record's cursor cannot be used: it is missing, null, of another type than before, or out of the promised order. */
export class CursorError extends TypeloadError {
  constructor(code: CursorErrorCode, message: string) {
    super(message, { code });
  }
}

export type CursorErrorCode =
  | "cursor_missing"
  | "cursor_null"
  | "cursor_type"
  | "cursor_order"
  | "boundary_key_missing";
