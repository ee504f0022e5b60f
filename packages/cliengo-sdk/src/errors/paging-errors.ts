import { CliengoError, type CliengoErrorDetails } from "./cliengo-error.ts";

/** What a list could and could not reach. */
export interface OffsetCeilingDetails extends CliengoErrorDetails {
  readonly reached: number;
  readonly total?: number | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/**
 * The list is longer than the API lets anyone page: it refuses offsets above 1000. Contacts are cut into date windows by
 * themselves; where that is impossible (conversations; more than a thousand contacts of one instant) this error says
 * how far it came.
 */
export class OffsetCeilingError extends CliengoError {
  override readonly name = "OffsetCeilingError";
  readonly code = "ERR_CLIENGO_OFFSET_CEILING";
  readonly retryable = false;
  /** Records that could be read, or were, before the ceiling. */
  declare readonly reached: number;
  /** Records the API says there are; undefined where it did not say. */
  declare readonly total: number | undefined;
  /** The date window that is too full, where one is. */
  declare readonly since: string | undefined;
  declare readonly until: string | undefined;

  // oxlint-disable-next-line no-useless-constructor -- narrows what it takes
  constructor(message: string, details: OffsetCeilingDetails) {
    super(message, details);
  }
}

/** The list was read to its end, but fewer records came than the API counts. Read it again, or narrow it. */
export class IncompleteListError extends CliengoError {
  override readonly name = "IncompleteListError";
  readonly code = "ERR_CLIENGO_INCOMPLETE_LIST";
  readonly retryable = true;
  /** Records that came. */
  declare readonly read: number;
  /** Records the API says there are. */
  declare readonly total: number;

  // oxlint-disable-next-line no-useless-constructor -- narrows what it takes
  constructor(message: string, details: CliengoErrorDetails & { readonly read: number; readonly total: number }) {
    super(message, details);
  }
}

/** A full page came twice in a row at different offsets: the API ignores `offset`, and reading on would never end. */
export class RepeatedPageError extends CliengoError {
  override readonly name = "RepeatedPageError";
  readonly code = "ERR_CLIENGO_REPEATED_PAGE";
  readonly retryable = false;
  /** The offset at which the page before came again. */
  declare readonly offset: number;

  // oxlint-disable-next-line no-useless-constructor -- narrows what it takes
  constructor(message: string, details: CliengoErrorDetails & { readonly offset: number }) {
    super(message, details);
  }
}
