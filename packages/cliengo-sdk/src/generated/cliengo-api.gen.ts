// Generated from openapi/cliengo.openapi.yaml. Do not edit: change that file, then run
//   node packages/cliengo-sdk/generate/generate-types.ts

export interface paths {
    "/jwt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Exchange an API key for a JWT.
         * @description The token stands for the user who made the key. Its lifetime is stated nowhere.
         */
        get: operations["exchangeJwt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the account of the key. */
        get: operations["getAccount"];
        /** Change the account's name, tax id or contact person. */
        put: operations["updateAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the account's plan.
         * @description Used by the vendor's front end with its own JWT; whether an API key may read it is untested.
         */
        get: operations["getAccountPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the users of the account. */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the user the credentials belong to. */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one user. */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the sites of the account. */
        get: operations["listSites"];
        put?: never;
        /** Create a site. */
        post: operations["createSite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sites/chatbots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the chatbots of all sites.
         * @description A literal path that must win over `/sites/{id}`.
         */
        get: operations["listChatbots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one site.
         * @description The vendor's own code filters the list instead of calling this.
         */
        get: operations["getSite"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change members of a site. */
        patch: operations["updateSite"];
        trace?: never;
    };
    "/sites/{id}/chatbot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the chatbot of one site. */
        get: operations["getSiteChatbot"];
        /**
         * Change members of a site's chatbot.
         * @description A partial body is accepted although the verb is PUT. The vendor's code does not look at the answer's members.
         */
        put: operations["updateSiteChatbot"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/websites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the sites under the older path. Prefer listSites. */
        get: operations["listWebsites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/websites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the type and the channel credentials of a site.
         * @description A partial body is accepted although the verb is PUT.
         */
        put: operations["replaceWebsite"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts, newest first.
         * @description No parameter sorts or turns the order. `page` is ignored. An `offset` above 1000 is refused whatever the filters are,
         *     while `paging.total` goes on counting, so a list of more than about 1050 contacts is read by date windows.
         */
        get: operations["listContacts"];
        put?: never;
        /**
         * Create a contact.
         * @description A contact that exists already is flagged (`duplicatedContact`) rather than refused, as far as the record tells.
         */
        post: operations["createContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one contact. */
        get: operations["getContact"];
        put?: never;
        post?: never;
        /**
         * Delete a contact.
         * @description Probably a soft delete. No source says whether a deleted contact still appears in lists.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        /** Change members of a contact. */
        patch: operations["updateContact"];
        trace?: never;
    };
    "/contacts/{contactId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the status of a contact. */
        put: operations["setContactStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add one tag to a contact.
         * @description Nobody knows where a contact's tags are read back.
         */
        post: operations["addContactTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the notes of a contact. */
        get: operations["listContactNotes"];
        put?: never;
        /** Add a note to a contact. */
        post: operations["createContactNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages a contact left, such as the text of a form.
         * @description This is not the transcript of a chat; for that see listConversationMessages.
         */
        get: operations["listContactMessages"];
        put?: never;
        /** Add a message to a contact. */
        post: operations["createContactMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened to a contact. */
        get: operations["listContactHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations.
         * @description No filter, no sort and no order is documented. Assume the same offset ceiling as for contacts.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Open a conversation.
         * @description The answer has `url`, and lacks the members about the last message and the visitor.
         */
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one conversation. */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{websiteId}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the conversations of a site.
         * @description The path takes the id of a site, not of a conversation. No date range is known.
         */
        get: operations["countConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a conversation.
         * @description The order is not documented.
         */
        get: operations["listConversationMessages"];
        put?: never;
        /**
         * Send a message into a conversation.
         * @description Known by its name only. Path, body and answer are guesses from the read of the same list. Certainty: unknown.
         */
        post: operations["createConversationMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversationId}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one message of a conversation. */
        get: operations["getConversationMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Answer of the token exchange. */
        JwtAnswer: {
            jwt: string;
        };
        /** @description An error, as an object or as text. */
        ErrorAnswer: components["schemas"]["ApiErrorBody"] | string;
        /** @description Body of a failed request. No form is documented; read whichever member is there. */
        ApiErrorBody: {
            /** @description What went wrong, for people. */
            detail?: string | null | undefined;
            /** @description Certainty: unknown. */
            message?: string | null | undefined;
            /** @description Certainty: unknown. */
            error?: string | Record<string, unknown> | boolean | null | undefined;
            /** @description Certainty: unknown. */
            code?: string | number | null | undefined;
            /** @description Certainty: unknown. */
            status?: number | string | null | undefined;
        };
        /** @description Place of a page in its list. There is no cursor and no link to the next page. */
        Paging: {
            /** @description Page size that was applied. */
            limit?: number | null | undefined;
            /** @description Records skipped. */
            offset?: number | null | undefined;
            /** @description Records that match the filters, also those beyond the reach of `offset`. */
            total?: number | null | undefined;
            /** @description Page number. Do not rely on it. Certainty: conflicting. */
            page?: number | null | undefined;
        };
        /** @description One page of a list, in any of the forms a reader must accept. Certainty: inferred. */
        UserList: {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: inferred. */
            results: components["schemas"]["User"][];
        } | {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            users: components["schemas"]["User"][];
        } | components["schemas"]["User"][];
        /** @description One page of a list, in any of the forms a reader must accept. */
        SiteList: {
            paging?: components["schemas"]["Paging"] | undefined;
            results: components["schemas"]["Site"][];
        } | {
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            sites: components["schemas"]["Site"][];
        } | {
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            websites: components["schemas"]["Site"][];
        } | components["schemas"]["Site"][];
        /** @description One page of a list, in any of the forms a reader must accept. Certainty: inferred. */
        ChatbotList: {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: inferred. */
            results: components["schemas"]["Chatbot"][];
        } | {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            chatbots: components["schemas"]["Chatbot"][];
        } | components["schemas"]["Chatbot"][];
        /** @description One page of a list, in any of the forms a reader must accept. */
        ContactList: {
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: inferred. */
            results: components["schemas"]["Contact"][];
        } | {
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: inferred. */
            contacts: components["schemas"]["Contact"][];
        } | components["schemas"]["Contact"][];
        /** @description One page of a list, in any of the forms a reader must accept. Certainty: inferred. */
        ContactNoteList: {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: inferred. */
            results: components["schemas"]["ContactNote"][];
        } | {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            notes: components["schemas"]["ContactNote"][];
        } | components["schemas"]["ContactNote"][];
        /** @description One page of a list, in any of the forms a reader must accept. Certainty: inferred. */
        ContactMessageList: {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: inferred. */
            results: components["schemas"]["ContactMessage"][];
        } | {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            messages: components["schemas"]["ContactMessage"][];
        } | components["schemas"]["ContactMessage"][];
        /** @description One page of a list, in any of the forms a reader must accept. Certainty: inferred. */
        ContactHistoryEntryList: {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: inferred. */
            results: components["schemas"]["ContactHistoryEntry"][];
        } | {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            history: components["schemas"]["ContactHistoryEntry"][];
        } | components["schemas"]["ContactHistoryEntry"][];
        /** @description One page of a list, in any of the forms a reader must accept. Certainty: inferred. */
        ConversationList: {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: inferred. */
            results: components["schemas"]["Conversation"][];
        } | {
            /** @description Certainty: inferred. */
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            conversations: components["schemas"]["Conversation"][];
        } | components["schemas"]["Conversation"][];
        /** @description One page of a list, in any of the forms a reader must accept. */
        MessageList: {
            paging?: components["schemas"]["Paging"] | undefined;
            results: components["schemas"]["Message"][];
        } | {
            paging?: components["schemas"]["Paging"] | undefined;
            /** @description Certainty: unknown. */
            messages: components["schemas"]["Message"][];
        } | components["schemas"]["Message"][];
        /** @description The account. Members from `isCliengoReseller` on are known from the vendor's front end only, so an API key may not see them. */
        Account: {
            /** @description Other records call it `companyId` or `accountId`. */
            id: string;
            email?: string | null | undefined;
            name?: string | null | undefined;
            contactName?: string | null | undefined;
            phone?: string | null | undefined;
            /** Format: date-time */
            creationDate?: string | null | undefined;
            taxId?: string | null | undefined;
            taxIdName?: string | null | undefined;
            address?: string | null | undefined;
            whiteLabelId?: string | null | undefined;
            whiteLabelName?: string | null | undefined;
            whiteLabelEmail?: string | null | undefined;
            whiteLabelLogoUrl?: string | null | undefined;
            leadCount?: number | null | undefined;
            leadLimit?: number | null | undefined;
            /** @description Certainty: inferred. */
            leadCountTotal?: number | null | undefined;
            /** @description Certainty: inferred. */
            userCount?: number | null | undefined;
            language?: components["schemas"]["Language"] | null | undefined;
            /** @description An offset such as `-03:00`, not the name of a zone. */
            timeZone?: string | null | undefined;
            countryId?: string | null | undefined;
            planName?: string | null | undefined;
            planShortName?: string | null | undefined;
            planType?: string | null | undefined;
            planCurrency?: string | null | undefined;
            planFrequency?: string | null | undefined;
            planPrice?: number | null | undefined;
            planLimits?: components["schemas"]["PlanLimit"][] | null | undefined;
            hasSubscription?: boolean | null | undefined;
            hasConversationPlan?: boolean | null | undefined;
            /** @description Certainty: unknown. */
            freeTrialExpirationDate?: string | null | undefined;
            /**
             * Format: uri
             * @description Address of a web socket.
             */
            chatUrl?: string | null | undefined;
            /** @description Feature flags. */
            labs?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Steps of the vendor's tour, done or not. */
            quickstartSteps?: {
                [key: string]: boolean | null;
            } | null | undefined;
            marketingCampaignsInfo?: {
                isAgency?: boolean | null | undefined;
            } | null | undefined;
            /** @description An object here; on other records an array. */
            tags?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Only with `withFeatures=true`. */
            planFeatures?: components["schemas"]["PlanFeature"][] | null | undefined;
            isCliengoReseller?: boolean | null | undefined;
            googleMccId?: string | null | undefined;
            /** @description Certainty: inferred. */
            preSelectedLeads?: number | null | undefined;
            vertical?: string | null | undefined;
            companySize?: string | null | undefined;
            businessTeamSize?: string | null | undefined;
            registerRole?: string | null | undefined;
            registerPhone?: string | null | undefined;
            knowledgeOrigin?: string | null | undefined;
            subscriptionMethod?: string | null | undefined;
            forceChargebee?: boolean | null | undefined;
            forceMercadoPago?: boolean | null | undefined;
            shouldFireScriptPixel?: boolean | null | undefined;
            shouldFirePaymentPixel?: boolean | null | undefined;
            affiliateProgramCode?: string | null | undefined;
            affiliate?: string | null | undefined;
            allowReferralAccess?: boolean | null | undefined;
            hashId?: string | null | undefined;
            hasInstalledScript?: boolean | null | undefined;
            scriptInstallTimestamp?: number | null | undefined;
            isWhatsAppFree?: boolean | null | undefined;
            isWhatsAppBasic?: boolean | null | undefined;
            showNewPlans?: boolean | null | undefined;
            isWhitelabelFlex?: boolean | null | undefined;
            hideLeads?: boolean | null | undefined;
            /** @description Certainty: inferred. */
            customUOCLimit?: number | null | undefined;
            autoRefreshContactsList?: boolean | null | undefined;
            /** @description Certainty: unknown. */
            communicationChannels?: unknown[] | null | undefined;
            channel?: string | null | undefined;
            ecommercePlatform?: string | null | undefined;
            /** @description Certainty: inferred. */
            unitHsm?: number | null | undefined;
            /** @description Certainty: inferred. */
            unitLimitHsm?: number | null | undefined;
            isAgency?: boolean | null | undefined;
            isMercadoPago1?: boolean | null | undefined;
            /** @description Certainty: inferred. */
            customUserLimit?: number | null | undefined;
            /** @description Certainty: inferred. */
            customWebsiteLimit?: number | null | undefined;
            /** @description Certainty: unknown. */
            leadResetDate?: string | null | undefined;
            /** @description Certainty: inferred. */
            daysToLeadResetDate?: number | null | undefined;
            /** @description Certainty: inferred. */
            unitCountConversation?: number | null | undefined;
            /** @description Certainty: inferred. */
            unitLimitConversation?: number | null | undefined;
            autoBuyLeadPackageEnabled?: boolean | null | undefined;
            autoBuyConversationPackageEnabled?: boolean | null | undefined;
        };
        /** @description One limit of the account's plan, with what is used of it. */
        PlanLimit: {
            unitType?: string | null | undefined;
            /** @description Certainty: inferred. */
            unitCount?: number | null | undefined;
            /** @description Certainty: inferred. */
            unitLimit?: number | null | undefined;
            /** @description Certainty: inferred. */
            additionalUnits?: number | null | undefined;
            /** @description Certainty: inferred. */
            additionalRecurringUnits?: number | null | undefined;
        };
        /** @description One feature of the account's plan. */
        PlanFeature: {
            id?: string | null | undefined;
            name?: string | null | undefined;
            value?: boolean | null | undefined;
            entitlementName?: string | null | undefined;
        };
        /** @description What can be changed on an account. */
        AccountUpdate: {
            taxId?: string | undefined;
            name?: string | undefined;
            contactName?: string | undefined;
        };
        /** @description The plan of the account, as the vendor's front end reads it. */
        AccountPlan: {
            id?: string | null | undefined;
            name?: string | null | undefined;
            description?: string | null | undefined;
            imageUrl?: string | null | undefined;
            isAnnualPlan?: boolean | null | undefined;
            integrationsAllowed?: boolean | null | undefined;
            /** @description Certainty: inferred. */
            leadLimit?: number | null | undefined;
            /** @description Certainty: inferred. */
            conversationLimit?: number | null | undefined;
            /** @description Certainty: inferred. */
            websiteLimit?: number | null | undefined;
            /** @description Certainty: inferred. */
            userLimit?: number | null | undefined;
            priceARS?: number | null | undefined;
            priceUSD?: number | null | undefined;
            priceBRL?: number | null | undefined;
            priceListARS?: number | null | undefined;
            priceListUSD?: number | null | undefined;
            priceListBRL?: number | null | undefined;
            upgradePrice?: number | null | undefined;
            planRemainingTime?: {
                /** @description A number as text. */
                number?: string | null | undefined;
                translationKey?: string | null | undefined;
            } | null | undefined;
            futurePlan?: string | null | undefined;
            futurePlanChange?: string | null | undefined;
            tier?: components["schemas"]["PlanTier"] | null | undefined;
        };
        /** @description A person who works in the account. */
        User: {
            id: string;
            /** @description Id of the account. */
            companyId?: string | null | undefined;
            name?: string | null | undefined;
            email?: string | null | undefined;
            phone?: string | null | undefined;
            language?: components["schemas"]["Language"] | null | undefined;
            /** Format: date-time */
            creationDate?: string | null | undefined;
            /** @description A deleted user may stay in lists. */
            deleted?: boolean | null | undefined;
            deletable?: boolean | null | undefined;
            delighted?: boolean | null | undefined;
            isSuperUser?: boolean | null | undefined;
            isEmailVerified?: boolean | null | undefined;
            notificationsSilenced?: boolean | null | undefined;
            mobileNotificationsSilenced?: boolean | null | undefined;
            isTempPassword?: boolean | null | undefined;
            alreadyClosedFirstModal?: boolean | null | undefined;
            /** @description Ids of the sites this user may see. */
            allowedWebsiteIds?: string[] | null | undefined;
            permissions?: components["schemas"]["UserPermission"][] | null | undefined;
            roles?: string[] | null | undefined;
            privileges?: string | null | undefined;
            imageUrl?: string | null | undefined;
            thumbnailUrl?: string | null | undefined;
            cloudinaryId?: string | null | undefined;
            hashId?: string | null | undefined;
            intercomHashId?: string | null | undefined;
            /** @description Feature flags. */
            labs?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Flags about moves between versions of the vendor's front end. */
            migrations?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Certainty: unknown. */
            tutorials?: unknown[] | null | undefined;
        };
        /** @description A site or a channel of the account. The vendor also calls it website; other records point at it with `websiteId`. */
        Site: {
            id: string;
            /** @description Id of the account. */
            companyId?: string | null | undefined;
            title?: string | null | undefined;
            /** @description May hold a plain name instead of an address. */
            url?: string | null | undefined;
            email?: string | null | undefined;
            /** Format: date-time */
            creationDate?: string | null | undefined;
            enableChat?: boolean | null | undefined;
            /** @description A deleted site may stay in lists. */
            deleted?: boolean | null | undefined;
            scriptInstalled?: boolean | null | undefined;
            isWhatsAppChat?: boolean | null | undefined;
            activeWebsiteEmails?: boolean | null | undefined;
            webScriptWasCopied?: boolean | null | undefined;
            isWhatsAppApi?: boolean | null | undefined;
            isWhatsAppBusiness?: boolean | null | undefined;
            isWhatsAppLite?: boolean | null | undefined;
            tags?: string[] | null | undefined;
            availableSmartTriggers?: string[] | null | undefined;
            assignPriority?: components["schemas"]["AssignPriority"][] | null | undefined;
            autoAssign?: string[] | null | undefined;
            /** @description Feature flags. */
            labs?: {
                [key: string]: unknown;
            } | null | undefined;
            activeEmailEvents?: {
                [key: string]: unknown;
            } | null | undefined;
            whatsAppApiStatus?: string | null | undefined;
            type?: components["schemas"]["SiteType"] | null | undefined;
            externalId?: string | null | undefined;
            whatsappNumber?: string | null | undefined;
            /** @description Channel credential. */
            wavyAccessToken?: string | null | undefined;
            /** @description Channel credential. */
            fbPageAccessToken?: string | null | undefined;
        };
        /** @description A new site. The vendor's code sends the same text in both members. */
        SiteCreate: {
            title: string;
            url: string;
        };
        /** @description Members of a site to change. VEN accepts any member of a site; the usual ones are listed. */
        SiteUpdate: {
            /** @description Certainty: inferred. */
            title?: string | undefined;
            /** @description Certainty: inferred. */
            url?: string | undefined;
            /** @description Certainty: inferred. */
            email?: string | null | undefined;
            /** @description Certainty: inferred. */
            enableChat?: boolean | undefined;
            type?: components["schemas"]["SiteType"] | undefined;
            externalId?: string | null | undefined;
            /** @description Certainty: inferred. */
            whatsappNumber?: string | null | undefined;
            /** @description Certainty: inferred. */
            tags?: string[] | undefined;
            /** @description Certainty: inferred. */
            autoAssign?: string[] | undefined;
            /** @description Certainty: inferred. */
            assignPriority?: components["schemas"]["AssignPriority"][] | undefined;
            /** @description Channel credential. Certainty: inferred. */
            wavyAccessToken?: string | null | undefined;
            /** @description Channel credential. */
            fbPageAccessToken?: string | null | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description The chat widget of a site. It has no id of its own; `websiteId` is its key. */
        Chatbot: {
            /** @description Id of the site, and the key of this record. */
            websiteId: string;
            /** @description Id of the account. */
            companyId?: string | null | undefined;
            countryId?: string | null | undefined;
            name?: string | null | undefined;
            windowTitle?: string | null | undefined;
            color?: string | null | undefined;
            language?: components["schemas"]["Language"] | null | undefined;
            type?: string | null | undefined;
            widgetIcon?: string | null | undefined;
            widgetStyle?: string | null | undefined;
            askTelephone?: string | null | undefined;
            askEmail?: string | null | undefined;
            askDni?: string | null | undefined;
            /** @description Certainty: conflicting. */
            askTimeToCall?: boolean | string | null | undefined;
            enabled?: boolean | null | undefined;
            cliengoMeetings?: boolean | null | undefined;
            globalTrigger?: boolean | null | undefined;
            saluteTime?: number | null | undefined;
            /** @description The vendor's spelling. */
            aditionalQuestions?: Record<string, unknown>[] | null | undefined;
            /** @description About 27 named texts. */
            defaultMsgs?: {
                [key: string]: string | null;
            } | null | undefined;
            customMsgs?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Feature flags. */
            labs?: {
                [key: string]: unknown;
            } | null | undefined;
        };
        /** @description Members of a chatbot to change. VEN accepts any member of a chatbot; the usual ones are listed. */
        ChatbotUpdate: {
            name?: string | undefined;
            windowTitle?: string | undefined;
            language?: components["schemas"]["Language"] | undefined;
            enabled?: boolean | undefined;
            /** @description Certainty: inferred. */
            color?: string | undefined;
            /** @description Certainty: inferred. */
            widgetIcon?: string | undefined;
            /** @description Certainty: inferred. */
            widgetStyle?: string | undefined;
            /** @description Certainty: inferred. */
            saluteTime?: number | undefined;
            /** @description Certainty: inferred. */
            cliengoMeetings?: boolean | undefined;
            /** @description Certainty: inferred. */
            globalTrigger?: boolean | undefined;
            /** @description Certainty: inferred. */
            defaultMsgs?: {
                [key: string]: string;
            } | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description A contact, which the vendor also calls lead. Tags, due date and sale members can be written but were never seen on reads. */
        Contact: {
            id: string;
            /** @description Id of the account. */
            accountId?: string | null | undefined;
            accountName?: string | null | undefined;
            /** @description Id of the site. */
            websiteId?: string | null | undefined;
            websiteName?: string | null | undefined;
            name?: string | null | undefined;
            lastName?: string | null | undefined;
            email?: string | null | undefined;
            phone?: string | null | undefined;
            message?: string | null | undefined;
            age?: number | null | undefined;
            status?: components["schemas"]["ContactStatus"] | null | undefined;
            subStatus?: string | null | undefined;
            /** @description From 0 to 5. */
            rating?: number | null | undefined;
            /**
             * Format: date-time
             * @description When the contact was made. `since` and `until` filter by it.
             */
            creationDate?: string | null | undefined;
            /** Format: date-time */
            lastUpdateDate?: string | null | undefined;
            entryMethod?: components["schemas"]["EntryMethod"] | null | undefined;
            medium?: string | null | undefined;
            /** @description The label of `medium` in the account's language. */
            mediumTranslate?: string | null | undefined;
            /** @description Certainty: inferred. */
            utmSource?: string | null | undefined;
            utmCampaign?: string | null | undefined;
            utmContent?: string | null | undefined;
            utmMedium?: string | null | undefined;
            utmTerm?: string | null | undefined;
            duplicatedContact?: boolean | null | undefined;
            /** @description Where the visitor seemed to be. Further members are unknown. */
            geoip?: {
                city?: string | null | undefined;
                state?: string | null | undefined;
            } | null | undefined;
            conversionUrl?: string | null | undefined;
            landingUrl?: string | null | undefined;
            /** @description The vendor's spelling, with one r. */
            referalUrl?: string | null | undefined;
            /** @description Who looks after the contact; a user id, or an object about the user. Its form on reads is unproved. Certainty: conflicting. */
            assignedTo?: string | components["schemas"]["Assignee"] | null | undefined;
            /** @description Answers to the questions of the form or chat, by name. */
            leadFields?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Free-form, as sent with the update. Certainty: inferred. */
            extraParams?: {
                [key: string]: unknown;
            } | null | undefined;
            /** @description Certainty: unknown. */
            notes?: unknown[] | null | undefined;
            /** @description Certainty: unknown. */
            calls?: unknown[] | null | undefined;
            /** @description Certainty: unknown. */
            logs?: unknown[] | null | undefined;
        };
        /** @description The user who looks after a contact. */
        Assignee: {
            /** @description Certainty: inferred. */
            id?: string | null | undefined;
            name?: string | null | undefined;
            email?: string | null | undefined;
        };
        /** @description A new contact. */
        ContactCreate: {
            /** @description Id of the site the contact belongs to. */
            websiteId: string;
            /** @description The contact's name. */
            name?: string | null | undefined;
            /** @description E-mail address. */
            email?: string | null | undefined;
            /** @description What the contact wrote. */
            message?: string | null | undefined;
            /** @description Telephone number. */
            phone?: string | null | undefined;
            /** @description Where the contact stands. */
            status?: components["schemas"]["ContactStatus"] | undefined;
            /** @description How the contact came in; other programs send `API`. */
            entryMethod?: components["schemas"]["EntryMethod"] | undefined;
            /** @description Where the visit came from, as in the address of the page. */
            utmSource?: string | null | undefined;
            /** @description A user id. */
            assignedTo?: string | null | undefined;
            /** @description Family name. Certainty: inferred. */
            lastName?: string | null | undefined;
            /** @description Age in years. Certainty: inferred. */
            age?: number | null | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description Members of a contact to change. */
        ContactUpdate: {
            name?: string | null | undefined;
            email?: string | null | undefined;
            phone?: string | null | undefined;
            status?: components["schemas"]["ContactStatus"] | undefined;
            subStatus?: string | null | undefined;
            rating?: number | undefined;
            assignedTo?: components["schemas"]["AssigneeId"] | undefined;
            /** Format: date-time */
            dueDate?: string | null | undefined;
            contactMethod?: components["schemas"]["EntryMethod"] | undefined;
            /** @description Kept in the contact's log. */
            note?: string | null | undefined;
            scheduleStatusTo?: string | null | undefined;
            /** Format: date-time */
            scheduleDate?: string | null | undefined;
            sellPrice?: number | null | undefined;
            /** @description The vendor's spelling. */
            sellSuscription?: components["schemas"]["SellSubscription"] | undefined;
            cancelReason?: components["schemas"]["CancelReason"] | undefined;
            extraParams?: {
                [key: string]: unknown;
            } | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description The new status of a contact. */
        ContactStatusUpdate: {
            externalStatus: components["schemas"]["ContactStatus"];
        };
        /** @description One tag for a contact. */
        ContactTagCreate: {
            tag: string;
        };
        /** @description What a deletion answers. */
        ContactDeleteAnswer: {
            id?: string | null | undefined;
            status?: string | null | undefined;
        };
        /** @description A note on a contact. The key is `ID`, in capitals; accept `id` as well. */
        ContactNote: {
            /** @description The key, in capitals. */
            ID?: string | null | undefined;
            /** @description Certainty: unknown. */
            id?: string | null | undefined;
            message?: string | null | undefined;
            /** @description A user id. */
            creatorId?: string | null | undefined;
            /** Format: date-time */
            creationDate?: string | null | undefined;
            /** Format: date-time */
            lastUpdate?: string | null | undefined;
        };
        /** @description A new note. */
        ContactNoteCreate: {
            message: string;
        };
        /** @description A message a contact left. It has no id. */
        ContactMessage: {
            message?: string | null | undefined;
            /** Format: date-time */
            creationDate?: string | null | undefined;
        };
        /** @description A new message of a contact. */
        ContactMessageCreate: {
            message: string;
        };
        /** @description Something that happened to a contact, probably a change with its old and new value. It has no id. */
        ContactHistoryEntry: {
            type?: string | null | undefined;
            message?: string | null | undefined;
            /** @description Probably the old value. */
            from?: string | null | undefined;
            /** @description Probably the new value. */
            to?: string | null | undefined;
            creator?: Record<string, unknown> | null | undefined;
            /** Format: date-time */
            creationDate?: string | null | undefined;
        };
        /** @description A chat. How it links to a contact is undocumented; `from`, `visitorEmail` and `visitorPhone` are candidates. */
        Conversation: {
            id: string;
            /** @description Id of the account. */
            companyId?: string | null | undefined;
            /** @description Id of the site. */
            websiteId?: string | null | undefined;
            externalId?: string | null | undefined;
            channel?: components["schemas"]["ConversationChannel"] | null | undefined;
            type?: string | null | undefined;
            status?: string | null | undefined;
            /** @description Identifies the visitor. */
            from?: string | null | undefined;
            url?: string | null | undefined;
            clientName?: string | null | undefined;
            visitorName?: string | null | undefined;
            visitorEmail?: string | null | undefined;
            visitorPhone?: string | null | undefined;
            visitorColor?: string | null | undefined;
            /** @description Probably a user id. */
            assignedTo?: string | null | undefined;
            /** @description Probably a user id. */
            persistentLastOperator?: string | null | undefined;
            /** @description Taken over by a person. */
            intercepted?: boolean | null | undefined;
            isClosed?: boolean | null | undefined;
            /** Format: date-time */
            creationDate?: string | null | undefined;
            /** Format: date-time */
            lastMessageDate?: string | null | undefined;
            lastMessage?: string | null | undefined;
            lastMessageSender?: string | null | undefined;
            /** @description Certainty: inferred. */
            unreadMessageCount?: number | null | undefined;
            tags?: string[] | null | undefined;
            operatorTags?: string[] | null | undefined;
            participants?: Record<string, unknown>[] | null | undefined;
            phaseHistory?: Record<string, unknown>[] | null | undefined;
            supportTicket?: Record<string, unknown>[] | null | undefined;
            /** @description Probably a column of the vendor's board. */
            phaseId?: string | null | undefined;
            conversationContext?: {
                [key: string]: unknown;
            } | null | undefined;
        };
        /** @description A new conversation. */
        ConversationCreate: {
            /** @description Id of the account. */
            companyId: string;
            /** @description Id of the site. */
            websiteId: string;
            channel: components["schemas"]["ConversationChannel"];
            /** @description Identifies the visitor, for instance by e-mail address. */
            from: string;
            url?: string | null | undefined;
        };
        /** @description How many conversations a site has. */
        ConversationCount: {
            /** @description Certainty: inferred. */
            count: number;
        };
        /** @description A message of a conversation. */
        Message: {
            id: string;
            /** @description Like a media type. */
            type?: components["schemas"]["MessageType"] | null | undefined;
            /** @description The text, or an address for media and page visits. */
            body?: string | null | undefined;
            sender?: {
                id?: string | null | undefined;
                type?: components["schemas"]["SenderType"] | null | undefined;
                name?: string | null | undefined;
            } | null | undefined;
            conversationId?: string | null | undefined;
            /** Format: date-time */
            sentAt?: string | null | undefined;
            /**
             * Format: date-time
             * @description Read `sentAt` first.
             */
            sendAt?: string | null | undefined;
            /** @description Depends on the user who asks. */
            isUnread?: boolean | null | undefined;
            /** @description State of delivery by user id. Marked as unfinished by the vendor. */
            recipient_status?: {
                [key: string]: components["schemas"]["RecipientStatus"];
            } | null | undefined;
            message?: Record<string, unknown> | null | undefined;
            /** @description Answers offered to the visitor. */
            response_options?: Record<string, unknown>[] | null | undefined;
            tags?: string[] | null | undefined;
        };
        /** @description A message to send. Its members are unknown; `body` and `type` are named after those of a message. */
        ConversationMessageCreate: {
            /** @description Certainty: unknown. */
            body?: string | undefined;
            /** @description Certainty: unknown. */
            type?: components["schemas"]["MessageType"] | undefined;
        } & {
            [key: string]: unknown;
        };
        /** @description Where a contact stands. Sent in lower case by some programs. `DISCARDED` and `WON` are provided for by KT, which has not seen them. */
        ContactStatus: "NEW" | "ACTIVE" | "LONG_TERM" | "CLIENT" | "DISCARDED" | "WON" | (string & {});
        /** @description How a contact came in. */
        EntryMethod: "WHATSAPP" | "FB_LEADADS" | "FORM" | "CHATBOT" | "API" | "ZAPIER" | (string & {});
        /** @description How a sale is paid. */
        SellSubscription: "ONE_TIME" | "MONTHLY_SUSCRIPTION" | "YEARLY_SUSCRIPTION" | "OTHER_SELL_TYPE" | (string & {});
        /** @description Code of the reason why a contact was lost; the meanings are unknown. */
        CancelReason: "1" | "2" | "3" | "4" | "5" | (string & {});
        /** @description A user id, or the word that takes the contact away from everybody. */
        AssigneeId: "UNASSIGNED" | (string & {});
        /** @description Channel of a conversation. The web is `WEB` here and `WEBSITE` on a site. */
        ConversationChannel: "WEB" | "FACEBOOK" | "WHATSAPP" | (string & {});
        /** @description Channel of a site. The web is `WEBSITE` here and `WEB` on a conversation. */
        SiteType: "WEBSITE" | "WHATSAPP" | "FACEBOOK" | "INSTAGRAM" | "WSPLITE" | "EXTERNAL" | (string & {});
        /** @description Kind of a message; `message/http` is a page visit. */
        MessageType: "text/plain" | "message/http" | "audio/mpeg" | "email" | (string & {});
        /** @description Who wrote a message. */
        SenderType: "robot" | "visitor" | "chatbot" | (string & {});
        /** @description State of delivery. */
        RecipientStatus: "sent" | "delivered" | "read" | (string & {});
        /** @description Language of texts. */
        Language: "es" | "en" | "pt" | (string & {});
        /** @description What a user may do. */
        UserPermission: "reseller_admin" | "admin" | "websites_read" | "websites_write" | "clients_read" | "clients_write" | "clients_read_assigned" | "clients_write_assigned" | "users_read" | "users_write" | "chat_talk" | "reports_write" | (string & {});
        /** @description Rule by which a contact is assigned. */
        AssignPriority: "TRIGGER" | "INTERVENED" | "ROUND_ROBIN" | (string & {});
        /** @description Level of a plan. */
        PlanTier: "TIER_0" | "TIER_1" | "TIER_2" | "TIER_3" | "TIER_4" | "TIER_5" | "TIER_6" | (string & {});
    };
    responses: {
        /** @description The caller could not be authenticated. The key is missing, wrong or expired. Certainty: inferred. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorAnswer"];
                "text/plain": string;
            };
        };
        /** @description No record has this id. Whether deleted records answer so is unknown. Certainty: unknown. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorAnswer"];
                "text/plain": string;
            };
        };
        /** @description Any other failure. 400, 403, 429, 500, 502 and 503 are named by one unverified source; no rate limit is documented. Certainty: unknown. */
        Failure: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorAnswer"];
                "text/plain": string;
            };
        };
        /** @description One page of sites. */
        SitePage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SiteList"];
            };
        };
        /** @description The site. */
        OneSite: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Site"];
            };
        };
        /** @description The chatbot. */
        OneChatbot: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Chatbot"];
            };
        };
        /** @description The contact. */
        OneContact: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Contact"];
            };
        };
        /** @description The note. */
        OneContactNote: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ContactNote"];
            };
        };
        /** @description The message, by analogy with the list; the answer is shown nowhere. Certainty: inferred. */
        OneContactMessage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ContactMessage"];
            };
        };
        /** @description The conversation. */
        OneConversation: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Conversation"];
            };
        };
        /** @description The message. */
        OneMessage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Message"];
            };
        };
    };
    parameters: {
        /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
        limit: number;
        /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
        offset: number;
        /** @description Id of the user. */
        userId: string;
        /** @description Id of the site. */
        siteId: string;
        /** @description Id of the contact. */
        contactId: string;
        /** @description Id of the conversation. */
        conversationId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    exchangeJwt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JwtAnswer"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    getAccount: {
        parameters: {
            query?: {
                /** @description With `true` the answer carries `planFeatures`. */
                withFeatures?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountUpdate"];
            };
        };
        responses: {
            /** @description The account, by analogy with the read; the answer is shown nowhere. Certainty: inferred. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    getAccountPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPlan"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of users. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    getCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user. */
                userId: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    listSites: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SitePage"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    createSite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteCreate"];
            };
        };
        responses: {
            200: components["responses"]["OneSite"];
            201: components["responses"]["OneSite"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    listChatbots: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of chatbots. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatbotList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    getSite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the site. */
                id: components["parameters"]["siteId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneSite"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    updateSite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the site. */
                id: components["parameters"]["siteId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteUpdate"];
            };
        };
        responses: {
            200: components["responses"]["OneSite"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    getSiteChatbot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the site. */
                id: components["parameters"]["siteId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneChatbot"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    updateSiteChatbot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the site. */
                id: components["parameters"]["siteId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatbotUpdate"];
            };
        };
        responses: {
            200: components["responses"]["OneChatbot"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    listWebsites: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SitePage"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    replaceWebsite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the site. */
                id: components["parameters"]["siteId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteUpdate"];
            };
        };
        responses: {
            200: components["responses"]["OneSite"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. Above 1000 the call is refused; status and body of the refusal are not recorded. */
                offset?: number;
                /** @description Created on or after. Proved with YYYY-MM-DD; times of day and the zone of a bare date are untested. */
                since?: string;
                /** @description Created before, or up to and including (sources disagree). Overlap windows by a day and drop repeated ids. Certainty: conflicting. */
                until?: string;
                /** @description By status. Certainty: inferred. */
                status?: components["schemas"]["ContactStatus"];
                /** @description By assignee, a user id. Certainty: inferred. */
                assignedTo?: string;
                /** @description By site. Certainty: inferred. */
                websiteId?: string;
                /** @description Free text, a phrase or a name. Certainty: inferred. */
                query?: string;
                /** @description By last update. Whether it means "on" or "since", and whether the name is right, is unproved. Certainty: unknown. */
                lastUpdated?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of contacts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    createContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactCreate"];
            };
        };
        responses: {
            200: components["responses"]["OneContact"];
            201: components["responses"]["OneContact"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneContact"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Id and status of the deleted contact. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactDeleteAnswer"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    updateContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactUpdate"];
            };
        };
        responses: {
            200: components["responses"]["OneContact"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    setContactStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactStatusUpdate"];
            };
        };
        responses: {
            200: components["responses"]["OneContact"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    addContactTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactTagCreate"];
            };
        };
        responses: {
            200: components["responses"]["OneContact"];
            201: components["responses"]["OneContact"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    listContactNotes: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of notes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactNoteList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    createContactNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactNoteCreate"];
            };
        };
        responses: {
            200: components["responses"]["OneContactNote"];
            201: components["responses"]["OneContactNote"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    listContactMessages: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMessageList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    createContactMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactMessageCreate"];
            };
        };
        responses: {
            200: components["responses"]["OneContactMessage"];
            201: components["responses"]["OneContactMessage"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    listContactHistory: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["contactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of history entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactHistoryEntryList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of conversations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationCreate"];
            };
        };
        responses: {
            200: components["responses"]["OneConversation"];
            201: components["responses"]["OneConversation"];
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Failure"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the conversation. */
                conversationId: components["parameters"]["conversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneConversation"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    countConversations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the site. */
                websiteId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The count. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationCount"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    listConversationMessages: {
        parameters: {
            query?: {
                /** @description Page size. The greatest accepted value is unknown; 50 is safe. Prefer `paging.limit` of the answer. */
                limit?: components["parameters"]["limit"];
                /** @description Records to skip. `GET /contacts` refuses more than 1000; other lists are untested. */
                offset?: components["parameters"]["offset"];
            };
            header?: never;
            path: {
                /** @description Id of the conversation. */
                conversationId: components["parameters"]["conversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageList"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    createConversationMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the conversation. */
                conversationId: components["parameters"]["conversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationMessageCreate"];
            };
        };
        responses: {
            200: components["responses"]["OneMessage"];
            201: components["responses"]["OneMessage"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
    getConversationMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the conversation. */
                conversationId: components["parameters"]["conversationId"];
                /** @description Id of the message. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneMessage"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Failure"];
        };
    };
}
export type Account = components["schemas"]["Account"];
export type AccountPlan = components["schemas"]["AccountPlan"];
export type AccountUpdate = components["schemas"]["AccountUpdate"];
export type ApiErrorBody = components["schemas"]["ApiErrorBody"];
export type AssignPriority = components["schemas"]["AssignPriority"];
export type Assignee = components["schemas"]["Assignee"];
export type AssigneeId = components["schemas"]["AssigneeId"];
export type CancelReason = components["schemas"]["CancelReason"];
export type Chatbot = components["schemas"]["Chatbot"];
export type ChatbotList = components["schemas"]["ChatbotList"];
export type ChatbotUpdate = components["schemas"]["ChatbotUpdate"];
export type Contact = components["schemas"]["Contact"];
export type ContactCreate = components["schemas"]["ContactCreate"];
export type ContactDeleteAnswer = components["schemas"]["ContactDeleteAnswer"];
export type ContactHistoryEntry = components["schemas"]["ContactHistoryEntry"];
export type ContactHistoryEntryList = components["schemas"]["ContactHistoryEntryList"];
export type ContactList = components["schemas"]["ContactList"];
export type ContactMessage = components["schemas"]["ContactMessage"];
export type ContactMessageCreate = components["schemas"]["ContactMessageCreate"];
export type ContactMessageList = components["schemas"]["ContactMessageList"];
export type ContactNote = components["schemas"]["ContactNote"];
export type ContactNoteCreate = components["schemas"]["ContactNoteCreate"];
export type ContactNoteList = components["schemas"]["ContactNoteList"];
export type ContactStatus = components["schemas"]["ContactStatus"];
export type ContactStatusUpdate = components["schemas"]["ContactStatusUpdate"];
export type ContactTagCreate = components["schemas"]["ContactTagCreate"];
export type ContactUpdate = components["schemas"]["ContactUpdate"];
export type Conversation = components["schemas"]["Conversation"];
export type ConversationChannel = components["schemas"]["ConversationChannel"];
export type ConversationCount = components["schemas"]["ConversationCount"];
export type ConversationCreate = components["schemas"]["ConversationCreate"];
export type ConversationList = components["schemas"]["ConversationList"];
export type ConversationMessageCreate = components["schemas"]["ConversationMessageCreate"];
export type EntryMethod = components["schemas"]["EntryMethod"];
export type ErrorAnswer = components["schemas"]["ErrorAnswer"];
export type JwtAnswer = components["schemas"]["JwtAnswer"];
export type Language = components["schemas"]["Language"];
export type Message = components["schemas"]["Message"];
export type MessageList = components["schemas"]["MessageList"];
export type MessageType = components["schemas"]["MessageType"];
export type Paging = components["schemas"]["Paging"];
export type PlanFeature = components["schemas"]["PlanFeature"];
export type PlanLimit = components["schemas"]["PlanLimit"];
export type PlanTier = components["schemas"]["PlanTier"];
export type RecipientStatus = components["schemas"]["RecipientStatus"];
export type SellSubscription = components["schemas"]["SellSubscription"];
export type SenderType = components["schemas"]["SenderType"];
export type Site = components["schemas"]["Site"];
export type SiteCreate = components["schemas"]["SiteCreate"];
export type SiteList = components["schemas"]["SiteList"];
export type SiteType = components["schemas"]["SiteType"];
export type SiteUpdate = components["schemas"]["SiteUpdate"];
export type User = components["schemas"]["User"];
export type UserList = components["schemas"]["UserList"];
export type UserPermission = components["schemas"]["UserPermission"];
