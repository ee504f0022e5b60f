import { isExactNumber, startCliengoSimulator, type CliengoSimulator } from "@typeload/cliengo-simulator";
import { afterAll, beforeAll, expect, test } from "vitest";

// What a loader must be able to take is in the data of any fair size, not only in that of one seed.
const seeds = [1, 2, 3];
const simulators: CliengoSimulator[] = [];
beforeAll(async () => {
  for (const seed of seeds) simulators.push(await startCliengoSimulator({ seed, contacts: 600, conversations: 150 }));
});
afterAll(async () => {
  for (const simulator of simulators) await simulator.close();
});

type Row = Readonly<Record<string, unknown>>;

interface Table {
  readonly rows: readonly Row[];
  readonly text: string;
}

function table(
  list:
    | { readonly size: number; at(place: number): object | undefined; textAt(place: number): string | undefined }
    | undefined,
): Table {
  const places = Array.from({ length: list?.size ?? 0 }, (_, place) => place);
  return {
    rows: places.map((place) => ({ ...list?.at(place) })),
    text: places.map((place) => list?.textAt(place)).join("\n"),
  };
}

function contacts(simulator: CliengoSimulator): Table {
  return table(simulator.model.contacts);
}

function join(tables: readonly Table[]): Table {
  return { rows: tables.flatMap(({ rows }) => rows), text: tables.map(({ text }) => text).join("\n") };
}

function messages({ model }: CliengoSimulator): Table {
  return join([...model.conversations.ids()].map((id) => table(model.conversationMessages.of(id))));
}

function eachSeed(check: (simulator: CliengoSimulator) => void): void {
  for (const simulator of simulators) check(simulator);
}

function states(rows: readonly Row[], member: string): Set<string> {
  return new Set(
    rows.map((row) =>
      member in row ? (row[member] === null ? "null" : row[member] === "" ? "empty" : typeof row[member]) : "missing",
    ),
  );
}

test("members are missing, null, empty and there", () =>
  eachSeed((simulator) => {
    const { rows } = contacts(simulator);
    for (const member of ["lastName", "email", "phone", "message"]) {
      expect(states(rows, member), member).toEqual(new Set(["missing", "null", "empty", "string"]));
    }
    expect(states(rows, "assignedTo")).toEqual(new Set(["missing", "null", "string", "object"]));
    expect(states(rows, "lastUpdateDate")).toEqual(new Set(["missing", "null", "string"]));
    expect(states(rows, "leadFields")).toEqual(new Set(["null", "object"]));
  }));

test("numbers keep spellings that a double would bend", () =>
  eachSeed((simulator) => {
    const { text } = contacts(simulator);
    for (const number of [
      "9007199254740993",
      "9223372036854775807",
      "-9223372036854775808",
      "18446744073709551615",
      "1.10",
      "0.1",
      "1e3",
    ]) {
      expect(new RegExp(`[:,[]${number.replace(".", "\\.")}[,\\]}]`).test(text), number).toBe(true);
    }
    expect(/"sellPrice":\d+\.\d0[,}]/.test(text)).toBe(true);
    expect(/"latitude":-\d+\.\d{18}/.test(text)).toBe(true);
    const calls = [...text.matchAll(/"callId":(\d+)/g)].map(([, digits]) => BigInt(digits ?? 0));
    expect(calls.length).toBeGreaterThan(50);
    expect(calls.every((id) => id > 2n ** 53n && id < 2n ** 63n && BigInt(Number(id)) !== id)).toBe(true);
    const ratings = contacts(simulator).rows.map(({ rating }) => rating);
    expect(ratings.some((rating) => Number.isInteger(rating))).toBe(true);
    expect(ratings.some(isExactNumber)).toBe(true);
    // Decimals are not only where the list begins, or only where it ends.
    expect(ratings.slice(0, 300).some(isExactNumber) && ratings.slice(300).some(isExactNumber)).toBe(true);
  }));

test("free-form maps have ever other keys, and keys that make bad column names", () =>
  eachSeed((simulator) => {
    const keys = new Set(contacts(simulator).rows.flatMap(({ leadFields }) => Object.keys(leadFields ?? {})));
    expect(keys.size).toBeGreaterThan(60);
    for (const key of [
      "fecha de ingreso",
      "utm.source",
      "¿Tiene auto?",
      "1st_choice",
      "presupuesto",
      "Presupuesto",
      "select",
      "",
    ])
      expect(keys).toContain(key);
    expect(states(contacts(simulator).rows, "extraParams")).toEqual(new Set(["missing", "object"]));
    expect(states(table(simulator.model.conversations).rows, "conversationContext")).toEqual(
      new Set(["null", "object"]),
    );
  }));

test("texts are of many scripts, with emoji, quotes and line ends, some spelled with escapes", () =>
  eachSeed((simulator) => {
    const { text } = contacts(simulator);
    for (const part of [
      "👩‍👩‍👧‍👦",
      "مرحبا",
      "שלום",
      "価格",
      'comillas \\"dobles\\"',
      "\\nlínea dos\\r\\n\\t",
      "e\u0301",
      "\u2028",
      "\\u00e9",
      "\\/",
      "\\ud83d\\ude4f",
    ]) {
      expect(text.includes(part), part).toBe(true);
    }
    expect(text.includes("\\u0000")).toBe(false);
  }));

test("texts that databases refuse come only when asked for", async () => {
  await using hostile = await startCliengoSimulator({ contacts: 600, hostileText: true });
  const { text } = contacts(hostile);
  for (const part of ["\\u0000", "\\ud800", "x".repeat(200_000)])
    expect(text.includes(part), part.slice(0, 10)).toBe(true);
});

test("dates are spelled in all forms, with and without a part of a second", () =>
  eachSeed((simulator) => {
    const dates = contacts(simulator).rows.map(({ creationDate }) => String(creationDate));
    for (const form of [/\.000Z$/, /\.\d\d[1-9]Z$/, /:\d\dZ$/, /:\d\d\+00:00$/, /:\d\d-00:00$/, /:\d\d-03:00$/]) {
      expect(
        dates.some((date) => form.test(date)),
        String(form),
      ).toBe(true);
    }
    expect(dates.every((date) => !Number.isNaN(Date.parse(date)))).toBe(true);
  }));

test("contacts are spread over three years, with one very full day", () =>
  eachSeed((simulator) => {
    const created = contacts(simulator).rows.map(({ creationDate }) => Date.parse(String(creationDate)));
    const days = new Map<number, number>();
    for (const date of created)
      days.set(Math.floor(date / 86_400_000), (days.get(Math.floor(date / 86_400_000)) ?? 0) + 1);
    expect(Math.max(...days.values())).toBeGreaterThanOrEqual(48);
    expect((Math.max(...created) - Math.min(...created)) / 86_400_000).toBeGreaterThan(900);
    expect(Math.max(...created)).toBeLessThan(Date.parse("2026-11-01"));
  }));

test("lists of scalars and of objects are nested into each other", () =>
  eachSeed((simulator) => {
    const { text } = contacts(simulator);
    for (const part of [
      '"changes":[{"field":"status","values":["NEW","ACTIVE"]}',
      '"recordings":["https:',
      '"notes":[]',
      '"logs":[]',
    ])
      expect(text.includes(part), part).toBe(true);
    const conversations = table(simulator.model.conversations).text;
    for (const part of [
      '"devices":[{"os":"Android","versions":["14","14.1"]}]',
      '"phaseHistory":[{',
      '"supportTicket":[{',
      '"tags":[]',
      '"operatorTags":["',
    ]) {
      expect(conversations.includes(part), part).toBe(true);
    }
    const said = messages(simulator).text;
    for (const part of [
      '"options":[{"text":"anidada"',
      '"attachments":[{',
      '"recipient_status":{"',
      '"recipient_status":{}',
    ])
      expect(said.includes(part), part).toBe(true);
  }));

test("a message's date is in sentAt, in sendAt, or in both", () =>
  eachSeed((simulator) => {
    const spellings = new Set(
      messages(simulator).rows.map((row) => ["sentAt", "sendAt"].filter((member) => member in row).join("+")),
    );
    expect(spellings).toEqual(new Set(["sentAt", "sendAt", "sentAt+sendAt"]));
  }));

test("the key of a note is ID; messages and history entries of contacts have none, and messages may be equal", () =>
  eachSeed((simulator) => {
    const { model } = simulator;
    const ids = [...model.contacts.ids()];
    const notes = join(ids.map((id) => table(model.contactNotes.of(id))));
    expect(notes.rows.length).toBeGreaterThan(100);
    for (const note of notes.rows) expect(note).toMatchObject({ ID: expect.stringMatching(/^[0-9a-f]{24}$/) });
    for (const note of notes.rows) expect(note).not.toHaveProperty("id");
    const said = ids.map((id) => table(model.contactMessages.of(id)));
    const history = join(ids.map((id) => table(model.contactHistory.of(id))));
    for (const row of [...join(said).rows, ...history.rows]) expect("id" in row || "ID" in row).toBe(false);
    expect(said.some(({ rows }) => rows.length === 2 && JSON.stringify(rows[0]) === JSON.stringify(rows[1]))).toBe(
      true,
    );
    expect(states(history.rows, "creator")).toEqual(new Set(["null", "object"]));
  }));

test("ids are unique over all lists, and names are not", () =>
  eachSeed((simulator) => {
    const { model } = simulator;
    const ids = [
      model.account.id,
      ...model.users.ids(),
      ...model.sites.ids(),
      ...model.contacts.ids(),
      ...model.conversations.ids(),
    ];
    for (const id of model.conversations.ids()) ids.push(...(model.conversationMessages.of(id)?.ids() ?? []));
    for (const id of model.contacts.ids()) ids.push(...(model.contactNotes.of(id)?.ids() ?? []));
    expect(new Set(ids).size).toBe(ids.length);
    const people = contacts(simulator).rows.map(({ name, lastName }) => `${String(name)} ${String(lastName)}`);
    expect(new Set(people).size).toBeLessThan(people.length);
    const addresses = contacts(simulator)
      .rows.map(({ email }) => email)
      .filter(Boolean);
    expect(new Set(addresses).size).toBeLessThan(addresses.length);
  }));

test("one member has two types over the chatbots", () =>
  eachSeed((simulator) => {
    expect(states(table(simulator.model.chatbots).rows, "askTimeToCall")).toEqual(new Set(["boolean", "string"]));
  }));
