import type { CliengoHttp, SendCall } from "../http.ts";
import type { RequestParts } from "../transport/build-request.ts";
import type { SecretRedactor } from "../transport/redact-secrets.ts";

/** What the resources and lists share of their client. */
export interface ClientContext {
  readonly baseUrl: string;
  readonly send: SendCall;
  readonly http: CliengoHttp;
  readonly now: () => number;
  readonly redactor: SecretRedactor;
  /** The highest `offset` to ask for; Infinity where the ceiling is switched off. */
  readonly offsetCeiling: number;
}

/** Where a list is read, and what its records become. */
export interface ListEndpoint<T> {
  readonly client: ClientContext;
  readonly path: string;
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
  /** Filters: the query without limit and offset. */
  readonly filters: NonNullable<RequestParts["query"]>;
  /** The members that may hold the records beside `results`. */
  readonly names: readonly string[];
  /** One record as its caller gets it. */
  readonly fromRecord?: ((record: T) => T) | undefined;
}

/** The page size where none is asked for: the largest that was seen to work. */
export const defaultLimit = 50;

/** The bounds that every list takes. */
export interface ListBounds {
  /** Page size. Default 50, the largest that was seen to work; a server may give fewer. */
  limit?: number | undefined;
  /** Records to skip at the start. */
  offset?: number | undefined;
  /** How many records iterating and `toArray` give at most. Default: all. */
  maxItems?: number | undefined;
}
