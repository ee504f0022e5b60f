import { accountRoutes } from "./account-routes.ts";
import { authenticationRoutes } from "./authentication-routes.ts";
import { chatbotRoutes } from "./chatbot-routes.ts";
import { contactChildRoutes } from "./contact-child-routes.ts";
import { contactRoutes } from "./contact-routes.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { messageRoutes } from "./message-routes.ts";
import type { Route } from "./route.ts";
import { siteRoutes } from "./site-routes.ts";
import { userRoutes } from "./user-routes.ts";

/** Every operation that the simulator answers. */
export const allRoutes: readonly Route[] = [
  ...authenticationRoutes,
  ...accountRoutes,
  ...userRoutes,
  ...siteRoutes,
  ...chatbotRoutes,
  ...contactRoutes,
  ...contactChildRoutes,
  ...conversationRoutes,
  ...messageRoutes,
];
