import { ConfigurationError, defineSource } from "@typeload/core";
import type { Resource, Source } from "@typeload/core";
import { Cliengo } from "@typeload/cliengo-sdk";
import type { CliengoOptions } from "@typeload/cliengo-sdk";
import { accountIdentity } from "./reading/account-identity.ts";
import { accountResource } from "./resources/account.ts";
import { chatbotsResource } from "./resources/chatbots.ts";
import { contactHistoryResource } from "./resources/contact-history.ts";
import { contactMessagesResource } from "./resources/contact-messages.ts";
import { contactNotesResource } from "./resources/contact-notes.ts";
import { contactsResource } from "./resources/contacts.ts";
import { conversationMessagesResource } from "./resources/conversation-messages.ts";
import { conversationsResource } from "./resources/conversations.ts";
import { sitesResource } from "./resources/sites.ts";
import { usersResource } from "./resources/users.ts";

/** Every resource, and the one it hangs on. Parents stand before their children: that is the order of a run. */
const resourceParents = {
  account: undefined,
  users: undefined,
  sites: undefined,
  chatbots: undefined,
  contacts: undefined,
  contact_notes: "contacts",
  contact_messages: "contacts",
  contact_history: "contacts",
  conversations: undefined,
  conversation_messages: "conversations",
} as const;

/** Names of the resources; they are the names of the tables too. */
export type CliengoResourceName = keyof typeof resourceParents;

/** What is loaded unless `resources` says otherwise: everything but what costs a request a contact. */
export const defaultResources = [
  "account",
  "users",
  "sites",
  "chatbots",
  "contacts",
  "conversations",
  "conversation_messages",
] as const satisfies readonly CliengoResourceName[];

/** A resource together with the parent it needs. */
export type WithParent<N extends CliengoResourceName> = N | NonNullable<(typeof resourceParents)[N]>;

/** Options of {@link cliengoSource}: the SDK's own, or a ready client, and what to load. */
export interface CliengoSourceOptions<N extends CliengoResourceName> extends CliengoOptions {
  /** A client to use instead of making one from the other options. */
  readonly client?: Cliengo | undefined;
  /**
   * What to load. A child brings its parent along. `contact_notes`, `contact_messages` and `contact_history` cost a request for every
   * contact that is read, in each run, so they are loaded only when named. Default: all others.
   */
  readonly resources?: readonly N[] | undefined;
  /** Load contacts created on or after this day (`YYYY-MM-DD`). Default: all there are. */
  readonly since?: string | undefined;
  /**
   * Contacts created in the last so many days are read again in every run, because an edit does not change a creation date.
   * Default 7.
   */
  readonly trailingDays?: number | undefined;
  /**
   * Of the older windows of contacts, so many are read again in every run, the one read longest ago first. So every edit is seen in
   * the end. Default 1; 0 turns it off.
   */
  readonly sweepWindows?: number | undefined;
}

/** What the resources need of the options. */
export interface CliengoReading {
  readonly client: Cliengo;
  readonly since: string | undefined;
  readonly trailingDays: number;
  readonly sweepWindows: number;
}

/**
 * Cliengo as a source: account, users, sites, chatbots, contacts, conversations and what hangs on them, merged by their keys, so that a
 * second run changes only what changed.
 *
 * Contacts are read by closed windows of creation dates, so none is out of reach of the API's offset ceiling. Conversations have no
 * filter: beyond the ceiling they are reported as `truncated`, with counts.
 *
 * @example
 * ```ts
 * await pipeline.run(cliengoSource({ apiKey, resources: ["contacts", "conversations"] }));
 * ```
 * @throws ConfigurationError for a resource that does not exist; the SDK's errors for a missing key.
 */
export function cliengoSource<const N extends CliengoResourceName = (typeof defaultResources)[number]>(
  options: CliengoSourceOptions<N> = {},
): Source<Resource<WithParent<N>>> {
  const { client, resources = defaultResources, since, trailingDays = 7, sweepWindows = 1, ...clientOptions } = options;
  checkCount("trailingDays", trailingDays);
  checkCount("sweepWindows", sweepWindows);
  const names = withParents(resources);
  const reading: CliengoReading = { client: client ?? new Cliengo(clientOptions), since, trailingDays, sweepWindows };
  const all: readonly Resource<CliengoResourceName>[] = [
    accountResource(reading),
    usersResource(reading),
    sitesResource(reading),
    chatbotsResource(reading),
    contactsResource(reading),
    contactNotesResource(reading),
    contactMessagesResource(reading),
    contactHistoryResource(reading),
    conversationsResource(reading),
    conversationMessagesResource(reading),
  ];
  // `names` holds what was asked for and the parents of that: what WithParent<N> says.
  const isNeeded = (resource: Resource<CliengoResourceName>): resource is Resource<WithParent<N>> =>
    names.has(resource.name);
  return defineSource({
    name: "cliengo",
    resources: all.filter(isNeeded),
    identity: ({ signal }) => accountIdentity(reading.client, signal),
  });
}

function withParents(asked: readonly string[]): ReadonlySet<string> {
  const parents: Readonly<Record<string, string | undefined>> = resourceParents;
  const unknown = asked.find((name) => !Object.hasOwn(parents, name));
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `Cliengo has no resource "${unknown}". There are: ${Object.keys(parents).join(", ")}.`,
    );
  }
  return new Set(asked.flatMap((name) => [name, parents[name] ?? name]));
}

function checkCount(option: string, value: number): void {
  if (!Number.isInteger(value) || value < 0) {
    throw new ConfigurationError(`cliengoSource: ${option} must be a whole number of at least 0, it is ${value}`);
  }
}
