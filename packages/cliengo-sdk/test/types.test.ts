import { describe, expectTypeOf, test } from "vitest";
import {
  type Account,
  type ApiOutput,
  Cliengo,
  type CliengoError,
  type CliengoOptions,
  type Contact,
  type ContactNote,
  type ContactStatus,
  type ContactWindow,
  type Conversation,
  type ConversationMessage,
  isCliengoError,
  type ListCall,
  type Page,
  type RawPage,
  type User,
} from "@typeload/cliengo-sdk";

// Never called: only its types matter.
const cliengo = (): Cliengo => new Cliengo({ apiKey: "never-used" });

test("an open enum offers its known values and takes any other", () => {
  expectTypeOf<"NEW">().toExtend<ContactStatus>();
  expectTypeOf<"SOMETHING_ELSE">().toExtend<ContactStatus>();
  expectTypeOf<number>().not.toExtend<ContactStatus>();
  // Plain `string` would swallow the known values that an editor completes.
  expectTypeOf<ContactStatus>().not.toEqualTypeOf<string>();
  expectTypeOf<Parameters<Cliengo["contacts"]["setStatus"]>[1]>().toEqualTypeOf<ContactStatus>();
});

test("a list is iterated, awaited and paged with the type of its records", () => {
  const list = () => cliengo().contacts.list({ since: "2026-01-01", status: "NEW", limit: 10, maxItems: undefined });
  expectTypeOf(list).returns.toExtend<ListCall<Contact>>();
  expectTypeOf(list).returns.toExtend<AsyncIterable<Contact>>();
  expectTypeOf<Awaited<ReturnType<typeof list>>>().toEqualTypeOf<Page<Contact>>();
  expectTypeOf<ReturnType<ReturnType<typeof list>["rawPages"]>>().toEqualTypeOf<AsyncIterable<RawPage>>();
  expectTypeOf(() => cliengo().contacts.windows()).returns.toEqualTypeOf<AsyncIterable<ContactWindow>>();
  expectTypeOf(() => cliengo().contacts.notes.list("c1")).returns.toEqualTypeOf<ListCall<ContactNote>>();
  expectTypeOf(() => cliengo().conversations.list()).returns.toEqualTypeOf<ListCall<Conversation>>();
  expectTypeOf(() => cliengo().conversations.messages.list("v1")).returns.toEqualTypeOf<
    ListCall<ConversationMessage>
  >();
  expectTypeOf(() => cliengo().conversations.count({ websiteId: "s1" })).returns.resolves.toEqualTypeOf<number>();
});

test("records have the members that the API is known to have", () => {
  expectTypeOf<Contact["id"]>().toEqualTypeOf<string>();
  expectTypeOf<Contact["email"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<ContactNote["id"]>().toEqualTypeOf<string>();
  expectTypeOf<ContactNote>().not.toHaveProperty("ID");
});

describe("the low-level call", () => {
  test("knows path, query, body and answer of each operation", () => {
    const { http } = cliengo();
    const call = () => http.request("GET", "/users/{userId}", { path: { userId: "u1" } });
    expectTypeOf(call).returns.resolves.toEqualTypeOf<User>();
    expectTypeOf<ApiOutput<"GET", "/account">>().toEqualTypeOf<Account>();
    expectTypeOf<ApiOutput<"POST", "/contacts">>().toEqualTypeOf<Contact>();
    const filtered = () => http.request("GET", "/contacts", { query: { since: "2026-01-01", status: undefined } });
    expectTypeOf(filtered).returns.toExtend<Promise<unknown>>();
  });

  test("refuses what the API does not have", () => {
    const { http } = cliengo();
    // @ts-expect-error -- no such path
    void (() => http.request("GET", "/nothing", {}));
    // @ts-expect-error -- no such verb there
    void (() => http.request("DELETE", "/account", {}));
    // @ts-expect-error -- the path needs its id
    void (() => http.request("GET", "/users/{userId}", {}));
    // @ts-expect-error -- a required member of the body is missing
    void (() => http.request("POST", "/contacts", { body: { name: "Ana" } }));
    // @ts-expect-error -- unknown query parameter
    void (() => http.request("GET", "/account", { query: { features: true } }));
    // @ts-expect-error -- only reads are given as bytes
    void (() => http.raw("/contacts/{contactId}/status", { path: { contactId: "c1" } }));
  });
});

test("errors narrow to the base, whose code is one of a list", () => {
  const narrow = (error: unknown): CliengoError["code"] | undefined => (isCliengoError(error) ? error.code : undefined);
  expectTypeOf(narrow).returns.not.toEqualTypeOf<string | undefined>();
  expectTypeOf<"ERR_CLIENGO_TIMEOUT">().toExtend<CliengoError["code"]>();
  expectTypeOf<"ERR_SOMETHING">().not.toExtend<CliengoError["code"]>();
});

test("`fetch` of the runtime is taken as it is", () => {
  expectTypeOf<typeof fetch>().toExtend<NonNullable<CliengoOptions["fetch"]>>();
});
