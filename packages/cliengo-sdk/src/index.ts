export { Cliengo } from "./cliengo.ts";
export type { CliengoOptions } from "./cliengo-options.ts";
export type { RequestOptions } from "./request-options.ts";

export type { ListBounds } from "./list/list-endpoint.ts";
export type { ListCall } from "./list/list-call.ts";
export type { Page } from "./list/page.ts";
export type { RawPage, RawPagesOptions } from "./list/raw-page.ts";
export type { ContactWindow, ContactWindowOptions } from "./windows/contact-window.ts";

export type { AccountResource } from "./resources/account.ts";
export type { Chatbots } from "./resources/chatbots.ts";
export type { ContactHistory } from "./resources/contact-history.ts";
export type { ContactMessages } from "./resources/contact-messages.ts";
export type { ConversationMessages } from "./resources/conversation-messages.ts";
export type { Conversations } from "./resources/conversations.ts";
export type { Sites } from "./resources/sites.ts";
export type { Users } from "./resources/users.ts";
export type { ContactFilters } from "./resources/contact-filters.ts";
export type { ContactNote, ContactNotes } from "./resources/contact-notes.ts";
export type { ContactListCall, ContactListOptions, ContactRawPagesOptions, Contacts } from "./resources/contacts.ts";

export type { ApiInput, ApiMethod, ApiOutput, ApiPath, CliengoHttp, RawAnswer, RawRequest } from "./http.ts";
export type { Clock } from "./transport/clock.ts";
export type { RateLimit } from "./transport/limit-rate.ts";
export type {
  FetchFunction,
  Hooks,
  RequestEvent,
  ResponseEvent,
  ResponseLimits,
  RetryEvent,
  RetrySettings,
} from "./transport/transport-settings.ts";

export {
  CliengoError,
  type CliengoErrorCode,
  type CliengoErrorDetails,
  type FailedRequest,
  isCliengoError,
} from "./errors/cliengo-error.ts";
export {
  AbortedError,
  ConnectionError,
  QueueFullError,
  RedirectError,
  TimeoutError,
} from "./errors/connection-errors.ts";
export {
  IncompleteListError,
  type OffsetCeilingDetails,
  OffsetCeilingError,
  RepeatedPageError,
} from "./errors/paging-errors.ts";
export {
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from "./errors/request-errors.ts";
export {
  type UnreadableDetails,
  type UnreadableReason,
  UnreadableResponseError,
} from "./errors/unreadable-response-error.ts";

export type {
  Account,
  AccountPlan,
  AccountUpdate,
  AssignPriority,
  Assignee,
  CancelReason,
  Chatbot,
  ChatbotUpdate,
  Contact,
  ContactCreate,
  ContactDeleteAnswer,
  ContactHistoryEntry,
  ContactMessage,
  ContactMessageCreate,
  ContactNoteCreate,
  ContactStatus,
  ContactUpdate,
  Conversation,
  ConversationChannel,
  ConversationCreate,
  ConversationMessageCreate,
  EntryMethod,
  Language,
  Message as ConversationMessage,
  MessageType,
  SellSubscription,
  SenderType,
  Site,
  SiteCreate,
  SiteType,
  SiteUpdate,
  User,
  UserPermission,
} from "./generated/cliengo-api.gen.ts";
export { type FieldHint, fieldHints, type FieldHintType, secretMembers } from "./generated/schema-hints.gen.ts";
