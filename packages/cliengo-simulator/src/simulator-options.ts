import type { Burst } from "./creation-dates.ts";
import type { Envelope } from "./envelope.ts";
import type { ListName } from "./model/model-change.ts";
import type { JwtForm } from "./authentication.ts";

/** What {@link startCliengoSimulator} takes. Everything has a default. */
export interface SimulatorOptions {
  /** Any whole number. The same seed and sizes give the same bytes. Default 1. */
  readonly seed?: number | undefined;
  /** Default 500. */
  readonly contacts?: number | undefined;
  /** Default a quarter of the contacts. */
  readonly conversations?: number | undefined;
  /**
   * The average number of messages in a conversation, exact for an even number of conversations, or a function of
   * the conversation's number (0 is the newest). Default 20.
   */
  readonly messagesPerConversation?: number | ((conversation: number) => number) | undefined;
  /** Default 6, at least 1: the API key belongs to the first. */
  readonly users?: number | undefined;
  /** Default 4. */
  readonly sites?: number | undefined;
  /** The most notes, messages and history entries a contact has. Default 3, 2 and 4. */
  readonly contactChildren?:
    | {
        readonly notes?: number | undefined;
        readonly messages?: number | undefined;
        readonly history?: number | undefined;
      }
    | undefined;
  /** Over how many years before `now` the creation dates are spread. Default 3. */
  readonly years?: number | undefined;
  /** Days or minutes in which many contacts (and conversations) were created. Default: one day with 8 %, one minute with 1 %. */
  readonly bursts?: readonly Burst[] | undefined;
  /** Adds NUL characters, lone surrogates and very long texts, which some databases refuse. Default false. */
  readonly hostileText?: boolean | undefined;
  /** The simulated present: RFC 3339 or a Date. Default 2026-11-01T00:00:00Z. */
  readonly now?: string | Date | undefined;

  /** Default 0: any free port. The server listens on 127.0.0.1 only. */
  readonly port?: number | undefined;
  /** Milliseconds before every answer, the same for all or between two bounds. Default 0. */
  readonly latency?: number | { readonly lowest: number; readonly highest: number } | undefined;
  /** Whether answers are compressed for clients that accept gzip. Default true. */
  readonly gzip?: boolean | undefined;

  /** Page sizes: without `limit` 50; up to 100; a larger one is cut to 100 (`clamp`), unless `above` is `refuse` (400). */
  readonly limit?:
    | {
        readonly default?: number | undefined;
        readonly most?: number | undefined;
        readonly above?: "clamp" | "refuse" | undefined;
      }
    | undefined;
  /** The greatest `offset` that is not refused: for all lists, or list by list. Default 1000 for all; `false` means no ceiling. */
  readonly ceiling?: number | false | Partial<Record<ListName, number | false>> | undefined;
  /** How a list is wrapped: for all lists, or list by list. Default `results`. */
  readonly envelope?: Envelope | Partial<Record<ListName, Envelope>> | undefined;
  /** Whether `until` includes the instant (or the day) that it names. Default `exclusive`. */
  readonly until?: "exclusive" | "inclusive" | undefined;
  /** What a time of day in `since`, `until` or `lastUpdated` does: it counts, is dropped, or gives 400. Default `used`. */
  readonly timeOfDay?: "used" | "ignored" | "refused" | undefined;
  /** The zone of a bare date, as an offset. Default `+00:00`. */
  readonly dateZone?: string | undefined;
  /** What the unproved filter `lastUpdated` does. Default `ignored`. */
  readonly lastUpdated?: "ignored" | "on" | "since" | undefined;
  /** Errors as an object with `detail`, `message`, `code` and `status`, or as plain text. Default `object`. */
  readonly errorBody?: "object" | "text" | undefined;

  /** Default: a UUID derived from the seed. */
  readonly apiKey?: string | undefined;
  /** How long a JWT is accepted, in milliseconds of real time. Default one hour. */
  readonly jwtLifetime?: number | undefined;
  /** In which forms a JWT is accepted. Default all three. */
  readonly jwtForms?: readonly JwtForm[] | undefined;

  /** How many of the last requests the log keeps at least. Default 10,000; 0 keeps none. */
  readonly requestLog?: number | undefined;
  /** Bytes of rendered pages that are kept. Default 64 MiB; 0 keeps none. */
  readonly pageCache?: number | undefined;
  /** Milliseconds that never go back, for the expiry of JWTs and the log. Default `performance.now`. */
  readonly monotonic?: (() => number) | undefined;
  /** Closes the simulator when aborted. */
  readonly signal?: AbortSignal | undefined;
}
