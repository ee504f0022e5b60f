import type { Answer } from "../answer.ts";
import { contactFilter } from "../contact-filter.ts";
import { readWindow } from "../date-filter.ts";
import type { Selection } from "../list-answers.ts";
import type { CliengoModel } from "../model/cliengo-model.ts";
import type { Settings } from "../settings.ts";
import type { Call, Route } from "./route.ts";

/** The last filters that had to look at every contact, and what they left; one list a model. */
const scans = new WeakMap<CliengoModel, Map<string, { version: number; positions: number[] }>>();
const mostScans = 8;

export const contactListRoute: Route = {
  operationId: "listContacts",
  method: "GET",
  path: "/contacts",
  handle: listContacts,
};

function listContacts({ model, settings, request, fault, lists }: Call): Answer {
  return lists.page(request, fault, "contacts", model.contacts, { selection: select(model, settings, request.query) });
}

/** Dates are found by bisection; other filters look at each contact between the dates once. */
function select(model: CliengoModel, settings: Settings, query: Readonly<Record<string, string>>): Selection {
  const window = readWindow(query.since, query.until, settings);
  const start = model.contacts.countCreatedFrom(window.before);
  const end = Math.max(start, model.contacts.countCreatedFrom(window.from));
  const range = `${start}-${end}`;
  const filter = contactFilter(query, settings);
  if (filter === undefined) return { key: range, size: end - start, position: (place) => start + place };

  const key = `${range}&${filter.key}`;
  const kept = scans.get(model) ?? new Map<string, { version: number; positions: number[] }>();
  scans.set(model, kept);
  let scan = kept.get(key);
  if (scan?.version !== model.journal.length) {
    const positions: number[] = [];
    for (let position = start; position < end; position++) {
      const contact = model.contacts.at(position);
      if (contact !== undefined && filter.passes(contact)) positions.push(position);
    }
    scan = { version: model.journal.length, positions };
    kept.delete(key);
    kept.set(key, scan);
    const [oldest] = kept.keys();
    if (kept.size > mostScans && oldest !== undefined) kept.delete(oldest);
  }
  const { positions } = scan;
  return { key, size: positions.length, position: (place) => positions[place] ?? -1 };
}
