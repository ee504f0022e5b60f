export { startCliengoSimulator, type CliengoSimulator } from "./start-cliengo-simulator.ts";
export type { SimulatorOptions } from "./simulator-options.ts";
export { SimulatorOptionError } from "./simulator-option-error.ts";
export { NodeVersionError } from "./check-node.ts";
export type { Burst } from "./creation-dates.ts";
export type { Envelope } from "./envelope.ts";

export type { CliengoModel, ModelSize } from "./model/cliengo-model.ts";
export type { ListChange, RecordList, RecordSource } from "./model/record-list.ts";
export type { ChildLists } from "./model/child-lists.ts";
export type { ListName, ModelChange, ModelListName } from "./model/model-change.ts";
export type { Account } from "./model/account.ts";
export type { Chatbot } from "./model/chatbot.ts";
export type { Contact } from "./model/contact.ts";
export type { ContactMessage } from "./model/contact-message.ts";
export type { ContactNote } from "./model/contact-note.ts";
export type { Conversation } from "./model/conversation.ts";
export type { HistoryEntry } from "./model/history-entry.ts";
export type { Message } from "./model/message.ts";
export type { Site } from "./model/site.ts";
export type { User } from "./model/user.ts";
export type { JsonObject, JsonValue } from "./json-value.ts";
export { exactNumber, isExactNumber, type ExactNumber } from "./exact-number.ts";

export { insertContact } from "./model/insert-contact.ts";
export { editContact } from "./model/edit-contact.ts";
export { insertConversation } from "./model/insert-conversation.ts";
export { insertMessage } from "./model/insert-message.ts";
export { insertSite } from "./model/insert-site.ts";

export type {
  Applied,
  BadGzipFault,
  BrokenBody,
  CutBodyFault,
  DuplicateRowsFault,
  EmptyListFault,
  Fault,
  HangFault,
  HtmlFault,
  LatencyFault,
  ResetFault,
  SlowBodyFault,
  StatusFault,
  WrongJsonFault,
  WrongTotalFault,
} from "./fault.ts";
export type { FaultControl, FaultPlan, FaultStorm, ScriptedFault } from "./fault-script.ts";
export type { Change, ChangeContext, ChangeControl, ChangePlan, ScriptedChange } from "./change-script.ts";
export type { ChurnRates } from "./churn.ts";
export type { RequestMatch } from "./request-match.ts";
export type { SimulatorRequest } from "./simulator-request.ts";
export type { LoggedRequest, RequestRecord } from "./request-log.ts";
export type { JwtForm, KeyControl, Scheme } from "./authentication.ts";
export type { SimulatedClock } from "./simulated-clock.ts";
export type { Random } from "./random.ts";

export { apiKeyOf } from "./authentication.ts";
export { channelTokens, type ChannelTokens } from "./model/channel-tokens.ts";
