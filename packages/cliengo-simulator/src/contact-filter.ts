import { readDate } from "./date-filter.ts";
import type { Contact } from "./model/contact.ts";
import type { Settings } from "./settings.ts";

const textMembers = ["name", "lastName", "email", "phone", "message"] as const;

/** Says of a contact whether it passes the filters that need the record itself; undefined when there are none. */
export function contactFilter(
  query: Readonly<Record<string, string>>,
  settings: Settings,
): { key: string; passes: (contact: Contact) => boolean } | undefined {
  const tests: ((contact: Contact) => boolean)[] = [];
  const used: string[] = [];
  const add = (name: string, test: (value: string) => (contact: Contact) => boolean): void => {
    const value = query[name];
    if (value === undefined) return;
    tests.push(test(value));
    used.push(`${name}=${value}`);
  };
  add("status", (value) => (contact) => contact.status.toUpperCase() === value.toUpperCase());
  add("websiteId", (value) => (contact) => contact.websiteId === value);
  add("assignedTo", (value) => (contact) => assigneeOf(contact) === value);
  add(
    "query",
    (value) => (contact) => textMembers.some((member) => contact[member]?.toLowerCase().includes(value.toLowerCase())),
  );
  if (settings.lastUpdated !== "ignored") add("lastUpdated", (value) => updated(value, settings));
  if (tests.length === 0) return undefined;
  return { key: used.join("&"), passes: (contact) => tests.every((test) => test(contact)) };
}

function assigneeOf(contact: Contact): unknown {
  const { assignedTo } = contact;
  return typeof assignedTo === "object" && assignedTo !== null ? assignedTo.id : assignedTo;
}

function updated(value: string, settings: Settings): (contact: Contact) => boolean {
  const given = readDate("lastUpdated", value, settings);
  return ({ lastUpdateDate }) => {
    const instant = Date.parse(lastUpdateDate ?? "");
    return instant >= given.start && (settings.lastUpdated === "since" || instant < given.end);
  };
}
