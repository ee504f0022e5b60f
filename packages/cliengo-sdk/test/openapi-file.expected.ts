// What the OpenAPI file must hold, written down a second time by hand from the facts about the API.

export const operations: Readonly<Record<string, string>> = {
  exchangeJwt: "GET /jwt",
  getAccount: "GET /account",
  updateAccount: "PUT /account",
  getAccountPlan: "GET /account/plan",
  listUsers: "GET /users",
  getCurrentUser: "GET /users/me",
  getUser: "GET /users/{userId}",
  listSites: "GET /sites",
  createSite: "POST /sites",
  listChatbots: "GET /sites/chatbots",
  getSite: "GET /sites/{id}",
  updateSite: "PATCH /sites/{id}",
  getSiteChatbot: "GET /sites/{id}/chatbot",
  updateSiteChatbot: "PUT /sites/{id}/chatbot",
  listWebsites: "GET /websites",
  replaceWebsite: "PUT /websites/{id}",
  listContacts: "GET /contacts",
  createContact: "POST /contacts",
  getContact: "GET /contacts/{contactId}",
  updateContact: "PATCH /contacts/{contactId}",
  deleteContact: "DELETE /contacts/{contactId}",
  setContactStatus: "PUT /contacts/{contactId}/status",
  addContactTag: "POST /contacts/{contactId}/tags",
  listContactNotes: "GET /contacts/{contactId}/notes",
  createContactNote: "POST /contacts/{contactId}/notes",
  listContactMessages: "GET /contacts/{contactId}/messages",
  createContactMessage: "POST /contacts/{contactId}/messages",
  listContactHistory: "GET /contacts/{contactId}/history",
  listConversations: "GET /conversations",
  createConversation: "POST /conversations",
  getConversation: "GET /conversations/{conversationId}",
  countConversations: "GET /conversations/{websiteId}/count",
  listConversationMessages: "GET /conversations/{conversationId}/messages",
  createConversationMessage: "POST /conversations/{conversationId}/messages",
  getConversationMessage: "GET /conversations/{conversationId}/messages/{messageId}",
};

export const schemaMembers: Readonly<
  Record<string, { readonly members: string; readonly required: readonly string[] }>
> = {
  Account: {
    required: ["id"],
    members:
      "id email name contactName phone creationDate taxId taxIdName address whiteLabelId whiteLabelName whiteLabelEmail whiteLabelLogoUrl " +
      "leadCount leadLimit leadCountTotal userCount language timeZone countryId planName planShortName planType planCurrency planFrequency " +
      "planPrice planLimits hasSubscription hasConversationPlan freeTrialExpirationDate chatUrl labs quickstartSteps marketingCampaignsInfo " +
      "tags planFeatures isCliengoReseller googleMccId preSelectedLeads vertical companySize businessTeamSize registerRole registerPhone " +
      "knowledgeOrigin subscriptionMethod forceChargebee forceMercadoPago shouldFireScriptPixel shouldFirePaymentPixel affiliateProgramCode " +
      "affiliate allowReferralAccess hashId hasInstalledScript scriptInstallTimestamp isWhatsAppFree isWhatsAppBasic showNewPlans " +
      "isWhitelabelFlex hideLeads customUOCLimit autoRefreshContactsList communicationChannels channel ecommercePlatform unitHsm " +
      "unitLimitHsm isAgency isMercadoPago1 customUserLimit customWebsiteLimit leadResetDate daysToLeadResetDate unitCountConversation " +
      "unitLimitConversation autoBuyLeadPackageEnabled autoBuyConversationPackageEnabled",
  },
  PlanLimit: { required: [], members: "additionalRecurringUnits additionalUnits unitCount unitLimit unitType" },
  PlanFeature: { required: [], members: "id name value entitlementName" },
  AccountPlan: {
    required: [],
    members:
      "id name description imageUrl isAnnualPlan integrationsAllowed leadLimit conversationLimit websiteLimit userLimit priceARS priceUSD " +
      "priceBRL priceListARS priceListUSD priceListBRL upgradePrice planRemainingTime futurePlan futurePlanChange tier",
  },
  AccountUpdate: { required: [], members: "taxId name contactName" },
  User: {
    required: ["id"],
    members:
      "id companyId name email phone language creationDate deleted deletable delighted isSuperUser isEmailVerified notificationsSilenced " +
      "mobileNotificationsSilenced isTempPassword alreadyClosedFirstModal allowedWebsiteIds permissions roles privileges imageUrl " +
      "thumbnailUrl cloudinaryId hashId intercomHashId labs migrations tutorials",
  },
  Site: {
    required: ["id"],
    members:
      "id companyId title url email creationDate enableChat deleted scriptInstalled isWhatsAppChat activeWebsiteEmails webScriptWasCopied " +
      "isWhatsAppApi isWhatsAppBusiness isWhatsAppLite tags availableSmartTriggers assignPriority autoAssign labs activeEmailEvents " +
      "whatsAppApiStatus type externalId whatsappNumber wavyAccessToken fbPageAccessToken",
  },
  SiteCreate: { required: ["title", "url"], members: "title url" },
  Chatbot: {
    required: ["websiteId"],
    members:
      "websiteId companyId countryId name windowTitle color language type widgetIcon widgetStyle askTelephone askEmail askDni askTimeToCall " +
      "enabled cliengoMeetings globalTrigger saluteTime aditionalQuestions defaultMsgs customMsgs labs",
  },
  Contact: {
    required: ["id"],
    members:
      "id accountId accountName websiteId websiteName name lastName email phone message age status subStatus rating creationDate " +
      "lastUpdateDate entryMethod medium mediumTranslate utmSource utmCampaign utmContent utmMedium utmTerm duplicatedContact geoip " +
      "conversionUrl landingUrl referalUrl assignedTo leadFields extraParams notes calls logs",
  },
  ContactCreate: {
    required: ["websiteId"],
    members: "websiteId name email message phone status entryMethod utmSource assignedTo lastName age",
  },
  ContactUpdate: {
    required: [],
    members:
      "name email phone status subStatus rating assignedTo dueDate contactMethod note scheduleStatusTo scheduleDate sellPrice " +
      "sellSuscription cancelReason extraParams",
  },
  ContactStatusUpdate: { required: ["externalStatus"], members: "externalStatus" },
  ContactTagCreate: { required: ["tag"], members: "tag" },
  ContactDeleteAnswer: { required: [], members: "id status" },
  ContactNote: { required: [], members: "ID id message creatorId creationDate lastUpdate" },
  ContactNoteCreate: { required: ["message"], members: "message" },
  ContactMessage: { required: [], members: "message creationDate" },
  ContactMessageCreate: { required: ["message"], members: "message" },
  ContactHistoryEntry: { required: [], members: "type message from to creator creationDate" },
  Conversation: {
    required: ["id"],
    members:
      "id companyId websiteId externalId channel type status from url clientName visitorName visitorEmail visitorPhone visitorColor " +
      "assignedTo persistentLastOperator intercepted isClosed creationDate lastMessageDate lastMessage lastMessageSender " +
      "unreadMessageCount tags operatorTags participants phaseHistory supportTicket phaseId conversationContext",
  },
  ConversationCreate: {
    required: ["companyId", "websiteId", "channel", "from"],
    members: "companyId websiteId channel from url",
  },
  ConversationCount: { required: ["count"], members: "count" },
  Message: {
    required: ["id"],
    members: "id type body sender conversationId sentAt sendAt isUnread recipient_status message response_options tags",
  },
  Paging: { required: [], members: "limit offset total page" },
  ApiErrorBody: { required: [], members: "detail message error code status" },
  JwtAnswer: { required: ["jwt"], members: "jwt" },
};
