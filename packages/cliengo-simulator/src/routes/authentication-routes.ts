import { jsonAnswer } from "../answer.ts";
import type { Route } from "./route.ts";

export const authenticationRoutes: readonly Route[] = [
  {
    operationId: "exchangeJwt",
    method: "GET",
    path: "/jwt",
    open: true,
    handle: ({ authentication, apiKey }) => jsonAnswer(200, { jwt: authentication.exchange(apiKey) }),
  },
];
