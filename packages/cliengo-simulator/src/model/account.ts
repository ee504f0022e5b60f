import type { ExactNumber } from "../exact-number.ts";
import { writeDateAs } from "../date-forms.ts";
import { exactNumber } from "../exact-number.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { accountCreated, accountId, type World } from "./world.ts";

/** The account, as `GET /account` answers it. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly contactName: string;
  readonly taxId: string | null;
  readonly leadCount: number;
  readonly userCount: number;
  readonly planPrice: ExactNumber;
  readonly planLimits: readonly JsonObject[];
  readonly tags: JsonObject;
  readonly [member: string]: JsonValue | undefined;
}

export function makeAccount(world: World, contacts: number): Account {
  return {
    id: accountId(world),
    email: "demo@example.com",
    name: "Demo Ñandú S.A.",
    contactName: "Zoë D’Angelo",
    phone: "+541133261332",
    creationDate: writeDateAs(accountCreated(world), "milliseconds"),
    taxId: "30-12312312-8",
    taxIdName: "Microñandú S.A.",
    address: 'Zapiola 196\nPiso 3º "B"',
    whiteLabelId: null,
    leadCount: contacts,
    leadCountTotal: contacts + 12,
    leadLimit: 1200,
    userCount: world.users,
    language: "es",
    timeZone: "-03:00",
    countryId: "AR",
    planName: "Premium Plus",
    planShortName: "premium",
    planType: "",
    planCurrency: "USD",
    planFrequency: "MONTHLY",
    planPrice: exactNumber("149.90"),
    planLimits: [
      { unitType: "CONVERSATION", unitCount: 812, unitLimit: 1500, additionalUnits: 0, additionalRecurringUnits: 0 },
      { unitType: "HSM", unitCount: 12, unitLimit: exactNumber("9223372036854775807"), additionalUnits: null },
    ],
    hasSubscription: true,
    hasConversationPlan: false,
    freeTrialExpirationDate: "",
    chatUrl: "wss://chat.example.com/socket",
    labs: { newInbox: true, "beta.feature": false },
    quickstartSteps: { INSTALL: true, "invite-team": false },
    marketingCampaignsInfo: {},
    tags: { vip: "#ff0000", "sin respuesta": { color: "#00ff00", count: 3 } },
    communicationChannels: ["WEBSITE", "WHATSAPP"],
    scriptInstallTimestamp: exactNumber("1651363200123"),
  };
}

/** What `withFeatures=true` adds. */
export function planFeatures(): JsonObject[] {
  return [
    { id: "hsm", name: "HSM", value: true, entitlementName: "hsm-messages" },
    { id: "api", name: "API", value: true, entitlementName: "api-access" },
    { id: "sso", name: "Single sign-on", value: false, entitlementName: null },
  ];
}
