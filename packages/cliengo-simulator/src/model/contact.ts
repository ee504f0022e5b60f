import { writeDate } from "../date-forms.ts";
import { exactNumber, type ExactNumber } from "../exact-number.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { Random, streamOf } from "../random.ts";
import { sampleAmount, sampleCoordinate, sampleHugeInteger } from "../sample-numbers.ts";
import { sampleCity, sampleSentence } from "../sample-texts.ts";
import { generatedSource } from "./generated-source.ts";
import { freeFormMap } from "./lead-fields.ts";
import { person } from "./person.ts";
import type { RecordSource } from "./record-list.ts";
import { accountId, siteId, siteTitle, userId, type World } from "./world.ts";

const stream = streamOf("contacts");
const day = 86_400_000;

/** A contact, as `GET /contacts` answers it. Any member but those named here as required may be missing or null. */
export interface Contact {
  readonly id: string;
  readonly accountId: string;
  readonly creationDate: string;
  readonly lastUpdateDate?: string | null;
  readonly websiteId?: string;
  readonly name?: string | null;
  readonly lastName?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly message?: string | null;
  readonly status: string;
  readonly rating?: number | ExactNumber | null;
  /** A user's id, or an object about the user. */
  readonly assignedTo?: string | JsonObject | null;
  readonly leadFields?: JsonObject | null;
  readonly [member: string]: JsonValue | undefined;
}

/** Contacts, newest first, created at `dates`. */
export function contactSource(world: World, dates: Float64Array): RecordSource<Contact> {
  const created = (index: number): number => dates[index] ?? 0;
  return generatedSource<Contact>({
    seed: world.seed,
    stream,
    size: dates.length,
    created,
    make: (index, id) => makeContact(world, index, id, created(index)),
  });
}

function makeContact(world: World, index: number, id: string, created: number): Contact {
  const random = new Random(world.seed, stream, index);
  const site = world.sites === 0 ? undefined : random.integer(0, world.sites - 1);
  const who = person(world, index);
  const status = random.pick(["NEW", "NEW", "NEW", "ACTIVE", "ACTIVE", "LONG_TERM", "CLIENT", "DISCARDED"]);
  return {
    id,
    accountId: accountId(world),
    accountName: "Demo Ñandú S.A.",
    ...(site === undefined ? {} : { websiteId: siteId(world, site), websiteName: siteTitle(site) }),
    name: random.chance(0.05) ? "" : who.name,
    ...optional(random, "lastName", who.lastName),
    ...optional(random, "email", who.email),
    ...optional(random, "phone", who.phone),
    ...optional(random, "message", sampleSentence(random, world.hostileText)),
    ...(random.chance(0.3) ? { age: age(random) } : {}),
    status,
    ...(random.chance(0.5) ? { subStatus: random.pick(["", "CONTACTED", "no responde"]) } : {}),
    rating: rating(random),
    creationDate: writeDate(created, random.integer(0, 4)),
    ...lastUpdate(random, created, world.now),
    entryMethod: random.pick(["WHATSAPP", "FB_LEADADS", "FORM", "CHATBOT", "API", "ZAPIER"]),
    ...(random.chance(0.7) ? { medium: "organic", mediumTranslate: "Orgánico" } : {}),
    ...campaign(random),
    duplicatedContact: random.chance(0.08),
    ...(random.chance(0.6) ? { geoip: geoip(random) } : {}),
    ...(random.chance(0.6)
      ? { conversionUrl: `https://site${site ?? 0}.example.com/gracias?x=${random.integer(1, 99)}#ñ` }
      : {}),
    ...(random.chance(0.6) ? { landingUrl: `https://site${site ?? 0}.example.com/` } : {}),
    ...(random.chance(0.3)
      ? { referalUrl: random.pick(["https://www.google.com/", "", "android-app://com.google"]) }
      : {}),
    ...assignee(random, world),
    leadFields: random.chance(0.1) ? null : freeFormMap(random, world.hostileText),
    ...(random.chance(0.1) ? { extraParams: freeFormMap(random, world.hostileText) } : {}),
    ...(status === "CLIENT" ? sale(random) : {}),
    ...lists(random, world, created),
  };
}

/** The member with its value, with null, empty, or not there at all. */
function optional(random: Random, member: string, value: string): JsonObject {
  const dice = random.next();
  if (dice < 0.06) return {};
  if (dice < 0.12) return { [member]: null };
  return { [member]: dice < 0.16 ? "" : value };
}

function age(random: Random): number | ExactNumber | null {
  const years = random.integer(17, 90);
  return random.pick<number | ExactNumber | null>([
    years,
    years,
    years,
    exactNumber(`${years}.5`),
    exactNumber(`${years}.0`),
    null,
  ]);
}

function rating(random: Random): number | ExactNumber | null {
  const odd = random.pick(["0.1", "1.10", "4.50", "3.333333333333333333", "5.0", "5e0"]);
  return random.chance(0.75) ? random.integer(0, 5) : random.chance(0.5) ? exactNumber(odd) : null;
}

function lastUpdate(random: Random, created: number, now: number): JsonObject {
  const dice = random.next();
  if (dice < 0.1) return {};
  if (dice < 0.2) return { lastUpdateDate: null };
  // Halves of the remaining time: most edits come soon, some years later.
  const updated = created + Math.floor((now - created) * random.next() ** 6);
  return { lastUpdateDate: writeDate(random.chance(0.3) ? created : updated, random.integer(0, 4)) };
}

function campaign(random: Random): JsonObject {
  if (random.chance(0.6)) return {};
  return {
    utmCampaign: random.pick(["verano_2026", "Black Friday!", ""]),
    utmContent: null,
    utmMedium: "cpc",
    utmTerm: random.pick(["autos usados", "+plan", "%C3%B1"]),
    ...(random.chance(0.5) ? { utmSource: "google" } : {}),
  };
}

function geoip(random: Random): JsonObject {
  return {
    city: sampleCity(random),
    ...(random.chance(0.8) ? { state: random.pick(["C", "B", "Río Negro", ""]) } : {}),
    country: random.pick(["AR", "BR", "MX", null]),
    ...(random.chance(0.5) ? { latitude: sampleCoordinate(random, 54), longitude: sampleCoordinate(random, 70) } : {}),
  };
}

function assignee(random: Random, world: World): JsonObject {
  const user = random.integer(0, world.users - 1);
  const dice = random.next();
  if (dice < 0.3) return {};
  if (dice < 0.4) return { assignedTo: null };
  if (dice < 0.75) return { assignedTo: userId(world, user) };
  return { assignedTo: { id: userId(world, user), name: `Operador ${user}`, email: `user${user}@example.com` } };
}

function sale(random: Random): JsonObject {
  return {
    sellPrice: sampleAmount(random, 250_000),
    sellSuscription: random.pick(["ONE_TIME", "MONTHLY_SUSCRIPTION", "YEARLY_SUSCRIPTION", "OTHER_SELL_TYPE"]),
    ...(random.chance(0.3) ? { dueDate: null } : {}),
  };
}

/** Lists of scalars, lists of objects, and lists within those. */
function lists(random: Random, world: World, created: number): JsonObject {
  const calls = random.chance(0.85) ? 0 : random.integer(1, 3);
  const logs = random.integer(0, 3);
  return {
    ...(random.chance(0.8)
      ? { notes: random.chance(0.7) ? [] : [sampleSentence(random, world.hostileText), "nota"] }
      : {}),
    calls: Array.from({ length: calls }, (_, call) => ({
      callId: sampleHugeInteger(random),
      date: writeDate(created + call * day, random.integer(0, 4)),
      duration: random.chance(0.5) ? random.integer(1, 900) : exactNumber(`${random.integer(1, 900)}.25`),
      ...(random.chance(0.3) ? { recordings: [`https://cdn.example.com/${random.hex(8)}.ogg`] } : {}),
    })),
    logs: Array.from({ length: logs }, () => ({
      type: random.pick(["STATUS", "EMAIL", "ASSIGN"]),
      text: random.chance(0.2) ? null : sampleSentence(random, world.hostileText),
      ...(random.chance(0.3)
        ? {
            changes: [
              { field: "status", values: ["NEW", "ACTIVE"] },
              { field: "rating", values: [] },
            ],
          }
        : {}),
    })),
  };
}
