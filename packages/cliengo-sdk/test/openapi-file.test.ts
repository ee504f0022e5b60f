import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { certainties, readOpenApiDocument, resolveSchema, type SchemaObject } from "../generate/openapi-document.ts";
import { operations, schemaMembers } from "./openapi-file.expected.ts";

const document = await readOpenApiDocument(new URL("../../../openapi/cliengo.openapi.yaml", import.meta.url));
const schemas = document.components.schemas;

interface Stated {
  readonly "x-certainty"?: string;
  readonly "x-source"?: string;
}
interface Operation extends Stated {
  readonly operationId?: string;
  readonly parameters?: readonly (Stated & { readonly $ref?: string; readonly name?: string })[];
}

function schemaNamed(name: string): SchemaObject {
  return resolveSchema(document, { $ref: `#/components/schemas/${name}` });
}

/** Every object of the file with the way to it. */
function* objectsOf(value: unknown, way = ""): Generator<[string, Readonly<Record<string, unknown>>]> {
  if (typeof value !== "object" || value === null) return;
  // An array counts as an object with indexes as names, which is what a walk wants.
  if (!Array.isArray(value)) yield [way, value as Readonly<Record<string, unknown>>];
  for (const [name, member] of Object.entries(value)) yield* objectsOf(member, `${way}/${name}`);
}

/** Every member that a schema or an object inside it declares. */
function* membersOf(schema: SchemaObject, way: string): Generator<[string, SchemaObject]> {
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    yield [`${way}.${name}`, member];
    yield* membersOf(member, `${way}.${name}`);
  }
  if (schema.items) yield* membersOf(schema.items, `${way}[]`);
  for (const branch of schema.anyOf ?? []) yield* membersOf(branch, way);
}

const allMembers = Object.entries(schemas).flatMap(([name, schema]) => [...membersOf(schema, name)]);

// A program that reads the file to decide how far to trust a fact (the docs, the type comments, the loader's hints)
// would take a missing statement for a sure one.
function unstated(entries: readonly (readonly [string, Stated])[]): string[] {
  const known: readonly unknown[] = certainties;
  return entries
    .filter(
      ([, { "x-certainty": certainty, "x-source": source }]) =>
        !known.includes(certainty) || !source || source.includes("\n"),
    )
    .map(([way]) => way);
}

describe("operations", () => {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    // The lint gate holds the form of an operation.
    Object.entries(item).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation as Operation] as const,
    ),
  );

  test("are all there under the names the client calls them by", () => {
    // A renamed operationId renames exported types; a lost path loses a method of the client.
    const found = Object.fromEntries(all.map(([way, { operationId }]) => [operationId, way]));
    expect(found).toEqual(operations);
  });

  test("each say how sure they are, in one line", () => {
    expect(unstated(all)).toEqual([]);
  });

  test("have parameters that each say how sure they are", () => {
    const inline = all.flatMap(([way, { parameters }]) =>
      (parameters ?? [])
        .filter(({ $ref }) => $ref === undefined)
        .map((parameter) => [`${way} ${parameter.name}`, parameter] as const),
    );
    const named = [...objectsOf(document)].filter(([way]) => /^\/components\/parameters\/\w+$/.test(way));
    expect(inline.length).toBeGreaterThan(8);
    expect(named.map(([way]) => way)).toContain("/components/parameters/limit");
    expect(unstated([...inline, ...named])).toEqual([]);
  });

  test("take the key in the query first, and a token as the other way", () => {
    // The first requirement is what code generators and mock servers use by default.
    const file = Object.fromEntries(objectsOf(document));
    expect(file[""]?.["security"]).toEqual([{ apiKey: [] }, { jwt: [] }]);
    expect(file["/components/securitySchemes/apiKey"]).toMatchObject({
      type: "apiKey",
      in: "query",
      name: "api_key",
      "x-secret": true,
    });
    expect(file["/components/securitySchemes/jwt"]).toMatchObject({ type: "http", scheme: "bearer", "x-secret": true });
  });

  test("refuse an offset above 1000 for contacts only, where it was measured", () => {
    const limits = [...objectsOf(document)]
      .filter(([, { name, in: where }]) => name === "offset" && where === "query")
      // Lint holds the form of a parameter.
      .map(([way, parameter]) => [way, (parameter["schema"] as { maximum?: number }).maximum]);
    expect(Object.fromEntries(limits)).toEqual({
      "/components/parameters/offset": undefined,
      "/paths//contacts/get/parameters/1": 1000,
    });
  });
});

describe("schemas", () => {
  test.each(Object.entries(schemaMembers))("%s has its members and requires only its key", (name, expected) => {
    // A member that is missing here is missing from the type; one wrongly required promises what nobody has seen.
    const schema = schemaNamed(name);
    expect(Object.keys(schema.properties ?? {}).toSorted()).toEqual(expected.members.split(" ").toSorted());
    expect(schema.required ?? []).toEqual(expected.required);
  });

  test("state at each member how sure it is, in one line", () => {
    expect(allMembers.length).toBeGreaterThan(300);
    expect(unstated(allMembers)).toEqual([]);
  });

  test("close nothing: an unknown member must never break a reader", () => {
    const closed = [...objectsOf(document)].filter(
      ([, schema]) => schema["additionalProperties"] === false || "unevaluatedProperties" in schema,
    );
    expect(closed).toEqual([]);
  });

  test("let every member of a record but its key be null", () => {
    const strict = Object.values(schemas)
      .filter((schema) => schema["x-resource"] !== undefined)
      .flatMap((schema) => Object.entries(schema.properties ?? {}).filter(([name]) => !schema.required?.includes(name)))
      .filter(
        ([, member]) => ![member.type ?? [], member.anyOf?.map(({ type }) => type) ?? []].flat(2).includes("null"),
      );
    expect(strict).toEqual([]);
  });

  test("mark credentials, and nothing else, as secret", () => {
    // An unmarked token would be logged and loaded; a marked ordinary member would be blanked in the data.
    const secret = allMembers.filter(([, member]) => member["x-secret"] === true).map(([way]) => way);
    expect(secret.toSorted()).toEqual([
      "JwtAnswer.jwt",
      "Site.fbPageAccessToken",
      "Site.wavyAccessToken",
      "SiteUpdate.fbPageAccessToken",
      "SiteUpdate.wavyAccessToken",
    ]);
  });

  test("mark maps whose keys are data as free-form, and leave them open", () => {
    const freeForm = allMembers.filter(([, member]) => member["x-free-form"] === true);
    expect(freeForm.map(([way]) => way)).toEqual(
      expect.arrayContaining([
        "Contact.leadFields",
        "ContactUpdate.extraParams",
        "Conversation.conversationContext",
        "Site.labs",
      ]),
    );
    expect(freeForm.filter(([, member]) => !member.additionalProperties)).toEqual([]);
  });
});

describe("values", () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, "cliengo");
  const accepts = (name: string, value: unknown) =>
    ajv.validate({ $ref: `cliengo#/components/schemas/${name}` }, value);

  test("every enum is open: a value that is added tomorrow is still valid", () => {
    const open = Object.entries(schemas).filter(([, schema]) => schema["x-open-enum"] === true);
    expect(open.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        "ContactStatus",
        "EntryMethod",
        "SellSubscription",
        "ConversationChannel",
        "SiteType",
        "MessageType",
        "UserPermission",
      ]),
    );
    for (const [name] of open) {
      expect([name, accepts(name, "ADDED_TOMORROW"), accepts(name, 7)]).toEqual([name, true, false]);
    }
    const places = [...objectsOf(document)].filter(([, schema]) => "enum" in schema).map(([way]) => way);
    const openPlaces = open.map(([name]) => `/components/schemas/${name}/anyOf/0`);
    expect(places.toSorted()).toEqual(openPlaces.toSorted());
  });

  test("the web channel has its two names, each in its own place", () => {
    expect(schemaNamed("ConversationChannel").anyOf?.[0]?.enum).toContain("WEB");
    expect(schemaNamed("SiteType").anyOf?.[0]?.enum).toContain("WEBSITE");
  });

  const contact = { id: "1", status: "NEW", added: { tomorrow: true } };
  test.each([
    ["results with paging", true, { paging: { limit: 50, offset: 0, total: 1 }, results: [contact] }],
    ["results alone", true, { results: [] }],
    ["the resource's name", true, { contacts: [contact] }],
    ["a bare array", true, [contact]],
    ["extra members beside the list", true, { paging: { page: 1, more: true }, results: [], more: 1 }],
    ["an error object", false, { detail: "no" }],
    ["a record without its key", false, { results: [{ name: "no id" }] }],
    ["text", false, "no"],
  ])("a list of contacts as %s: %s", (_form, valid, value) => {
    expect(accepts("ContactList", value)).toBe(valid);
  });

  test.each([
    ["UserList", "users"],
    ["SiteList", "sites"],
    ["SiteList", "websites"],
    ["ChatbotList", "chatbots"],
    ["ContactNoteList", "notes"],
    ["ContactMessageList", "messages"],
    ["ContactHistoryEntryList", "history"],
    ["ConversationList", "conversations"],
    ["MessageList", "messages"],
  ])("%s accepts all envelopes, %s among them", (name, member) => {
    expect([{ results: [] }, { [member]: [] }, [], {}].map((value) => accepts(name, value))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test("what sources disagree about is accepted in every form", () => {
    const forms = [
      accepts("Contact", { id: "1", assignedTo: "user" }),
      accepts("Contact", { id: "1", assignedTo: { name: "Ana" } }),
      accepts("Contact", { id: "1", assignedTo: null }),
      accepts("Contact", { id: "1", assignedTo: 7 }),
      accepts("Chatbot", { websiteId: "1", askTimeToCall: true }),
      accepts("Chatbot", { websiteId: "1", askTimeToCall: "after" }),
      accepts("ContactNote", { ID: "1" }),
      accepts("ContactNote", { id: "1" }),
      accepts("Message", { id: "1", sentAt: "2026-01-01T00:00:00Z", sendAt: null }),
    ];
    expect(forms).toEqual([true, true, true, false, true, true, true, true, true]);
  });

  test("an error is a loose object or text", () => {
    const bodies = [{ detail: "x" }, {}, { code: 7, status: "error", extra: [] }, "x", 7];
    expect(bodies.map((body) => accepts("ErrorAnswer", body))).toEqual([true, true, true, true, false]);
  });
});
