import type { ListName } from "./model/model-change.ts";

/** `{ paging, results: […] }`, `{ paging, contacts: […] }` after the resource, or a bare array. */
export type Envelope = "results" | "named" | "array";

export interface PagingMember {
  readonly limit: number;
  readonly total: number;
  readonly offset: number;
}

const names: Record<ListName, string> = {
  users: "users",
  sites: "sites",
  chatbots: "chatbots",
  contacts: "contacts",
  contactNotes: "notes",
  contactMessages: "messages",
  contactHistory: "history",
  conversations: "conversations",
  conversationMessages: "messages",
};

/** The text of a page: records' texts in their envelope. */
export function wrap(list: ListName, envelope: Envelope, paging: PagingMember, records: readonly string[]): string {
  const array = `[${records.join(",")}]`;
  if (envelope === "array") return array;
  return `{"paging":${JSON.stringify(paging)},"${envelope === "named" ? names[list] : "results"}":${array}}`;
}
