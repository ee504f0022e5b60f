import { fieldHints } from "@typeload/cliengo-sdk";
import type { CliengoModel } from "@typeload/cliengo-simulator";
import { instantKey, jsonKey, parseExact } from "./exact-json.ts";

/** Rows by their address: the key of the root record, then the index in each list on the way: `c1/0/2`. */
export type ExpectedTable = Map<string, Map<string, unknown>>;

/** What the tables must hold, worked out from the simulator's model with nothing of the loader's. */
export function expectedTables(
  model: CliengoModel,
  resources: readonly (keyof typeof fieldHints)[],
): Map<string, ExpectedTable> {
  const tables = new Map<string, ExpectedTable>();
  for (const resource of resources) {
    for (const [record, fields] of recordsOf(model, resource)) {
      const row = { ...fields, ...(parseExact(record) as Record<string, unknown>) };
      addRow(tables, { resource, table: resource, address: addressOf(tables, resource, row), path: [], value: row });
    }
  }
  return tables;
}

/** The JSON texts of a resource's records as the lists answer them, with what the loader adds to each. */
function* recordsOf(
  model: CliengoModel,
  resource: keyof typeof fieldHints,
): Generator<[text: string, fields: Record<string, string>]> {
  const lists = {
    users: model.users,
    sites: model.sites,
    chatbots: model.chatbots,
    contacts: model.contacts,
    conversations: model.conversations,
  };
  const children = {
    contact_notes: [model.contacts, model.contactNotes, "contactId"],
    contact_messages: [model.contacts, model.contactMessages, "contactId"],
    contact_history: [model.contacts, model.contactHistory, "contactId"],
    conversation_messages: [model.conversations, model.conversationMessages, "conversationId"],
  } as const;
  if (resource === "account") yield [JSON.stringify(model.account), {}];
  else if (resource in lists) {
    const list = lists[resource as keyof typeof lists]; // just checked
    for (let position = 0; position < list.size; position += 1) yield [list.textAt(position) ?? "", {}];
  } else {
    const [parents, lists_, field] = children[resource as keyof typeof children]; // what is left
    for (const id of parents.ids()) {
      const list = lists_.of(id);
      for (let position = 0; position < (list?.size ?? 0); position += 1)
        yield [list?.textAt(position) ?? "", { [field]: id }];
    }
  }
}

/** The key of a record; without one, what it says, and the how-manieth it is of equal ones. */
function addressOf(tables: Map<string, ExpectedTable>, resource: string, row: Record<string, unknown>): string {
  const key = row["id"] ?? row["ID"] ?? (resource === "chatbots" ? row["websiteId"] : undefined);
  if (typeof key === "string") return key;
  return addressWithoutKey(
    tables.get(resource) ?? new Map(),
    jsonKey(row["contactId"]) + instantKey(String(row["creationDate"])) + jsonKey(row["message"] ?? null),
  );
}

export function addressWithoutKey(taken: ReadonlyMap<string, unknown>, content: string): string {
  for (let occurrence = 0; ; occurrence += 1)
    if (!taken.has(`${content}#${occurrence}`)) return `${content}#${occurrence}`;
}

interface Place {
  readonly resource: keyof typeof fieldHints;
  readonly table: string;
  readonly address: string;
  /** JSON path of the value in its record, with `[]` for elements of lists. */
  readonly path: readonly string[];
  readonly value: unknown;
}

function addRow(tables: Map<string, ExpectedTable>, place: Place): void {
  const cells = new Map<string, unknown>();
  const rows = tables.get(place.table) ?? new Map<string, Map<string, unknown>>();
  tables.set(place.table, rows);
  rows.set(place.address, cells);
  const { value } = place;
  if (typeof value !== "object" || value === null || value.constructor.name === "NumberText") cells.set("value", value);
  else if (Array.isArray(value)) addList(tables, place, "list", value);
  else addMembers(tables, place, cells, "", value);
}

function addMembers(
  tables: Map<string, ExpectedTable>,
  place: Place,
  cells: Map<string, unknown>,
  prefix: string,
  value: object,
): void {
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    const path = [...place.path, key];
    const column = prefix + columnName(key);
    if (isSecret(key)) continue;
    if (member === null || typeof member !== "object" || member.constructor.name === "NumberText")
      cells.set(column, member);
    else if (isFreeForm(place.resource, path)) cells.set(column, { json: member });
    else if (Array.isArray(member)) addList(tables, { ...place, path }, column, member);
    else addMembers(tables, { ...place, path }, cells, `${column}__`, member);
  }
}

function addList(tables: Map<string, ExpectedTable>, place: Place, column: string, list: readonly unknown[]): void {
  list.forEach((value, index) => {
    const table = `${place.table}__${column}`;
    addRow(tables, { ...place, table, address: `${place.address}/${index}`, path: [...place.path, "[]"], value });
  });
}

function isFreeForm(resource: keyof typeof fieldHints, path: readonly string[]): boolean {
  return fieldHints[resource].some((hint) => hint.type === "json" && hint.path.join(".") === path.join("."));
}

function isSecret(key: string): boolean {
  return ["wavyAccessToken", "fbPageAccessToken"].includes(key);
}

/** dlt's snake_case for the plain keys that Cliengo has. */
export function columnName(key: string): string {
  return key
    .replace(/[^A-Za-z0-9_]/g, "_")
    .replace(/([^_])([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
