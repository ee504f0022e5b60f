import { blankSecretFields } from "../scan/blank-secret-fields.ts";
import { inspectPage } from "../scan/inspect-page.ts";
import { decodeTaggedRecords, encodeTaggedRecords } from "../scan/tagged-records.ts";
import type { JsonValue } from "../source/json-value.ts";
import { isPageBytes, type PageBytes } from "../source/page-bytes.ts";
import type { ParentRecord, Resource } from "../source/resource.ts";
import { YieldedValueError } from "./extract-errors.ts";
import type { LoggedPage } from "./load-package.ts";
import { omitSecretMembers } from "./omit-secret-members.ts";

/** A page that was checked and may be logged, with what was picked from it. */
export interface PageToLog {
  readonly page: Omit<LoggedPage, "sequence" | "resource" | "partition">;
  readonly records: number;
  /** What the children of this resource asked for, one entry a record. */
  readonly parents: readonly ParentRecord[];
}

/** So many records make a page when user code yields them one by one, or in one long list. */
const recordsInPage = 1000;

/** Turns what `read` yields into pages for the log. Records that come one by one are gathered: {@link finish} gives the last of them. */
export class PageMaker {
  readonly #secrets: ReadonlySet<string>;
  readonly #resource: Resource;
  readonly #wanted: readonly string[];
  #gathered: unknown[] = [];

  constructor(resource: Resource, wanted: readonly string[]) {
    this.#resource = resource;
    this.#wanted = wanted;
    this.#secrets = new Set(resource.secretFields);
  }

  *add(yielded: unknown): Generator<PageToLog, void, undefined> {
    if (isPageBytes(yielded)) {
      yield* this.finish();
      yield this.#fromBytes(yielded);
    } else if (Array.isArray(yielded)) {
      for (const record of yielded) yield* this.#gather(record);
      yield* this.finish();
    } else {
      yield* this.#gather(yielded);
    }
  }

  *finish(): Generator<PageToLog, void, undefined> {
    if (this.#gathered.length === 0) return;
    const records = this.#gathered;
    this.#gathered = [];
    const bytes = encodeTaggedRecords(records, this.#secrets);
    yield {
      page: { encoding: "tagged", at: [], fields: {}, bytes },
      records: records.length,
      // From what was encoded: there are no secrets in it any more.
      parents: this.#wanted.length === 0 ? [] : decodeTaggedRecords(bytes).map((record) => pick(record, this.#wanted)),
    };
  }

  *#gather(record: unknown): Generator<PageToLog, void, undefined> {
    if (typeof record !== "object" || record === null || Array.isArray(record)) {
      const what = record === null ? "null" : Array.isArray(record) ? "a list in a list" : `a ${typeof record}`;
      throw new YieldedValueError(`it yielded ${what}: yield records (objects), lists of records, or pageBytes(…)`);
    }
    this.#gathered.push(record);
    if (this.#gathered.length >= recordsInPage) yield* this.finish();
  }

  #fromBytes({ bytes: received, at, fields, request }: PageBytes): PageToLog {
    // First of all: what is picked for the children goes to disk too.
    const bytes = blankSecretFields(received, this.#resource.secretFields);
    const { records, wanted } = inspectPage(bytes, { at, wanted: this.#wanted });
    return {
      page: {
        encoding: "json",
        at,
        // The records' own members are blanked in the bytes; those of the page are left out.
        fields: omitSecretMembers(fields, this.#secrets),
        request,
        bytes,
      },
      records,
      parents: wanted,
    };
  }
}

/** The members that children asked for, as they will be after a way through a file. */
function pick(record: unknown, wanted: readonly string[]): ParentRecord {
  const picked: Record<string, JsonValue> = {};
  for (const name of wanted) {
    // Encoded from an object, which comes back as one, or as a Map.
    const value = record instanceof Map ? (record.get(name) as unknown) : Reflect.get(record as object, name);
    if (value !== undefined) picked[name] = asJson(value);
  }
  return picked;
}

function asJson(value: unknown): JsonValue {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  // Made by JSON.stringify, so it is one; what it leaves out is null.
  return JSON.parse(
    JSON.stringify(value, (_key, member: unknown) => {
      if (member instanceof Map) return Object.fromEntries(member);
      return typeof member === "bigint" ? String(member) : member;
    }) ?? "null",
  ) as JsonValue;
}
