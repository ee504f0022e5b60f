import type { JwtForm } from "./authentication.ts";
import { apiKeyOf } from "./authentication.ts";
import type { Envelope } from "./envelope.ts";
import type { ModelSize } from "./model/cliengo-model.ts";
import type { ListName } from "./model/model-change.ts";
import { SimulatorOptionError } from "./simulator-option-error.ts";
import type { SimulatorOptions } from "./simulator-options.ts";

/** Ids have room for this many records of a kind. */
const mostRecords = 16_000_000;

/** The options with every default filled in. */
export interface Settings {
  readonly seed: number;
  readonly size: ModelSize;
  readonly port: number;
  readonly latency: { readonly lowest: number; readonly highest: number };
  readonly gzip: boolean;
  readonly limit: { readonly default: number; readonly most: number; readonly above: "clamp" | "refuse" };
  readonly ceiling: (list: ListName) => number;
  readonly envelope: (list: ListName) => Envelope;
  readonly until: "exclusive" | "inclusive";
  readonly timeOfDay: "used" | "ignored" | "refused";
  readonly dateZone: string;
  readonly lastUpdated: "ignored" | "on" | "since";
  readonly errorBody: "object" | "text";
  readonly apiKey: string;
  readonly jwtLifetime: number;
  readonly jwtForms: readonly JwtForm[];
  readonly requestLog: number;
  readonly pageCache: number;
  readonly monotonic: () => number;
  readonly signal: AbortSignal | undefined;
}

/** Fills in the defaults; throws a {@link SimulatorOptionError} for what cannot be meant. */
export function readSettings(options: SimulatorOptions): Settings {
  const seed = options.seed ?? 1;
  if (!Number.isSafeInteger(seed)) throw new SimulatorOptionError("seed", seed, "a whole number");
  const latency = options.latency ?? 0;
  const dateZone = options.dateZone ?? "+00:00";
  if (!/^[+-]\d\d:\d\d$/.test(dateZone))
    throw new SimulatorOptionError("dateZone", dateZone, "an offset such as -03:00");
  return {
    seed,
    size: readSize(options, seed),
    port: whole("port", options.port ?? 0, 0, 65_535),
    latency: typeof latency === "number" ? { lowest: latency, highest: latency } : latency,
    gzip: options.gzip ?? true,
    limit: {
      default: whole("limit.default", options.limit?.default ?? 50, 1),
      most: whole("limit.most", options.limit?.most ?? 100, 1),
      above: options.limit?.above ?? "clamp",
    },
    ceiling: (list) => {
      const chosen = typeof options.ceiling === "object" ? options.ceiling[list] : options.ceiling;
      return chosen === false ? Number.POSITIVE_INFINITY : (chosen ?? 1000);
    },
    envelope: (list) => (typeof options.envelope === "object" ? options.envelope[list] : options.envelope) ?? "results",
    until: options.until ?? "exclusive",
    timeOfDay: options.timeOfDay ?? "used",
    dateZone,
    lastUpdated: options.lastUpdated ?? "ignored",
    errorBody: options.errorBody ?? "object",
    apiKey: options.apiKey ?? apiKeyOf(seed),
    jwtLifetime: options.jwtLifetime ?? 3_600_000,
    jwtForms: options.jwtForms ?? ["bearer", "raw", "cookie"],
    requestLog: whole("requestLog", options.requestLog ?? 10_000, 0),
    pageCache: whole("pageCache", options.pageCache ?? 64 * 1024 * 1024, 0),
    monotonic: options.monotonic ?? (() => performance.now()),
    signal: options.signal,
  };
}

function readSize(options: SimulatorOptions, seed: number): ModelSize {
  const contacts = whole("contacts", options.contacts ?? 500, 0, mostRecords);
  const messages = options.messagesPerConversation ?? 20;
  const now = new Date(options.now ?? "2026-11-01T00:00:00Z").getTime();
  if (Number.isNaN(now)) throw new SimulatorOptionError("now", options.now, "a date");
  const years = options.years ?? 3;
  if (!(years > 0)) throw new SimulatorOptionError("years", years, "above 0");
  for (const burst of options.bursts ?? []) {
    if (Number.isNaN(Date.parse(burst.at))) throw new SimulatorOptionError("bursts[].at", burst.at, "a date");
    whole("bursts[].records", burst.records, 0, mostRecords);
  }
  return {
    seed,
    now,
    users: whole("users", options.users ?? 6, 1, mostRecords),
    sites: whole("sites", options.sites ?? 4, 0, mostRecords),
    contacts,
    conversations: whole("conversations", options.conversations ?? Math.floor(contacts / 4), 0, mostRecords),
    messagesPerConversation:
      typeof messages === "number" ? whole("messagesPerConversation", messages, 0, mostRecords) : messages,
    contactChildren: {
      notes: whole("contactChildren.notes", options.contactChildren?.notes ?? 3, 0),
      messages: whole("contactChildren.messages", options.contactChildren?.messages ?? 2, 0),
      history: whole("contactChildren.history", options.contactChildren?.history ?? 4, 0),
    },
    years,
    bursts: options.bursts,
    hostileText: options.hostileText ?? false,
  };
}

function whole(option: string, value: number, lowest: number, highest = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || value < lowest || value > highest) {
    throw new SimulatorOptionError(option, value, `a whole number from ${lowest} to ${highest}`);
  }
  return value;
}
