import type { ListChange } from "./record-list.ts";

/** The lists of the model. */
export type ListName =
  | "users"
  | "sites"
  | "chatbots"
  | "contacts"
  | "contactNotes"
  | "contactMessages"
  | "contactHistory"
  | "conversations"
  | "conversationMessages";

/** What can change in the model. */
export type ModelListName = ListName | "account";

/** One change of the model, by a request or by a script. */
export interface ModelChange {
  readonly change: ListChange;
  readonly list: ModelListName;
  readonly id: string;
  /** Of a list that belongs to a record: that record's id. */
  readonly parentId?: string;
}
