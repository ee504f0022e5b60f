/** A request as scripts, matchers and routes see it. */
export interface SimulatorRequest {
  /** 1 for the first request since the start, whatever it was. */
  readonly number: number;
  readonly method: string;
  /** The path below the base URL, without a trailing slash: `/contacts/5f0c…/notes`. */
  readonly path: string;
  /** The query, without the API key. */
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names; credentials are replaced by `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
}
