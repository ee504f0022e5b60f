import type {
  Contact,
  ContactCreate,
  ContactDeleteAnswer,
  ContactStatus,
  ContactUpdate,
} from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds, ListEndpoint } from "../list/list-endpoint.ts";
import type { RawPage, RawPagesOptions } from "../list/raw-page.ts";
import type { RequestOptions } from "../request-options.ts";
import type { ContactWindow, ContactWindowOptions } from "../windows/contact-window.ts";
import { cutWindows } from "../windows/contact-windows.ts";
import { createContactCounter } from "../windows/count-contacts.ts";
import { iterateContacts } from "../windows/iterate-contacts.ts";
import type { ContactFilters } from "./contact-filters.ts";
import { ContactHistory } from "./contact-history.ts";
import { ContactMessages } from "./contact-messages.ts";
import { ContactNotes } from "./contact-notes.ts";

/** Which contacts, and how many. */
export interface ContactListOptions extends ContactFilters, ListBounds {}

/** What `contacts.list().rawPages()` takes beside the usual: the dates of one window. */
export interface ContactRawPagesOptions extends RawPagesOptions {
  since?: string | undefined;
  until?: string | undefined;
}

/** A list of contacts; iterating it goes past the offset ceiling by date windows. */
export interface ContactListCall extends ListCall<Contact> {
  rawPages(options?: ContactRawPagesOptions): AsyncIterable<RawPage>;
}

/** Contacts, which Cliengo also calls leads. */
export class Contacts {
  readonly notes: ContactNotes;
  readonly messages: ContactMessages;
  readonly history: ContactHistory;
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
    this.notes = new ContactNotes(client);
    this.messages = new ContactMessages(client);
    this.history = new ContactHistory(client);
  }

  /**
   * Contacts, newest first. Iterating gives each once and never meets the offset ceiling: what is out of reach is cut into
   * windows of creation dates. Awaiting it, `pages()` and `rawPages()` stay raw.
   *
   * @throws OffsetCeilingError where more than a thousand contacts cannot be told apart by date.
   * @example
   * for await (const contact of cliengo.contacts.list({ since: "2026-01-01" })) console.log(contact.email);
   */
  list(query: ContactListOptions = {}, options?: RequestOptions): ContactListCall {
    const { limit, offset, maxItems, ...filters } = query;
    const bounds = { limit, offset, maxItems };
    const call = (given: ContactFilters): ListCall<Contact> =>
      createListCall(this.#endpoint(given), bounds, options, (endpoint, walk, max) =>
        iterateContacts(endpoint, walk, max, (trust) => this.windows({ ...given, ...options, ...trust })),
      );
    return Object.assign(call(filters), {
      rawPages: ({ since = filters.since, until = filters.until, ...raw }: ContactRawPagesOptions = {}) =>
        call({ ...filters, since, until }).rawPages(raw),
    });
  }

  /**
   * The contacts cut into windows of creation dates, newest first, each within the reach of `offset` where that is
   * possible at all. Windows share the days on which they meet: drop contacts whose id came before.
   *
   * @example
   * for await (const { since, until } of cliengo.contacts.windows()) {
   *   for await (const page of cliengo.contacts.list({ since, until }).rawPages()) store(page.bytes);
   * }
   */
  windows(options: ContactWindowOptions = {}): AsyncIterable<ContactWindow> {
    const { signal, timeout, maxAttempts, budget, since, until, trustTotal, ...filters } = options;
    const capacity = this.#client.offsetCeiling;
    const request = { signal, timeout, maxAttempts, budget };
    const counter = createContactCounter(this.#endpoint(filters), request, capacity, trustTotal);
    return cutWindows({ counter, since, until, capacity, now: this.#client.now });
  }

  /** @throws NotFoundError */
  get(contactId: string, options?: RequestOptions): Promise<Contact> {
    return this.#client.http.request("GET", "/contacts/{contactId}", { path: { contactId } }, options);
  }

  /** Creates a contact. Never repeated by itself, because a repeat could create another. */
  create(contact: ContactCreate, options?: RequestOptions): Promise<Contact> {
    return this.#client.http.request("POST", "/contacts", { body: contact }, options);
  }

  /** Changes the given members. */
  update(contactId: string, changes: ContactUpdate, options?: RequestOptions): Promise<Contact> {
    return this.#client.http.request("PATCH", "/contacts/{contactId}", { path: { contactId }, body: changes }, options);
  }

  /** Deletes a contact, probably softly: no source says whether lists still show it. */
  delete(contactId: string, options?: RequestOptions): Promise<ContactDeleteAnswer> {
    return this.#client.http.request("DELETE", "/contacts/{contactId}", { path: { contactId } }, options);
  }

  /** Sets the status, for instance `NEW`, `ACTIVE`, `LONG_TERM` or `CLIENT`. */
  setStatus(contactId: string, status: ContactStatus, options?: RequestOptions): Promise<Contact> {
    const input = { path: { contactId }, body: { externalStatus: status } };
    return this.#client.http.request("PUT", "/contacts/{contactId}/status", input, options);
  }

  /** Adds one tag. Where a contact's tags are read back is unknown. */
  addTag(contactId: string, tag: string, options?: RequestOptions): Promise<Contact> {
    return this.#client.http.request(
      "POST",
      "/contacts/{contactId}/tags",
      { path: { contactId }, body: { tag } },
      options,
    );
  }

  #endpoint(filters: ContactFilters): ListEndpoint<Contact> {
    return { client: this.#client, path: "/contacts", names: ["contacts"], filters: { ...filters } };
  }
}
