// Generated from the schemas by `npm run openapi`: edit those.
export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the server is up */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the process need not be restarted */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the server can serve */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/init": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a ribbon
         * @description Checks the API key, the page’s domain and the month’s quota, and hands out the Exotel credentials with which the ribbon signs in. Answers 429 once the calls of the month are used up.
         */
        post: operations["initRibbon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/agent-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an agent’s session
         * @description For the CRM’s own server, with a secret key that has the scope `manage`: it gets a token for one agent, which the agent’s page sends in place of any API key, in `X-API-Key`, as `apiKey` or as a bearer token. It opens what the page needs, for pages of one domain, for a few hours, and no longer than the key that asked for it.
         */
        post: operations["startAgentSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/log-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log an event of a call
         * @description Records what happened on a call. The event is on disk when the answer arrives. Sending it again is safe: a repeat, told by its `Idempotency-Key`, its `eventId` or its content, gets the first one’s `logId` and changes nothing. Events may arrive late and in any order. Never refused for quota.
         */
        post: operations["logCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the client’s configuration
         * @description The features and plan of the client, and how much of the month’s quota is used.
         */
        get: operations["getConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the totals of a range
         * @description Totals, calls by local date, the most recent calls, and the use of the plan in the current month. Counts calls by their start, active ones included.
         */
        get: operations["getAnalytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/analytics/detailed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the detailed report of a range
         * @description Totals, calls by local hour and weekday, the customers with the most calls, how long calls last, and the most recent calls.
         */
        get: operations["getDetailedAnalytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/call-logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the logged events
         * @description Events newest first, by page number or by cursor. The filters are about the event; one that does not say its direction takes its call’s. `total` is exact.
         */
        get: operations["listCallLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/active-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the calls in progress
         * @description Calls whose end was not reported yet. One older than the maximum call age is not listed.
         */
        get: operations["listActiveCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/export/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export calls as a file
         * @description Every call of the range, oldest first, one row or entry a call, as JSON, lines of JSON or CSV. The API key may stand in the query, so that a link can download the file. An export that fails half-way breaks the connection off: a file that ended is complete.
         */
        get: operations["exportCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Save a customer
         * @description Applies a JSON merge patch (RFC 7396): members given replace, members omitted stay, `null` removes, and `customFields` merges member by member. Without `customerId` a new customer is made.
         */
        post: operations["saveCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/customer/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a customer
         * @description What is known of a customer that was saved or that a call named, with the most recent calls.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/customer/{customerId}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a customer’s calls
         * @description The most recent calls with a customer, the events of those calls, and totals over all of them.
         */
        get: operations["getCustomerCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all clients */
        get: operations["listClients"];
        put?: never;
        /** Create a client */
        post: operations["createClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/analytics/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the totals of all clients */
        get: operations["getAllClientsAnalytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what administrators did */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a client */
        get: operations["getClient"];
        put?: never;
        post?: never;
        /** Delete a client */
        delete: operations["deleteClient"];
        options?: never;
        head?: never;
        /** Change a client */
        patch: operations["updateClient"];
        trace?: never;
    };
    "/api/admin/clients/{clientId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore a client */
        post: operations["restoreClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what Exotel has sent */
        get: operations["listCallbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys of a client */
        get: operations["listKeys"];
        put?: never;
        /** Give a client one more API key */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace an API key */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The calls in progress. */
        ActiveCalls: {
            /** @description Newest start first, at most 10000 of them; fewer where the answer is as long as it may be. */
            activeCalls: components["schemas"]["Call"][];
            /** @description How many calls are in progress, however many are listed. */
            count: number;
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @constant
             */
            truncated?: true;
        };
        /** @description An agent’s session. */
        AgentSession: {
            /** @description What the page sends in place of an API key: a JSON Web Token (RFC 7519). */
            token: string;
            /** @description When the session ends. UTC, ISO 8601. */
            expiresAt: string;
            /** @description The agent: events that the page logs are this agent’s. */
            agentUserId: string;
            /** @description Host name of the page. */
            domain: string;
            /** @description What the page may call. */
            permissions: components["schemas"]["PagePermission"][];
        };
        AllAnalytics: {
            clients: components["schemas"]["ClientAnalytics"][];
            totalClients: number;
            totalCallsAllClients: number;
            nextAfter: string | null;
        };
        /** @description Totals, calls by date and the most recent calls of a range. */
        Analytics: {
            summary: components["schemas"]["Summary"];
            callsByDate: components["schemas"]["CallsByDate"];
            /** @description Calls that started in the range, newest start first: as many as `limit` asks for. */
            recentCalls: components["schemas"]["Call"][];
            usage: components["schemas"]["Usage"];
            /** @description IANA time zone in which dates, hours and weekdays were counted. */
            timezone: string;
            dateRange: components["schemas"]["DateRange"];
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @constant
             */
            truncated?: true;
            /** @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing. */
            retainedFrom?: string;
        };
        ApiKey: {
            keyId: string;
            apiKey: string;
            kind: components["schemas"]["KeyKind"];
            scopes: components["schemas"]["KeyScope"][] | null;
            addresses: string[] | null;
            name: string | null;
            createdAt: string;
            lastUsedAt: string | null;
            endsAt: string | null;
        };
        ApiKeyList: {
            keys: components["schemas"]["ApiKey"][];
        };
        /** @enum {string} */
        AuditAction: "client.created" | "client.updated" | "client.deleting" | "client.restored" | "client.deleted" | "key.created" | "key.ended";
        AuditEntry: {
            id: number;
            at: string;
            actor: string;
            action: components["schemas"]["AuditAction"];
            clientId: string;
            details: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            requestId: string | null;
        };
        AuditLog: {
            entries: components["schemas"]["AuditEntry"][];
            nextBefore: number | null;
        };
        /** @description A call, as its events tell it. */
        Call: {
            /** @description Id of the call, unique within the client. */
            sessionId: string;
            /** @description The client that this belongs to. */
            clientId: string;
            /** @description When the call began: the earliest time that its events tell. Where the first thing told of it is its answer or its end, this is that instant, less the duration that its end reported. UTC, ISO 8601. */
            startTime: string;
            /** @description When the two began to talk, as Exotel tells it; else when a ribbon says the call was answered: the earliest `connected`, or the answer that the data of an event tells. Absent when nobody answered, also where Exotel says so and a ribbon says otherwise, and when an end that reports talk time is all that says somebody did. UTC, ISO 8601. */
            answeredAt?: string;
            /** @description When the call ended. Absent until it has. UTC, ISO 8601. */
            endTime?: string;
            /** @description Talk time in whole seconds, once the call has ended: what Exotel reports, else what its end reported, else the time from its answer to its end, else what an event during the call reported, else 0. */
            duration?: number;
            /** @description How long the call rang, in whole seconds: from `startTime` to `answeredAt` or, when nobody answered, to `endTime`. Absent while it rings, and when nothing is known of the call from before its answer or its end. */
            ringSeconds?: number;
            /** @description When the customer of an outbound call answered, as Exotel tells it. A ribbon cannot: its `connected` is the agent’s own leg. UTC, ISO 8601. */
            customerAnsweredAt?: string;
            /** @description True when Exotel itself said how the call ended: then outcome and talk time are what Exotel says. Absent when they are what ribbons say. */
            confirmed?: boolean;
            /** @description Why the call ended, in the words of whoever said so: Exotel, else the ribbon’s `callEndReason`. */
            endReason?: string;
            /** @description The agent: the `agentUserId` of the latest `connected` event or, when none of those names one, of the latest event that does. Events from the provider go before those from a ribbon. Absent when no event names one. */
            agentUserId?: string;
            /** @description Number, or SIP address, at which Exotel rang the agent. */
            agentNumber?: string;
            /** @description The customer’s number, as it was told. */
            phoneNumber?: string;
            /** @description The same as E.164, by which it is found however it was written. Absent where it is no number, such as an extension. */
            phoneE164?: string;
            /** @description Exotel’s number that was called, or that the call showed: neither party’s. */
            virtualNumber?: string;
            /** @description True when there is a recording of the call. Absent otherwise. */
            hasRecording?: boolean;
            callDirection: components["schemas"]["CallDirection"];
            /** @description What the events told of the customer: the first members by name that fit 16384 characters as JSON, each counted at the longest value it was sent with. */
            customerData?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            status: components["schemas"]["CallStatus"];
        };
        /** @description The customer, as the CRM knows it. Members of any name are kept, 256 at most. */
        CallCustomer: ({
            /** @description The CRM’s own id of the customer. */
            customerId?: string | null;
            /** @description Name. */
            name?: string | number | boolean | null;
            /** @description E-mail address. */
            email?: string | number | boolean | null;
        } & {
            [key: string]: components["schemas"]["JsonValue"];
        }) | null;
        /**
         * @description What the ribbon knows of the call. Members of any name are kept, and come back as they were sent. At most 32768 characters as JSON, nested 100 levels deep.
         *
         *     An event with neither `callSid` nor `callId` belongs to the call of its number that began latest by its time, within the maximum call age, unless that call was over for more than a minute; it is looked for among the 100 newest. Without such a call it begins one of its own. A call takes the first 500 such events; those beyond are kept and change no call. A call lists its first 500 events; those beyond are kept and still change it.
         */
        CallData: {
            /** @description Exotel’s id of the call. */
            callSid?: string | null;
            /** @description The SDK’s id of the call, used when there is no `callSid`. */
            callId?: string | null;
            /** @description The customer’s number. */
            phoneNumber?: string | null;
            /** @description `inbound` or `outbound`; `incoming` and `outgoing` mean the same. Anything else is kept and says nothing. */
            callDirection?: string | null;
            /** @description Talk time in seconds, as a number; a fraction of a second is dropped. `""` and null: not known. */
            duration?: (number | null) | "";
            /** @description Talk time in seconds as the SDK reports it, used when there is no `duration`: a number, or text of decimal digits. Other text is kept and says nothing. */
            callDuration?: string | number | boolean | null;
            customerData?: components["schemas"]["CallCustomer"];
            /** @description The other end, as the SDK names it. */
            remoteId?: string | number | boolean | null;
            /** @description Name of the other end. */
            remoteDisplayName?: string | number | boolean | null;
            /** @description The SDK’s state of the call. */
            callState?: string | number | boolean | null;
            /** @description When the call began. */
            callStartedTime?: string | number | boolean | null;
            /** @description When the call was established. */
            callEstablishedTime?: string | number | boolean | null;
            /** @description When the call ended. */
            callEndedTime?: string | number | boolean | null;
            /** @description When the call was answered. */
            callAnswerTime?: string | number | boolean | null;
            /** @description Why the call ended. */
            callEndReason?: string | number | boolean | null;
            /** @description The SDK’s session. */
            sessionId?: string | number | boolean | null;
            /** @description The number that called. */
            callFromNumber?: string | number | boolean | null;
            /** @description SIP headers, in any shape. */
            sipHeaders?: (string | number | boolean | Record<string, never> | null) | unknown;
        } & {
            [key: string]: components["schemas"]["JsonValue"];
        };
        /**
         * @description Who called: `inbound` is the customer, `outbound` the agent.
         * @enum {string}
         */
        CallDirection: "inbound" | "outbound";
        /** @description What happened on a call. Members of other names are kept, all but `data` together at most 4096 characters as JSON. */
        CallEvent: {
            /** @description The client’s API key, or an agent session’s token, when it is not in the `X-API-Key` header. */
            apiKey?: string;
            event: components["schemas"]["EventName"];
            data: components["schemas"]["CallData"];
            /** @description When it happened: ISO 8601, read in the client’s time zone when it has no offset, and at most 24 hours ahead of the server’s clock. Absent: on arrival. */
            timestamp?: string;
            /** @description Host name of the page that embeds the ribbon. */
            domain?: string | null;
            /** @description The agent whose ribbon reports the event. The call takes the agent of its latest `connected` event, else of its latest event that names one. */
            agentUserId?: string | number | null;
            /** @description The client’s name as the page knows it. */
            clientName?: string | null;
            /** @description The caller’s own id of this event: the same id again is a repeat, which changes nothing. */
            eventId?: string;
        } & {
            [key: string]: components["schemas"]["JsonValue"];
        };
        /** @description The calls of a range, one entry a call. */
        CallExport: {
            client: components["schemas"]["ExportedClient"];
            /** @description UTC, ISO 8601, with milliseconds only when there are any. */
            exportDate: string;
            dateRange: components["schemas"]["DateRange"];
            /** @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing. */
            retainedFrom?: string;
            /** @description Every call that started in the range, oldest first. */
            calls: components["schemas"]["Call"][];
        };
        /** @description An event of a call, as it was logged. */
        CallLog: {
            /** @description Id of the logged event, unique within the client. */
            logId: string;
            /** @description The client that this belongs to. */
            clientId: string;
            /** @description The client’s name. */
            clientName: string;
            event: components["schemas"]["EventName"];
            /** @description As it was sent. */
            data: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** @description UTC, ISO 8601, with milliseconds only when there are any. */
            timestamp: string;
            /** @description Host name of the page that reported the event. */
            domain?: string | null;
            /** @description The agent who handled the call, as sent. */
            agentUserId?: string | number | null;
        };
        /** @description A page of logged events. */
        CallLogs: {
            /** @description Newest first. */
            logs: components["schemas"]["CallLog"][];
            pagination: components["schemas"]["Pagination"];
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @constant
             */
            truncated?: true;
            /** @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing. */
            retainedFrom?: string;
        };
        /**
         * @description `active` until the call ends. `expired` is a call whose end was never reported within the maximum call age: a late `callEnded` still completes it.
         * @enum {string}
         */
        CallStatus: "active" | "completed" | "missed" | "no-answer" | "busy" | "failed" | "rejected" | "canceled" | "expired";
        CallbackCount: {
            /** @enum {string} */
            event: "statusCallback" | "integrationCallback" | "passthru" | "popup";
            received: number;
            repeated: number;
            firstAt: string | null;
            lastAt: string | null;
            lastLogId: string | null;
        };
        CallbackOddity: {
            /** @enum {string} */
            event: "statusCallback" | "integrationCallback" | "passthru" | "popup";
            /** @enum {string} */
            kind: "unknown-member" | "unknown-value" | "missing-callsid" | "unusable-time" | "left-out" | "others";
            what: string;
            times: number;
            firstAt: string;
            lastAt: string;
            logId: string;
        };
        CallbackSummary: {
            callbacks: components["schemas"]["CallbackCount"][];
            oddities: components["schemas"]["CallbackOddity"][];
        };
        /** @description How many calls started on each local date, newest first; only dates with calls. */
        CallsByDate: {
            [key: string]: number;
        };
        /** @description How many calls started on each local weekday, 0 (Sunday) to 6 (Saturday): every weekday is there. */
        CallsByDayOfWeek: {
            /** @description Calls that started on a Sunday, local time. */
            0: number;
            /** @description Calls that started on a Monday, local time. */
            1: number;
            /** @description Calls that started on a Tuesday, local time. */
            2: number;
            /** @description Calls that started on a Wednesday, local time. */
            3: number;
            /** @description Calls that started on a Thursday, local time. */
            4: number;
            /** @description Calls that started on a Friday, local time. */
            5: number;
            /** @description Calls that started on a Saturday, local time. */
            6: number;
        };
        /** @description How many calls started in each hour of the local clock, 0 to 23: every hour is there. */
        CallsByHour: {
            /** @description Calls that started from 0:00 to 0:59, local time. */
            0: number;
            /** @description Calls that started from 1:00 to 1:59, local time. */
            1: number;
            /** @description Calls that started from 2:00 to 2:59, local time. */
            2: number;
            /** @description Calls that started from 3:00 to 3:59, local time. */
            3: number;
            /** @description Calls that started from 4:00 to 4:59, local time. */
            4: number;
            /** @description Calls that started from 5:00 to 5:59, local time. */
            5: number;
            /** @description Calls that started from 6:00 to 6:59, local time. */
            6: number;
            /** @description Calls that started from 7:00 to 7:59, local time. */
            7: number;
            /** @description Calls that started from 8:00 to 8:59, local time. */
            8: number;
            /** @description Calls that started from 9:00 to 9:59, local time. */
            9: number;
            /** @description Calls that started from 10:00 to 10:59, local time. */
            10: number;
            /** @description Calls that started from 11:00 to 11:59, local time. */
            11: number;
            /** @description Calls that started from 12:00 to 12:59, local time. */
            12: number;
            /** @description Calls that started from 13:00 to 13:59, local time. */
            13: number;
            /** @description Calls that started from 14:00 to 14:59, local time. */
            14: number;
            /** @description Calls that started from 15:00 to 15:59, local time. */
            15: number;
            /** @description Calls that started from 16:00 to 16:59, local time. */
            16: number;
            /** @description Calls that started from 17:00 to 17:59, local time. */
            17: number;
            /** @description Calls that started from 18:00 to 18:59, local time. */
            18: number;
            /** @description Calls that started from 19:00 to 19:59, local time. */
            19: number;
            /** @description Calls that started from 20:00 to 20:59, local time. */
            20: number;
            /** @description Calls that started from 21:00 to 21:59, local time. */
            21: number;
            /** @description Calls that started from 22:00 to 22:59, local time. */
            22: number;
            /** @description Calls that started from 23:00 to 23:59, local time. */
            23: number;
        };
        Client: {
            clientId: string;
            name: string;
            plan: components["schemas"]["Plan"];
            /** @enum {string} */
            status: "active" | "suspended" | "deleting";
            limit: number;
            features: components["schemas"]["Feature"][];
            domains: string[];
            timezone: string;
            region: string;
            retentionMonths: number | null;
            requireAgentSessions: boolean;
            createdAt: string;
            deletesAt: string | null;
            apiKey: string | null;
        };
        ClientAnalytics: {
            clientId: string;
            clientName: string;
            plan: components["schemas"]["Plan"];
            totalCalls: number;
            totalDuration: number;
            callsThisMonth: number;
            limit: number;
            utilizationPercent: number;
        };
        ClientChangesBody: {
            name?: string;
            domains?: string[];
            plan?: components["schemas"]["Plan"];
            limit?: number;
            features?: components["schemas"]["Feature"][];
            timezone?: string;
            region?: string;
            retentionMonths?: number | null;
            requireAgentSessions?: boolean;
            exotelToken?: string;
            userId?: string;
            /** @enum {string} */
            status?: "active" | "suspended";
        };
        /** @description What the ribbon may show of its client. */
        ClientInfo: {
            /** @description The client’s name. */
            name: string;
            plan: components["schemas"]["Plan"];
            /** @description Calls left this month. */
            remainingCalls: number;
        };
        ClientList: components["schemas"]["ClientSummary"][];
        ClientSummary: {
            clientId: string;
            name: string;
            plan: components["schemas"]["Plan"];
            callsThisMonth: number;
            limit: number;
            /** @enum {string} */
            status: "active" | "suspended" | "deleting";
            apiKey: string;
        };
        /** @description A customer: saved, or named by a call. */
        Customer: {
            /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
            customerId: string;
            /** @description The client that this belongs to. */
            clientId: string;
            /** @description Name. */
            name?: string;
            /** @description E-mail address. */
            email?: string;
            /** @description Phone number. */
            phone?: string;
            /** @description Company. */
            company?: string;
            /** @description Labels. */
            tags?: string[];
            /** @description Anything else that was saved. */
            customFields?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** @description UTC, ISO 8601, with milliseconds only when there are any. */
            createdAt: string;
            /** @description UTC, ISO 8601, with milliseconds only when there are any. */
            lastUpdated: string;
        } & {
            [key: string]: components["schemas"]["JsonValue"];
        };
        /** @description A customer’s calls, with their events. */
        CustomerCalls: {
            /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
            customerId: string;
            /** @description Newest start first. */
            calls: components["schemas"]["Call"][];
            /** @description Events of those calls, oldest first: the newest 500 at most. */
            events: components["schemas"]["CustomerEvent"][];
            /** @description All calls there ever were, ended or not. */
            totalCalls: number;
            /** @description The sum of `duration` over all calls that have ended, in seconds. */
            totalDuration: number;
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @constant
             */
            truncated?: true;
            /** @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing. */
            retainedFrom?: string;
        };
        /** @description An event of one of the customer’s calls. */
        CustomerEvent: {
            /** @description Id of the logged event, unique within the client. */
            logId: string;
            event: components["schemas"]["EventName"];
            /** @description UTC, ISO 8601, with milliseconds only when there are any. */
            timestamp: string;
        };
        /** @description A JSON merge patch (RFC 7396): members given replace, members omitted stay, `null` removes. Without `customerId` a new customer is made. The record must not become longer than 32768 characters as JSON. */
        CustomerPatch: {
            /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
            customerId?: string;
            /** @description Name. */
            name?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description Phone number. */
            phone?: string | null;
            /** @description Company. */
            company?: string | null;
            /** @description Labels, 100 at most. They replace those saved before. */
            tags?: string[] | null;
            /** @description Anything else, at most 256 members, merged member by member with what was saved before. */
            customFields?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
        } & {
            [key: string]: components["schemas"]["JsonValue"];
        };
        /** @description A customer and its calls. */
        CustomerProfile: {
            customer: components["schemas"]["Customer"];
            /** @description The customer’s most recent calls, newest start first, 50 at most. */
            callHistory: components["schemas"]["Call"][];
            /** @description All calls there ever were, ended or not. */
            totalCalls: number;
            /** @description The sum of `duration` over all calls that have ended, in seconds. */
            totalDuration: number;
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @constant
             */
            truncated?: true;
            /** @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing. */
            retainedFrom?: string;
        };
        /** @description What to save of a customer. */
        CustomerUpdate: {
            /** @description The client’s API key, or an agent session’s token, when it is not in the `X-API-Key` header. */
            apiKey?: string;
            customerData: components["schemas"]["CustomerPatch"];
        };
        /** @description The range asked for, echoed. */
        DateRange: {
            /** @description `startDate` as asked; null when the range is open. */
            startDate: string | null;
            /** @description `endDate` as asked; null when the range is open. */
            endDate: string | null;
        };
        /** @description When calls happen, how long they last and who calls most. */
        DetailedAnalytics: {
            summary: components["schemas"]["Summary"];
            callsByHour: components["schemas"]["CallsByHour"];
            callsByDayOfWeek: components["schemas"]["CallsByDayOfWeek"];
            /** @description The 10 customers with the most calls in the range. Where two have as many, the longer `totalDuration` goes first, then the id. */
            topCustomers: components["schemas"]["TopCustomer"][];
            durationBuckets: components["schemas"]["DurationBuckets"];
            /** @description Ended calls by talk time, shortest first, after those that nobody answered. Together they are `endedCalls`. */
            talkTimeBuckets: components["schemas"]["TalkTimeBucket"][];
            /** @description Calls that started in the range, newest start first: as many as `limit` asks for. */
            recentActivity: components["schemas"]["Call"][];
            /** @description IANA time zone in which dates, hours and weekdays were counted. */
            timezone: string;
            dateRange: components["schemas"]["DateRange"];
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @constant
             */
            truncated?: true;
            /** @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing. */
            retainedFrom?: string;
        };
        /** @description How many calls ended with a `duration` in each bucket, which includes its lower bound and excludes its upper. Calls that nobody answered are among them, mostly in `0-30s`: `talkTimeBuckets` tells them apart. */
        DurationBuckets: {
            /** @description Ended calls whose `duration` lies in 0-30s. */
            "0-30s": number;
            /** @description Ended calls whose `duration` lies in 30s-1m. */
            "30s-1m": number;
            /** @description Ended calls whose `duration` lies in 1m-3m. */
            "1m-3m": number;
            /** @description Ended calls whose `duration` lies in 3m-5m. */
            "3m-5m": number;
            /** @description Ended calls whose `duration` lies in 5m+. */
            "5m+": number;
        };
        /** @description What happened on the call. These change it: `incoming`, `connected`, `callEnded`, `holdtoggle`, `mutetoggle`, `dialing`, `dtmf`, `missed`, `rejected`. Any other name is stored and listed, and changes no call. */
        EventName: string;
        /**
         * @description A column of CSV. `sessionId`: id of the call; `customerName`: name that the events gave the customer; `phoneNumber`: the customer’s number; `direction`: `inbound` or `outbound`; `startTime`: when the call began; `endTime`: when it ended; `duration`: talk time in whole seconds; `customerId`: id of the customer; `status`: status of the call as it is when the file is made; `answeredAt`: when it was answered; `ringSeconds`: whole seconds until it was answered or, if nobody answered, until it ended; `agentUserId`: the agent; `localDate`: local date under which reports count the call; `localHour`: local hour, 0 to 23, under which reports count it; `logIds`: ids of its logged events, oldest first, with a space between. What is not known is an empty cell; `logIds` is also empty for a call of more than 100 events.
         * @enum {string}
         */
        ExportColumn: "sessionId" | "customerName" | "phoneNumber" | "direction" | "startTime" | "endTime" | "duration" | "customerId" | "status" | "answeredAt" | "ringSeconds" | "agentUserId" | "localDate" | "localHour" | "logIds";
        /** @description Whose calls these are. */
        ExportedClient: {
            /** @description The client that this belongs to. */
            clientId: string;
            /** @description The client’s name. */
            name: string;
        };
        /**
         * @description Something the ribbon may offer the agent.
         * @enum {string}
         */
        Feature: "call" | "mute" | "hold" | "dtmf" | "transfer";
        /** @description The page that starts a ribbon. */
        InitRequest: {
            /** @description The client’s API key, or an agent session’s token, when it is not in the `X-API-Key` header. */
            apiKey?: string;
            /** @description Host name of the page that embeds the ribbon: one of the client’s allowed domains. */
            domain: string;
        };
        /** @description Any JSON value. */
        JsonValue: (string | number | boolean | Record<string, never> | null) | unknown;
        /** @enum {string} */
        KeyKind: "publishable" | "secret" | "full" | "callback";
        KeyRotation: {
            /** @default 24 */
            overlapHours?: number;
            /** @default null */
            days?: number | null;
        };
        /** @enum {string} */
        KeyScope: "read" | "write" | "export" | "manage";
        Liveness: {
            /** @enum {string} */
            status: "alive";
        };
        /** @description The event is on disk. A repeat gets the first one’s `logId`. */
        LoggedEvent: {
            /**
             * @description Always true.
             * @constant
             */
            success: true;
            /** @description Id of the logged event, unique within the client. */
            logId: string;
            /** @description What the event says that was most likely meant to be understood, and is not: names that are close to known ones, and directions and durations that are none. Absent when there is nothing of the kind. With `Prefer: handling=strict` such an event is refused instead. */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description An agent, and where their page is. */
        NewAgentSession: {
            /** @description The client’s API key, or an agent session’s token, when it is not in the `X-API-Key` header. */
            apiKey?: string;
            /** @description The agent: events that the page logs are this agent’s. */
            agentUserId: string;
            /** @description Host name of the page, one of the client’s allowed domains: the session is for its pages alone. */
            domain: string;
            /**
             * @description What the page may call.
             * @default [
             *       "init",
             *       "config",
             *       "log-call"
             *     ]
             */
            permissions?: components["schemas"]["PagePermission"][];
            /**
             * @description How long the session lasts.
             * @default 28800
             */
            expiresInSeconds?: number;
        };
        NewApiKeyBody: {
            /**
             * @default secret
             * @enum {string}
             */
            kind?: "publishable" | "secret" | "full" | "callback";
            scopes?: components["schemas"]["KeyScope"][];
            /** @default null */
            addresses?: string[] | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            days?: number | null;
        };
        NewClient: {
            client: components["schemas"]["Client"];
            keyId: string;
            apiKey: string;
        };
        NewClientBody: {
            clientId?: string;
            name: string;
            /** @default [] */
            domains?: string[];
            /**
             * @default professional
             * @enum {string}
             */
            plan?: "trial" | "professional" | "enterprise";
            /** @default 5000 */
            limit?: number;
            /**
             * @default [
             *       "call",
             *       "mute",
             *       "hold",
             *       "dtmf"
             *     ]
             */
            features?: components["schemas"]["Feature"][];
            timezone?: string;
            /** @default IN */
            region?: string;
            /** @default null */
            retentionMonths?: number | null;
            /** @default false */
            requireAgentSessions?: boolean;
            exotelToken: string;
            userId: string;
        };
        NewKey: {
            keyId: string;
            apiKey: string;
            key: components["schemas"]["ApiKey"];
            callbackUrls?: {
                statusCallback: string;
                integrationCallback: string;
                passthru: string;
                popup: string;
            };
        };
        /**
         * @description An operation that a page may call.
         * @enum {string}
         */
        PagePermission: "init" | "config" | "log-call";
        /** @description Where this page stands among all. */
        Pagination: {
            /** @description The page asked for; absent when a cursor was. */
            page?: number;
            /** @description Most events on this page. */
            pageSize: number;
            /** @description Events that match, on all pages: exact. */
            total: number;
            /** @description Pages in all. */
            totalPages: number;
            /** @description Where the next events start, after the last one listed here; null after the last of all. */
            nextCursor: string | null;
        };
        /**
         * @description The client’s plan.
         * @enum {string}
         */
        Plan: "trial" | "professional" | "enterprise";
        /** @description An error, per RFC 9457. */
        Problem: {
            /** @description Kind of problem: a link to the entry of its `code` in the documentation. */
            type: string;
            /** @description Kind of problem, in words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What is wrong with this request. */
            detail: string;
            /** @description Path of the request, without its query. */
            instance: string;
            code: components["schemas"]["ProblemCode"];
            /** @description Id of the request, as in the server’s log and the `X-Request-Id` header. */
            requestId: string;
            /** @description Every fault of a request that does not fit the contract, the first 100 at most, and at most 8192 characters of them. */
            errors?: components["schemas"]["ProblemError"][];
        };
        /**
         * @description Kind of problem, for programs. A code never changes its meaning; more may be added.
         * @enum {string}
         */
        ProblemCode: "invalid_request" | "invalid_json" | "missing_api_key" | "invalid_api_key" | "invalid_admin_token" | "admin_disabled" | "key_not_allowed" | "session_required" | "domain_not_allowed" | "address_not_allowed" | "origin_not_allowed" | "not_found" | "customer_not_found" | "client_not_found" | "key_not_found" | "method_not_allowed" | "request_timeout" | "client_exists" | "too_many_keys" | "payload_too_large" | "unsupported_media_type" | "idempotency_conflict" | "quota_exceeded" | "too_many_exports" | "rate_limited" | "headers_too_large" | "internal" | "overloaded" | "unavailable" | "outcome_open";
        /** @description A fault of a request that does not fit the contract. */
        ProblemError: {
            /** @description JSON pointer (RFC 6901) to the fault. */
            pointer: string;
            /**
             * @description The part of the request that the pointer is about.
             * @enum {string}
             */
            in?: "body" | "query" | "path" | "headers";
            /** @description What is wrong there, and where it is known what to do. */
            message: string;
        };
        Readiness: {
            /** @enum {string} */
            status: "ready";
            /** @enum {string} */
            storage: "ok" | "behind";
        };
        /** @description How the client is set up. */
        RibbonConfig: {
            /** @description What the ribbon may offer. */
            features: components["schemas"]["Feature"][];
            plan: components["schemas"]["Plan"];
            usage: components["schemas"]["Usage"];
            /** @description IANA time zone of the client’s days and months. */
            timezone: string;
        };
        /** @description What the ribbon needs to start. */
        RibbonCredentials: {
            /** @description Token with which the ribbon signs in to Exotel. */
            exotelToken: string;
            /** @description Exotel user that the ribbon signs in as. */
            userId: string;
            /** @description What the ribbon may offer. */
            features: components["schemas"]["Feature"][];
            clientInfo: components["schemas"]["ClientInfo"];
        };
        /** @description The customer is saved, on disk. */
        SavedCustomer: {
            /**
             * @description Always true.
             * @constant
             */
            success: true;
            /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
            customerId: string;
            /**
             * @description For people.
             * @enum {string}
             */
            message: "Customer information saved";
        };
        ServerHealth: {
            /** @enum {string} */
            status: "healthy";
            version: string;
            uptime: number;
        };
        /** @description Totals over the calls that started in the range. Each call is counted by what its events tell of it when the answer is given. */
        Summary: {
            /** @description Calls that started in the range: `endedCalls` and `openCalls`. */
            totalCalls: number;
            /** @description The sum of `duration` over `endedCalls`, in seconds. */
            totalDuration: number;
            /** @description `totalDuration` over `endedCalls`, in whole seconds: calls that nobody answered lower it. 0 when none ended. */
            avgDuration: number;
            /** @description Calls from customers, ended or not. */
            inboundCalls: number;
            /** @description Calls to customers, ended or not. */
            outboundCalls: number;
            /** @description Inbound calls that ended and that nobody answered, whatever the reason: those that the agent rejected are among them. */
            missedCalls: number;
            /** @description Calls that were answered and have ended. Those that are answered and go on are `openAnsweredCalls`. */
            answeredCalls: number;
            /** @description `answeredCalls` over `endedCalls`, 0 to 1 in four digits; 0 when none ended. */
            answerRate: number;
            /** @description Calls that have ended: `answeredCalls` and `unansweredCalls`. */
            endedCalls: number;
            /** @description Calls that ended and that nobody answered, inbound and outbound. */
            unansweredCalls: number;
            /** @description Those of `unansweredCalls` whose status is `rejected`: an agent or a customer turned the call down. */
            rejectedCalls: number;
            /** @description Those of `rejectedCalls` that are inbound. They are among `missedCalls`: the other missed calls rang until the caller gave up, or failed. */
            rejectedInboundCalls: number;
            /** @description Calls without an end: those in progress, and those that are `expired` because nobody ever reported their end. */
            openCalls: number;
            /** @description Those of `openCalls` that were answered. */
            openAnsweredCalls: number;
            /** @description The sum of `duration` over `answeredCalls`, in seconds. */
            totalTalkTime: number;
            /** @description `totalTalkTime` over `answeredCalls`, in whole seconds: how long a conversation takes. 0 when there was none. */
            avgTalkTime: number;
        };
        /** @description How many ended calls had a talk time within some bounds, or none at all. */
        TalkTimeBucket: {
            /**
             * @description `unanswered`, or the talk times of the bucket.
             * @enum {string}
             */
            name: "unanswered" | "0-30s" | "30s-1m" | "1m-3m" | "3m-5m" | "5m+";
            /** @description The shortest talk time of the bucket, in seconds; null for `unanswered`. */
            fromSeconds: number | null;
            /** @description The talk time that is too long for the bucket, in seconds; null for `unanswered` and for the last bucket. */
            toSeconds: number | null;
            /** @description Calls that ended: of `unanswered` those that nobody answered, of any other bucket those that were answered and whose `duration` lies in it. */
            calls: number;
        };
        /** @description A customer among those with the most calls. */
        TopCustomer: {
            /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
            customerId: string;
            /** @description The customer’s name; null when nobody told it. */
            customerName: string | null;
            /** @description The customer’s number; null when nobody told it. */
            phoneNumber: string | null;
            /** @description Calls with the customer that started in the range, ended or not. */
            callCount: number;
            /** @description The sum of `duration` over those of them that have ended, in seconds. */
            totalDuration: number;
        };
        /** @description Use of the plan in the current month. */
        Usage: {
            /** @description Calls that started in the current calendar month of the client’s time zone, ended or not. */
            callsThisMonth: number;
            /** @description Calls a month that the plan allows. */
            limit: number;
            /** @description `limit` less `callsThisMonth`; 0 once the limit is reached or passed. */
            remaining: number;
        };
        /** @description Something in an event that was kept, and not understood. */
        Warning: {
            /** @description JSON pointer (RFC 6901) to it in the body. */
            pointer: string;
            /** @description Why it was not understood, and what was most likely meant. */
            message: string;
        };
    };
    responses: {
        /** @description The request was refused, and changed nothing. `code` says why: see the table of errors in the introduction. */
        ClientError: {
            headers: {
                Allow: components["headers"]["Allow"];
                "Retry-After": components["headers"]["Retry-After"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Data-As-Of": components["headers"]["Data-As-Of"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description An API key that was just made. */
        Created: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Data-As-Of": components["headers"]["Data-As-Of"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        /** @description Nobody saved this customer under this client, and no call named it. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Data-As-Of": components["headers"]["Data-As-Of"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nothing changed since the answer whose `ETag` was sent as `If-None-Match`. */
        NotModified: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Data-As-Of": components["headers"]["Data-As-Of"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description A client, as it is set up. */
        OK: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Data-As-Of": components["headers"]["Data-As-Of"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Client"];
            };
        };
        /** @description The server could not serve. Nothing was written, unless `code` is `outcome_open`: then that is not known, and sending the same event again settles it. */
        ServerError: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Data-As-Of": components["headers"]["Data-As-Of"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        Allow: string;
        "Content-Disposition": string;
        "Data-As-Of": string;
        ETag: string;
        Link: string;
        Location: string;
        "Preference-Applied": string;
        RateLimit: string;
        "RateLimit-Policy": string;
        "Retained-From": string;
        "Retry-After": number;
        "WWW-Authenticate": string;
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type ActiveCalls = components['schemas']['ActiveCalls'];
export type AgentSession = components['schemas']['AgentSession'];
export type AllAnalytics = components['schemas']['AllAnalytics'];
export type Analytics = components['schemas']['Analytics'];
export type ApiKey = components['schemas']['ApiKey'];
export type ApiKeyList = components['schemas']['ApiKeyList'];
export type AuditAction = components['schemas']['AuditAction'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditLog = components['schemas']['AuditLog'];
export type Call = components['schemas']['Call'];
export type CallCustomer = components['schemas']['CallCustomer'];
export type CallData = components['schemas']['CallData'];
export type CallDirection = components['schemas']['CallDirection'];
export type CallEvent = components['schemas']['CallEvent'];
export type CallExport = components['schemas']['CallExport'];
export type CallLog = components['schemas']['CallLog'];
export type CallLogs = components['schemas']['CallLogs'];
export type CallStatus = components['schemas']['CallStatus'];
export type CallbackCount = components['schemas']['CallbackCount'];
export type CallbackOddity = components['schemas']['CallbackOddity'];
export type CallbackSummary = components['schemas']['CallbackSummary'];
export type CallsByDate = components['schemas']['CallsByDate'];
export type CallsByDayOfWeek = components['schemas']['CallsByDayOfWeek'];
export type CallsByHour = components['schemas']['CallsByHour'];
export type Client = components['schemas']['Client'];
export type ClientAnalytics = components['schemas']['ClientAnalytics'];
export type ClientChangesBody = components['schemas']['ClientChangesBody'];
export type ClientInfo = components['schemas']['ClientInfo'];
export type ClientList = components['schemas']['ClientList'];
export type ClientSummary = components['schemas']['ClientSummary'];
export type Customer = components['schemas']['Customer'];
export type CustomerCalls = components['schemas']['CustomerCalls'];
export type CustomerEvent = components['schemas']['CustomerEvent'];
export type CustomerPatch = components['schemas']['CustomerPatch'];
export type CustomerProfile = components['schemas']['CustomerProfile'];
export type CustomerUpdate = components['schemas']['CustomerUpdate'];
export type DateRange = components['schemas']['DateRange'];
export type DetailedAnalytics = components['schemas']['DetailedAnalytics'];
export type DurationBuckets = components['schemas']['DurationBuckets'];
export type EventName = components['schemas']['EventName'];
export type ExportColumn = components['schemas']['ExportColumn'];
export type ExportedClient = components['schemas']['ExportedClient'];
export type Feature = components['schemas']['Feature'];
export type InitRequest = components['schemas']['InitRequest'];
export type JsonValue = components['schemas']['JsonValue'];
export type KeyKind = components['schemas']['KeyKind'];
export type KeyRotation = components['schemas']['KeyRotation'];
export type KeyScope = components['schemas']['KeyScope'];
export type Liveness = components['schemas']['Liveness'];
export type LoggedEvent = components['schemas']['LoggedEvent'];
export type NewAgentSession = components['schemas']['NewAgentSession'];
export type NewApiKeyBody = components['schemas']['NewApiKeyBody'];
export type NewClient = components['schemas']['NewClient'];
export type NewClientBody = components['schemas']['NewClientBody'];
export type NewKey = components['schemas']['NewKey'];
export type PagePermission = components['schemas']['PagePermission'];
export type Pagination = components['schemas']['Pagination'];
export type Plan = components['schemas']['Plan'];
export type Problem = components['schemas']['Problem'];
export type ProblemCode = components['schemas']['ProblemCode'];
export type ProblemError = components['schemas']['ProblemError'];
export type Readiness = components['schemas']['Readiness'];
export type RibbonConfig = components['schemas']['RibbonConfig'];
export type RibbonCredentials = components['schemas']['RibbonCredentials'];
export type SavedCustomer = components['schemas']['SavedCustomer'];
export type ServerHealth = components['schemas']['ServerHealth'];
export type Summary = components['schemas']['Summary'];
export type TalkTimeBucket = components['schemas']['TalkTimeBucket'];
export type TopCustomer = components['schemas']['TopCustomer'];
export type Usage = components['schemas']['Usage'];
export type Warning = components['schemas']['Warning'];
export type ResponseClientError = components['responses']['ClientError'];
export type ResponseCreated = components['responses']['Created'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseNotModified = components['responses']['NotModified'];
export type ResponseOk = components['responses']['OK'];
export type ResponseServerError = components['responses']['ServerError'];
export type HeaderAllow = components['headers']['Allow'];
export type HeaderContentDisposition = components['headers']['Content-Disposition'];
export type HeaderDataAsOf = components['headers']['Data-As-Of'];
export type HeaderETag = components['headers']['ETag'];
export type HeaderLink = components['headers']['Link'];
export type HeaderLocation = components['headers']['Location'];
export type HeaderPreferenceApplied = components['headers']['Preference-Applied'];
export type HeaderRateLimit = components['headers']['RateLimit'];
export type HeaderRateLimitPolicy = components['headers']['RateLimit-Policy'];
export type HeaderRetainedFrom = components['headers']['Retained-From'];
export type HeaderRetryAfter = components['headers']['Retry-After'];
export type HeaderWwwAuthenticate = components['headers']['WWW-Authenticate'];
export type HeaderXRequestId = components['headers']['X-Request-Id'];
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerHealth"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    initRibbon: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InitRequest"];
            };
        };
        responses: {
            /** @description What the ribbon needs to start. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RibbonCredentials"];
                };
            };
            /** @description The page may not start a ribbon with this key: its domain or its origin is not allowed, or it needs an agent session. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The calls of the month are used up, or the caller sends too many requests. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    startAgentSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAgentSession"];
            };
        };
        responses: {
            /** @description An agent’s session. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentSession"];
                };
            };
            /** @description No session is handed out for this domain, or with this key. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    logCall: {
        parameters: {
            query?: never;
            header?: {
                /** @description The caller’s own id of this event: the same key again returns the first `logId` and changes nothing; with other content it is a 422. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) refuses an event, with a 400, for what would be a warning otherwise; the answer then says `Preference-Applied: handling=strict`. Other preferences are not read. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
                "text/plain": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description The event is on disk. A repeat gets the first one’s `logId`. */
            200: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedEvent"];
                };
            };
            /** @description The idempotency key was used before, with other content. Nothing was written. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the client is set up. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RibbonConfig"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getAnalytics: {
        parameters: {
            query?: {
                /** @description Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on. */
                startDate?: string;
                /** @description End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call. */
                endDate?: string;
                /** @description IANA time zone of local days and hours. Absent: the client’s own. */
                timezone?: string;
                /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
                customerId?: string;
                /** @description How many recent calls to list: 100 unless told, 500 at most. */
                limit?: number;
            };
            header?: {
                /** @description `ETag` of the report at hand: a 304 says that it has not changed. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Totals, calls by date and the most recent calls of a range. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Analytics"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getDetailedAnalytics: {
        parameters: {
            query?: {
                /** @description Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on. */
                startDate?: string;
                /** @description End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call. */
                endDate?: string;
                /** @description IANA time zone of local days and hours. Absent: the client’s own. */
                timezone?: string;
                /** @description How many calls of recent activity to list: 10 unless told, 500 at most. */
                limit?: number;
            };
            header?: {
                /** @description `ETag` of the report at hand: a 304 says that it has not changed. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description When calls happen, how long they last and who calls most. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetailedAnalytics"];
                };
            };
            304: components["responses"]["NotModified"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCallLogs: {
        parameters: {
            query?: {
                /** @description Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on. */
                startDate?: string;
                /** @description End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call. */
                endDate?: string;
                /** @description IANA time zone of local days and hours. Absent: the client’s own. */
                timezone?: string;
                /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
                customerId?: string;
                /** @description What happened on the call. These change it: `incoming`, `connected`, `callEnded`, `holdtoggle`, `mutetoggle`, `dialing`, `dtmf`, `missed`, `rejected`. Any other name is stored and listed, and changes no call. */
                event?: components["schemas"]["EventName"];
                /** @description Who called: `inbound` is the customer, `outbound` the agent. */
                callDirection?: components["schemas"]["CallDirection"];
                /** @description Page number, from 1. Not used with a `cursor`. */
                page?: number;
                /** @description Events a page: 50 unless told, 500 at most. */
                pageSize?: number;
                /** @description `nextCursor` of the page before: walks on without gaps or repeats while new events arrive. The other filters must be the same. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of logged events. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLogs"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listActiveCalls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The calls in progress. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActiveCalls"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    exportCalls: {
        parameters: {
            query?: {
                /** @description Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on. */
                startDate?: string;
                /** @description End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call. */
                endDate?: string;
                /** @description IANA time zone of local days and hours. Absent: the client’s own. */
                timezone?: string;
                /** @description File format: JSON unless told. `ndjson` has one JSON object a line, `csv` is for spreadsheets. */
                format?: "json" | "csv" | "ndjson";
                /** @description Columns of CSV in their order, separated by commas. Unless told: `sessionId`, `customerName`, `phoneNumber`, `direction`, `startTime`, `endTime`, `duration`, `customerId`. */
                columns?: components["schemas"]["ExportColumn"][];
                /** @description How CSV writes times: `utc` as the API does, `2025-10-12T10:30:00Z`; `offset` on the local clock, `2025-10-12T16:00:00+05:30`; `local` without an offset, `2025-10-12T16:00:00`, cut to the second, which LibreOffice reads as a date. Local is the zone of `timezone`, else of the client. `utc` unless told, or `local` with `excel`. */
                times?: "utc" | "offset" | "local";
                /** @description CSV as Excel reads it: UTF-8 with a byte order mark; local times as `2025-10-12 16:00:00`, unless `times` says otherwise; texts that are digits, such as phone numbers, as `="+919876543210"`, which keeps their plus and their zeros. */
                excel?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The calls of the range, as a file. A connection broken off before its end means a failed export. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    "Retained-From": components["headers"]["Retained-From"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallExport"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description Too many exports are being read, or the caller sends too many requests. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    saveCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUpdate"];
            };
        };
        responses: {
            /** @description The customer is saved, on disk. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedCustomer"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A customer and its calls. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerProfile"];
                };
            };
            404: components["responses"]["NotFound"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getCustomerCalls: {
        parameters: {
            query?: {
                /** @description How many calls to list: 50 unless told, 500 at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A customer’s calls, with their events. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerCalls"];
                };
            };
            404: components["responses"]["NotFound"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listClients: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientList"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClientBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewClient"];
                };
            };
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getAllClientsAnalytics: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllAnalytics"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                clientId?: string;
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditLog"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OK"];
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteClient: {
        parameters: {
            query?: {
                graceDays?: number;
            };
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OK"];
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    updateClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientChangesBody"];
            };
        };
        responses: {
            200: components["responses"]["OK"];
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    restoreClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OK"];
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCallbacks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackSummary"];
                };
            };
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKeyBody"];
            };
        };
        responses: {
            201: components["responses"]["Created"];
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRotation"];
            };
        };
        responses: {
            201: components["responses"]["Created"];
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
}
