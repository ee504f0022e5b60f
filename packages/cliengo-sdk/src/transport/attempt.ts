import type { Credential } from "../authentication.ts";
import type { FailedRequest } from "../errors/cliengo-error.ts";

/** One attempt: its number and time, what it shows of itself, what it may show to nobody, and who may stop it. */
export interface Attempt {
  readonly shown: FailedRequest;
  readonly credential: Credential | undefined;
  readonly number: number;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}
