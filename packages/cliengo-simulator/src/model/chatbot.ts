import { exactNumber, type ExactNumber } from "../exact-number.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { Random, streamOf } from "../random.ts";
import type { RecordSource } from "./record-list.ts";
import type { Site } from "./site.ts";
import { accountId, type World } from "./world.ts";

const stream = streamOf("chatbots");

/** The chat widget of a site; it has no id, `websiteId` is its key. */
export interface Chatbot {
  readonly websiteId: string;
  readonly companyId: string;
  /** A boolean for some sites, a string for others. */
  readonly askTimeToCall: boolean | string;
  readonly saluteTime: number | ExactNumber | null;
  readonly aditionalQuestions: readonly JsonObject[];
  readonly [member: string]: JsonValue | undefined;
}

/** One widget a site, under the site's id and in the sites' order. */
export function chatbotSource(world: World, sites: RecordSource<Site>): RecordSource<Chatbot> {
  return {
    size: sites.size,
    created: (index) => sites.created(index),
    id: (index) => sites.id(index),
    indexOf: (id) => sites.indexOf(id),
    newId: (index, created) => sites.newId(index, created),
    make: (index) => makeChatbot(world, sites.id(index), index),
  };
}

/** The widget of the site with this id and lasting number. */
export function makeChatbot(world: World, websiteId: string, number: number): Chatbot {
  const random = new Random(world.seed, stream, number);
  return {
    websiteId,
    companyId: accountId(world),
    countryId: random.pick(["AR", "BR", "MX"]),
    name: random.pick(["Gabriel", "Lucía 🤖", "بوت"]),
    windowTitle: "¿Necesitás ayuda?",
    color: `#${random.hex(6)}`,
    language: random.pick(["es", "en", "pt"]),
    type: "CHATBOT",
    widgetIcon: random.pick(["bubble", ""]),
    widgetStyle: "rounded",
    askTelephone: random.pick(["ALWAYS", "NEVER"]),
    askEmail: "ALWAYS",
    askDni: random.pick(["NEVER", ""]),
    askTimeToCall: number % 2 === 0 ? random.chance(0.5) : "NEVER",
    enabled: random.chance(0.8),
    cliengoMeetings: false,
    ...(random.chance(0.5) ? { globalTrigger: true } : {}),
    saluteTime: random.pick<number | ExactNumber | null>([5, exactNumber("2.50"), null]),
    aditionalQuestions: Array.from({ length: random.integer(0, 3) }, (_, position) => ({
      question: `¿Pregunta ${position}?`,
      required: random.chance(0.5),
      options:
        position === 0
          ? [
              { text: "Sí ✅", next: 2 },
              { text: "No", next: null },
            ]
          : [],
    })),
    defaultMsgs: { greeting: "¡Hola! 👋", goodbye: "Adiós", askEmail: "", "ask phone": "¿Tu teléfono?" },
    customMsgs: random.chance(0.5) ? { [`custom-${number}`]: "مرحبا" } : {},
    labs: {},
  };
}
