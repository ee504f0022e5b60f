import { writeDate } from "../date-forms.ts";
import type { JsonValue } from "../json-value.ts";
import { Random, streamOf } from "../random.ts";
import { sampleTags } from "../sample-texts.ts";
import { channelTokens } from "./channel-tokens.ts";
import { generatedSource } from "./generated-source.ts";
import type { RecordSource } from "./record-list.ts";
import { accountId, siteCreated, siteId, siteTitle, type World } from "./world.ts";

const stream = streamOf("sites");

/** A site ("website" in places), as `GET /sites` answers it. The two tokens are secrets. */
export interface Site {
  readonly id: string;
  readonly companyId: string;
  readonly title: string;
  readonly url: string;
  readonly wavyAccessToken?: string | null;
  readonly fbPageAccessToken?: string | null;
  readonly [member: string]: JsonValue | undefined;
}

/** Sites, newest first. */
export function siteSource(world: World): RecordSource<Site> {
  const numberOf = (index: number): number => world.sites - 1 - index;
  const source = generatedSource<Site>({
    seed: world.seed,
    stream,
    size: world.sites,
    created: (index) => siteCreated(world, numberOf(index)),
    make: (index) => makeSite(world, numberOf(index)),
  });
  return {
    ...source,
    id: (index) => siteId(world, numberOf(index)),
    // Sites are few: looking through them is cheap.
    indexOf: (id) => {
      for (let index = 0; index < world.sites; index++) if (siteId(world, numberOf(index)) === id) return index;
      return undefined;
    },
  };
}

function makeSite(world: World, number: number): Site {
  const random = new Random(world.seed, stream, number);
  const title = siteTitle(number);
  return {
    id: siteId(world, number),
    companyId: accountId(world),
    title,
    // The vendor's own code writes the title into `url`.
    url: random.chance(0.3) ? title : `https://site${number}.example.com/?utm_source=a&b=ñ`,
    email: random.chance(0.8) ? `site${number}@example.com` : null,
    creationDate: writeDate(siteCreated(world, number), random.integer(0, 4)),
    enableChat: random.chance(0.9),
    deleted: number > 0 && random.chance(0.1),
    scriptInstalled: random.chance(0.7),
    isWhatsAppChat: random.chance(0.3),
    activeWebsiteEmails: random.chance(0.5),
    webScriptWasCopied: random.chance(0.5),
    isWhatsAppApi: random.chance(0.3),
    ...(random.chance(0.6) ? { isWhatsAppBusiness: random.chance(0.5), isWhatsAppLite: null } : {}),
    tags: sampleTags(random, 3),
    availableSmartTriggers: random.chance(0.5) ? ["EXIT_INTENT", "SCROLL"] : [],
    assignPriority: ["TRIGGER", "INTERVENED", "ROUND_ROBIN"].slice(0, random.integer(0, 3)),
    autoAssign: random.chance(0.5) ? [] : ["ROUND_ROBIN"],
    labs: { [`flag_${number}`]: true },
    activeEmailEvents: { newLead: random.chance(0.5), "daily-summary": false },
    whatsAppApiStatus: random.chance(0.5) ? "CONNECTED" : "",
    type: random.pick(["WEBSITE", "WHATSAPP", "FACEBOOK", "INSTAGRAM", "WSPLITE", "EXTERNAL"]),
    externalId: random.chance(0.5) ? random.hex(10) : null,
    whatsappNumber: random.chance(0.4) ? "+5491133261332" : "",
    ...channelTokens(world.seed, number),
  };
}
