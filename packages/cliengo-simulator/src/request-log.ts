import type { Scheme } from "./authentication.ts";
import type { Fault } from "./fault.ts";
import { matches, type RequestMatch } from "./request-match.ts";
import type { SimulatorRequest } from "./simulator-request.ts";

/** One request that came, and what became of it. */
export interface LoggedRequest extends SimulatorRequest {
  readonly authentication: Scheme;
  /** The body as text, for requests that had one. */
  readonly body: string | undefined;
  /** When it came, in milliseconds of the simulator's `monotonic` clock. */
  readonly at: number;
  /** What was answered; undefined while it is under way, and where no status was ever sent. */
  status: number | undefined;
  /** The kind of fault that struck, if one did. */
  fault: Fault["kind"] | undefined;
}

/** The requests that came, oldest first; only the last ones are kept. */
export interface RequestRecord {
  /** How many came since the start, kept or not. */
  readonly count: number;
  /** The most requests that were under way at the same time. */
  readonly mostAtOnce: number;
  /** The requests that are kept, or those of them that match. */
  all(match?: RequestMatch): readonly LoggedRequest[];
  /** Forgets the kept requests and the peak; numbers go on. */
  clear(): void;
}

/** The record of requests, with what the server asks of it. */
export class RequestLog implements RequestRecord {
  readonly #most: number;
  #kept: LoggedRequest[] = [];
  #count = 0;
  #open = 0;
  #mostOpen = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return this.#count;
  }

  get mostAtOnce(): number {
    return this.#mostOpen;
  }

  all(match: RequestMatch = {}): readonly LoggedRequest[] {
    return this.#kept.filter((request) => matches(match, request));
  }

  clear(): void {
    this.#kept = [];
    this.#mostOpen = this.#open;
  }

  /** The number of the request that comes now. */
  nextNumber(): number {
    this.#count += 1;
    return this.#count;
  }

  begin(request: LoggedRequest): void {
    this.#open += 1;
    this.#mostOpen = Math.max(this.#mostOpen, this.#open);
    if (this.#most === 0) return;
    this.#kept.push(request);
    // Dropped by the half, so that a long run does not move the whole log at every request.
    if (this.#kept.length >= this.#most * 2) this.#kept = this.#kept.slice(-this.#most);
  }

  end(): void {
    this.#open -= 1;
  }
}
