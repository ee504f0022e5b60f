import { jsonAnswer } from "../answer.ts";
import { planFeatures } from "../model/account.ts";
import { readMembers } from "../request-body.ts";
import type { Route } from "./route.ts";

export const accountRoutes: readonly Route[] = [
  {
    operationId: "getAccount",
    method: "GET",
    path: "/account",
    handle({ model, request }) {
      const features = request.query.withFeatures === "true" ? { planFeatures: planFeatures() } : {};
      return jsonAnswer(200, { ...model.account, ...features });
    },
  },
  {
    operationId: "updateAccount",
    method: "PUT",
    path: "/account",
    handle({ model, body }) {
      const members = readMembers(body(), { taxId: "string", name: "string", contactName: "string" });
      return jsonAnswer(
        200,
        model.editAccount((account) => ({ ...account, ...members })),
      );
    },
  },
  {
    operationId: "getAccountPlan",
    method: "GET",
    path: "/account/plan",
    handle: ({ model }) => jsonAnswer(200, model.accountPlan),
  },
];
