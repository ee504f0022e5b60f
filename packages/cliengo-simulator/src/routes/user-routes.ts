import { jsonAnswer } from "../answer.ts";
import { notFound } from "../api-error.ts";
import { param, type Route } from "./route.ts";

export const userRoutes: readonly Route[] = [
  {
    operationId: "listUsers",
    method: "GET",
    path: "/users",
    handle: ({ lists, request, fault, model }) => lists.page(request, fault, "users", model.users),
  },
  {
    operationId: "getCurrentUser",
    method: "GET",
    path: "/users/me",
    handle: ({ model }) => jsonAnswer(200, model.owner),
  },
  {
    operationId: "getUser",
    method: "GET",
    path: "/users/:userId",
    handle(call) {
      const id = param(call, "userId");
      const user = call.model.users.get(id);
      if (user === undefined) throw notFound("user", id);
      return jsonAnswer(200, user);
    },
  },
];
