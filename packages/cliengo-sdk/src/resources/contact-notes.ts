import type { ContactNote as ApiContactNote, ContactNoteCreate } from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds } from "../list/list-endpoint.ts";
import { idOf } from "../list/record-id.ts";
import { isObject } from "../list/read-list-page.ts";
import type { RequestOptions } from "../request-options.ts";
import { wrongShape } from "../transport/read-json-body.ts";

/** A note on a contact. The API names its key `ID`; here it is `id`, as everywhere else. */
export interface ContactNote extends Omit<ApiContactNote, "ID" | "id"> {
  id: string;
}

/** The notes of a contact. */
export class ContactNotes {
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
  }

  /** The notes of a contact. */
  list(contactId: string, bounds: ListBounds = {}, options?: RequestOptions): ListCall<ContactNote> {
    const endpoint = {
      client: this.#client,
      path: "/contacts/{contactId}/notes",
      pathParameters: { contactId },
      names: ["notes"],
      filters: {},
      fromRecord: withId,
    };
    return createListCall(endpoint, bounds, options);
  }

  /** Adds a note. */
  async create(contactId: string, note: ContactNoteCreate, options?: RequestOptions): Promise<ContactNote> {
    const input = { path: { contactId }, body: note };
    const answer = await this.#client.send("POST", "/contacts/{contactId}/notes", input, options);
    if (!isObject(answer.json)) throw wrongShape("is no note", answer, this.#client.redactor);
    return withId(answer.json);
  }
}

/** Accepts both spellings of the key. */
function withId(note: ApiContactNote): ContactNote {
  const { ID: _, ...rest } = note;
  // Without either the API broke its own rule; an empty id shows that plainly.
  return { ...rest, id: idOf(note) ?? "" };
}
