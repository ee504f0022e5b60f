import { exactNumber } from "../exact-number.ts";
import type { JsonObject } from "../json-value.ts";

/** The plan, as `GET /account/plan` answers it. */
export function makeAccountPlan(): JsonObject {
  return {
    id: "premium-2",
    name: "Premium Plus",
    description: "Hasta 1200 leads por mes",
    imageUrl: "https://cdn.example.com/plans/premium.png",
    isAnnualPlan: false,
    integrationsAllowed: true,
    leadLimit: 1200,
    conversationLimit: 1500,
    websiteLimit: 10,
    userLimit: 25,
    priceARS: exactNumber("149900.00"),
    priceUSD: exactNumber("149.90"),
    priceBRL: exactNumber("749.5"),
    priceListARS: exactNumber("189900.10"),
    priceListUSD: 199,
    priceListBRL: exactNumber("1e3"),
    upgradePrice: null,
    planRemainingTime: { number: "12", translationKey: "days" },
    futurePlan: "",
    futurePlanChange: null,
    tier: "TIER_3",
  };
}
