// Generated from the schemas by `npm run openapi`: edit those.
export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the server is up
         * @description Answers as long as the process runs, whatever state the store is in.
         */
        get: operations["getHealth"];
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
        /**
         * Check that the server can serve
         * @description Asks the store. Answers 503 when it does not answer, and while the server shuts down.
         */
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
         * @description Every call of the range, oldest first, one row or entry a call, as JSON or CSV. The API key may stand in the query, so that a link can download the file. An export that fails half-way breaks the connection off: a file that ended is complete.
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
        /**
         * List all clients
         * @description Every client with its plan and its use of the current month. Where there are more than `limit`, a `Link` header leads to the next ones.
         */
        get: operations["listClients"];
        put?: never;
        post?: never;
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
        /**
         * Get the totals of all clients
         * @description Calls and talk time of every client, over all time, and how much of its plan each has used.
         */
        get: operations["getAllClientsAnalytics"];
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
        /** @description The calls in progress. */
        ActiveCalls: {
            /** @description Newest start first, at most 10000 of them; fewer where the answer is as long as it may be. */
            activeCalls: components["schemas"]["Call"][];
            /**
             * @description How many calls are in progress, however many are listed.
             * @example 1
             */
            count: number;
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @example true
             * @constant
             */
            truncated?: true;
        };
        /** @description Totals of every client. */
        AllAnalytics: {
            /** @description Clients, by id. */
            clients: components["schemas"]["ClientAnalytics"][];
            /**
             * @description How many clients there are, listed or not.
             * @example 3
             */
            totalClients: number;
            /**
             * @description Calls of all clients, listed or not.
             * @example 250
             */
            totalCallsAllClients: number;
            /**
             * @description `after` of the next part of the list; null after the last client.
             * @example client-001
             */
            nextAfter: string | null;
        };
        /** @description Totals, calls by date and the most recent calls of a range. */
        Analytics: {
            summary: components["schemas"]["Summary"];
            /**
             * @description Calls by local date of their start, newest first; only dates with calls.
             * @example {
             *       "2025-10-12": 25,
             *       "2025-10-11": 30,
             *       "2025-10-10": 20
             *     }
             */
            callsByDate: {
                [key: string]: number;
            };
            /** @description Newest start first. */
            recentCalls: components["schemas"]["Call"][];
            usage: components["schemas"]["Usage"];
            /**
             * @description IANA time zone in which dates, hours and weekdays were counted.
             * @example Asia/Kolkata
             */
            timezone: string;
            dateRange: components["schemas"]["DateRange"];
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @example true
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing.
             * @example 2024-10-31T18:30:00Z
             */
            retainedFrom?: string;
        };
        /** @description A call, as its events tell it. */
        Call: {
            /**
             * @description Id of the call, unique within the client.
             * @example session-1760280743
             */
            sessionId: string;
            /**
             * @description The client that this belongs to.
             * @example client-demo
             */
            clientId: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601, with milliseconds only when there are any.
             * @example 2025-10-12T10:30:00Z
             */
            startTime: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601, with milliseconds only when there are any.
             * @example 2025-10-12T10:30:00Z
             */
            endTime?: string;
            /**
             * @description Talk time in whole seconds, once the call has ended.
             * @example 180
             */
            duration?: number;
            /**
             * @description The customer’s number.
             * @example +919876543210
             */
            phoneNumber?: string;
            /**
             * @description Who called: `inbound` is the customer, `outbound` the agent.
             * @example outbound
             * @enum {string}
             */
            callDirection: "inbound" | "outbound";
            /**
             * @description What the events told of the customer: the first members by name that fit 16384 characters as JSON, each counted at the longest value it was sent with.
             * @example {
             *       "customerId": "CUST001",
             *       "name": "John Doe"
             *     }
             */
            customerData?: {
                [key: string]: unknown;
            };
            /**
             * @description `active` until the call ends. `expired` is a call whose end was never reported within the maximum call age: a late `callEnded` still completes it.
             * @example completed
             * @enum {string}
             */
            status: "active" | "completed" | "missed" | "no-answer" | "busy" | "failed" | "rejected" | "canceled" | "expired";
        };
        /**
         * @description What the ribbon knows of the call. Members of any name are kept, and come back as they were sent. At most 32768 characters as JSON, nested 100 levels deep.
         *
         *     An event with neither `callSid` nor `callId` belongs to the call of its number that began latest by its time, within the maximum call age, unless that call was over for more than a minute; it is looked for among the 100 newest. Without such a call it begins one of its own. A call takes the first 500 such events; those beyond are kept and change no call. A call lists its first 500 events; those beyond are kept and still change it.
         */
        CallData: {
            /**
             * @description Exotel’s id of the call.
             * @example CA1234567890
             */
            callSid?: string | null;
            /**
             * @description The SDK’s id of the call, used when there is no `callSid`.
             * @example a84b4c76e66710
             */
            callId?: string | null;
            /**
             * @description The customer’s number.
             * @example +919876543210
             */
            phoneNumber?: string | null;
            /**
             * @description `inbound` or `outbound`; `incoming` and `outgoing` mean the same. Anything else is kept and says nothing.
             * @example outbound
             */
            callDirection?: string | null;
            /**
             * @description Talk time in seconds, as a number; a fraction of a second is dropped. `""` and null: not known.
             * @example 180
             */
            duration?: (number | null) | "";
            /**
             * @description Talk time in seconds as the SDK reports it, used when there is no `duration`.
             * @example 180
             */
            callDuration?: string | number | boolean | null;
            /**
             * @description The customer, as the CRM knows it. Members of any name are kept, 256 at most.
             * @example {
             *       "customerId": "CUST001",
             *       "name": "John Doe",
             *       "email": "john@example.com"
             *     }
             */
            customerData?: ({
                /**
                 * @description The CRM’s own id of the customer.
                 * @example CUST001
                 */
                customerId?: string | null;
                /**
                 * @description Name.
                 * @example John Doe
                 */
                name?: string | number | boolean | null;
                /**
                 * @description E-mail address.
                 * @example john@example.com
                 */
                email?: string | number | boolean | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /**
             * @description The other end, as the SDK names it.
             * @example sip:+919876543210@exotel.com
             */
            remoteId?: string | number | boolean | null;
            /**
             * @description Name of the other end.
             * @example +919876543210
             */
            remoteDisplayName?: string | number | boolean | null;
            /**
             * @description The SDK’s state of the call.
             * @example connected
             */
            callState?: string | number | boolean | null;
            /**
             * @description When the call began.
             * @example 2025-10-12T10:29:48Z
             */
            callStartedTime?: string | number | boolean | null;
            /**
             * @description When the call was established.
             * @example 2025-10-12T10:30:00Z
             */
            callEstablishedTime?: string | number | boolean | null;
            /**
             * @description When the call ended.
             * @example 2025-10-12T10:33:00Z
             */
            callEndedTime?: string | number | boolean | null;
            /**
             * @description When the call was answered.
             * @example 2025-10-12T10:30:00Z
             */
            callAnswerTime?: string | number | boolean | null;
            /**
             * @description Why the call ended.
             * @example NORMAL
             */
            callEndReason?: string | number | boolean | null;
            /**
             * @description The SDK’s session.
             * @example sdk-session-1
             */
            sessionId?: string | number | boolean | null;
            /**
             * @description The number that called.
             * @example +919876543210
             */
            callFromNumber?: string | number | boolean | null;
            /**
             * @description SIP headers, in any shape.
             * @example {
             *       "X-Exotel-Leg": "1"
             *     }
             */
            sipHeaders?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description The calls of a range, one entry a call. */
        CallExport: {
            client: {
                /**
                 * @description The client that this belongs to.
                 * @example client-demo
                 */
                clientId: string;
                /**
                 * @description The client’s name.
                 * @example Demo Client
                 */
                name: string;
            };
            /**
             * Format: date-time
             * @description UTC, ISO 8601, with milliseconds only when there are any.
             * @example 2025-10-12T10:30:00Z
             */
            exportDate: string;
            dateRange: components["schemas"]["DateRange"];
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing.
             * @example 2024-10-31T18:30:00Z
             */
            retainedFrom?: string;
            /** @description Every call that started in the range, oldest first. */
            calls: components["schemas"]["Call"][];
        };
        /** @description An event of a call, as it was logged. */
        CallLog: {
            /**
             * @description Id of the logged event, unique within the client.
             * @example log-1760280743-abc123def
             */
            logId: string;
            /**
             * @description The client that this belongs to.
             * @example client-demo
             */
            clientId: string;
            /**
             * @description The client’s name.
             * @example Demo Client
             */
            clientName: string;
            /**
             * @description What happened on the call.
             * @example connected
             */
            event: string;
            /**
             * @description As it was sent.
             * @example {
             *       "callSid": "CA1234567890",
             *       "phoneNumber": "+919876543210",
             *       "callDirection": "outbound",
             *       "customerData": {
             *         "customerId": "CUST001",
             *         "name": "John Doe"
             *       }
             *     }
             */
            data: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description UTC, ISO 8601, with milliseconds only when there are any.
             * @example 2025-10-12T10:30:00Z
             */
            timestamp: string;
            /**
             * @description Host name of the page that reported the event.
             * @example yourcrm.com
             */
            domain?: string | null;
            /**
             * @description The agent who handled the call, as sent.
             * @example agent-42
             */
            agentUserId?: string | number | null;
        };
        /** @description A page of logged events. */
        CallLogs: {
            /** @description Newest first. */
            logs: components["schemas"]["CallLog"][];
            pagination: components["schemas"]["Pagination"];
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @example true
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing.
             * @example 2024-10-31T18:30:00Z
             */
            retainedFrom?: string;
        };
        /** @description A client’s totals. */
        ClientAnalytics: {
            /**
             * @description The client that this belongs to.
             * @example client-demo
             */
            clientId: string;
            /**
             * @description The client’s name.
             * @example Demo Client
             */
            clientName: string;
            /**
             * @description The client’s plan.
             * @example trial
             * @enum {string}
             */
            plan: "trial" | "professional" | "enterprise";
            /**
             * @description All calls of the client.
             * @example 125
             */
            totalCalls: number;
            /**
             * @description Talk time of ended calls, in seconds.
             * @example 2700
             */
            totalDuration: number;
            /**
             * @description Calls that started in the current month of the client’s time zone.
             * @example 125
             */
            callsThisMonth: number;
            /**
             * @description Calls a month that the plan allows.
             * @example 10000
             */
            limit: number;
            /**
             * @description `callsThisMonth` over `limit`, in per cent, rounded; above 100 when passed.
             * @example 1
             */
            utilizationPercent: number;
        };
        /** @description Clients, by id. */
        ClientList: components["schemas"]["ClientSummary"][];
        /** @description A client and its use of the plan. */
        ClientSummary: {
            /**
             * @description The client that this belongs to.
             * @example client-demo
             */
            clientId: string;
            /**
             * @description The client’s name.
             * @example Demo Client
             */
            name: string;
            /**
             * @description The client’s plan.
             * @example trial
             * @enum {string}
             */
            plan: "trial" | "professional" | "enterprise";
            /**
             * @description Calls that started in the current month of the client’s time zone.
             * @example 125
             */
            callsThisMonth: number;
            /**
             * @description Calls a month that the plan allows.
             * @example 10000
             */
            limit: number;
            /**
             * @description The start of the API key: enough to recognise it, never to use it. Empty when the client has no live key.
             * @example demo-api-k...
             */
            apiKey: string;
        };
        /** @description A customer: saved, or named by a call. */
        Customer: {
            /**
             * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
             * @example CUST001
             */
            customerId: string;
            /**
             * @description The client that this belongs to.
             * @example client-demo
             */
            clientId: string;
            /**
             * @description Name.
             * @example John Doe
             */
            name?: string;
            /**
             * @description E-mail address.
             * @example john@example.com
             */
            email?: string;
            /**
             * @description Phone number.
             * @example +919876543210
             */
            phone?: string;
            /**
             * @description Company.
             * @example Acme Corp
             */
            company?: string;
            /** @description Labels. */
            tags?: string[];
            /**
             * @description Anything else that was saved.
             * @example {
             *       "accountBalance": 5000,
             *       "lastPayment": "2025-09-15"
             *     }
             */
            customFields?: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description UTC, ISO 8601, with milliseconds only when there are any.
             * @example 2025-10-12T10:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601, with milliseconds only when there are any.
             * @example 2025-10-12T10:30:00Z
             */
            lastUpdated: string;
        } & {
            [key: string]: unknown;
        };
        /** @description A customer’s calls, with their events. */
        CustomerCalls: {
            /**
             * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
             * @example CUST001
             */
            customerId: string;
            /** @description Newest start first. */
            calls: components["schemas"]["Call"][];
            /** @description Events of those calls, oldest first: the newest 500 at most. */
            events: components["schemas"]["CustomerEvent"][];
            /**
             * @description Calls in all, active ones included.
             * @example 15
             */
            totalCalls: number;
            /**
             * @description Talk time of ended calls, in seconds.
             * @example 2700
             */
            totalDuration: number;
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @example true
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing.
             * @example 2024-10-31T18:30:00Z
             */
            retainedFrom?: string;
        };
        /** @description An event of one of the customer’s calls. */
        CustomerEvent: {
            /**
             * @description Id of the logged event, unique within the client.
             * @example log-1760280743-abc123def
             */
            logId: string;
            /**
             * @description What happened on the call.
             * @example connected
             */
            event: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601, with milliseconds only when there are any.
             * @example 2025-10-12T10:30:00Z
             */
            timestamp: string;
        };
        /** @description A JSON merge patch (RFC 7396): members given replace, members omitted stay, `null` removes. Without `customerId` a new customer is made. The record must not become longer than 32768 characters as JSON. */
        CustomerPatch: {
            /**
             * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
             * @example CUST001
             */
            customerId?: string;
            /**
             * @description Name.
             * @example John Doe
             */
            name?: string | null;
            /**
             * @description E-mail address.
             * @example john@example.com
             */
            email?: string | null;
            /**
             * @description Phone number.
             * @example +919876543210
             */
            phone?: string | null;
            /**
             * @description Company.
             * @example Acme Corp
             */
            company?: string | null;
            /**
             * @description Labels, 100 at most. They replace those saved before.
             * @example [
             *       "vip",
             *       "enterprise"
             *     ]
             */
            tags?: string[] | null;
            /**
             * @description Anything else, at most 256 members, merged member by member with what was saved before.
             * @example {
             *       "accountBalance": 5000,
             *       "lastPayment": "2025-09-15"
             *     }
             */
            customFields?: {
                [key: string]: unknown;
            } | null;
        } & {
            [key: string]: unknown;
        };
        /** @description A customer and its calls. */
        CustomerProfile: {
            customer: components["schemas"]["Customer"];
            /** @description The customer’s most recent calls, newest start first, 50 at most. */
            callHistory: components["schemas"]["Call"][];
            /**
             * @description Calls in all, active ones included.
             * @example 15
             */
            totalCalls: number;
            /**
             * @description Talk time of ended calls, in seconds.
             * @example 2700
             */
            totalDuration: number;
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @example true
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing.
             * @example 2024-10-31T18:30:00Z
             */
            retainedFrom?: string;
        };
        /** @description The range asked for, echoed. */
        DateRange: {
            /**
             * @description `startDate` as asked; null when the range is open.
             * @example 2025-10-01
             */
            startDate: string | null;
            /**
             * @description `endDate` as asked; null when the range is open.
             * @example 2025-10-12
             */
            endDate: string | null;
        };
        /** @description When calls happen, how long they last and who calls most. */
        DetailedAnalytics: {
            summary: components["schemas"]["Summary"];
            /**
             * @description Calls by local hour of their start, 0 to 23: every hour is there.
             * @example {
             *       "0": 2,
             *       "1": 1,
             *       "2": 0,
             *       "3": 0,
             *       "4": 0,
             *       "5": 0,
             *       "6": 0,
             *       "7": 0,
             *       "8": 1,
             *       "9": 15,
             *       "10": 20,
             *       "11": 25,
             *       "12": 2,
             *       "13": 1,
             *       "14": 18,
             *       "15": 22,
             *       "16": 12,
             *       "17": 3,
             *       "18": 2,
             *       "19": 1,
             *       "20": 0,
             *       "21": 0,
             *       "22": 0,
             *       "23": 0
             *     }
             */
            callsByHour: {
                /**
                 * @description Calls.
                 * @example 2
                 */
                0: number;
                /**
                 * @description Calls.
                 * @example 1
                 */
                1: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                2: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                3: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                4: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                5: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                6: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                7: number;
                /**
                 * @description Calls.
                 * @example 1
                 */
                8: number;
                /**
                 * @description Calls.
                 * @example 15
                 */
                9: number;
                /**
                 * @description Calls.
                 * @example 20
                 */
                10: number;
                /**
                 * @description Calls.
                 * @example 25
                 */
                11: number;
                /**
                 * @description Calls.
                 * @example 2
                 */
                12: number;
                /**
                 * @description Calls.
                 * @example 1
                 */
                13: number;
                /**
                 * @description Calls.
                 * @example 18
                 */
                14: number;
                /**
                 * @description Calls.
                 * @example 22
                 */
                15: number;
                /**
                 * @description Calls.
                 * @example 12
                 */
                16: number;
                /**
                 * @description Calls.
                 * @example 3
                 */
                17: number;
                /**
                 * @description Calls.
                 * @example 2
                 */
                18: number;
                /**
                 * @description Calls.
                 * @example 1
                 */
                19: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                20: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                21: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                22: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                23: number;
            };
            /**
             * @description Calls by local weekday of their start, 0 (Sunday) to 6: every weekday is there.
             * @example {
             *       "0": 5,
             *       "1": 25,
             *       "2": 30,
             *       "3": 28,
             *       "4": 22,
             *       "5": 15,
             *       "6": 0
             *     }
             */
            callsByDayOfWeek: {
                /**
                 * @description Calls.
                 * @example 5
                 */
                0: number;
                /**
                 * @description Calls.
                 * @example 25
                 */
                1: number;
                /**
                 * @description Calls.
                 * @example 30
                 */
                2: number;
                /**
                 * @description Calls.
                 * @example 28
                 */
                3: number;
                /**
                 * @description Calls.
                 * @example 22
                 */
                4: number;
                /**
                 * @description Calls.
                 * @example 15
                 */
                5: number;
                /**
                 * @description Calls.
                 * @example 0
                 */
                6: number;
            };
            /** @description The 10 customers with the most calls; then by talk time, then by id. */
            topCustomers: components["schemas"]["TopCustomer"][];
            /**
             * @description Ended calls by talk time. Each bucket includes its lower bound and excludes its upper.
             * @example {
             *       "0-30s": 10,
             *       "30s-1m": 25,
             *       "1m-3m": 50,
             *       "3m-5m": 30,
             *       "5m+": 10
             *     }
             */
            durationBuckets: {
                /**
                 * @description Calls.
                 * @example 10
                 */
                "0-30s": number;
                /**
                 * @description Calls.
                 * @example 25
                 */
                "30s-1m": number;
                /**
                 * @description Calls.
                 * @example 50
                 */
                "1m-3m": number;
                /**
                 * @description Calls.
                 * @example 30
                 */
                "3m-5m": number;
                /**
                 * @description Calls.
                 * @example 10
                 */
                "5m+": number;
            };
            /** @description Newest start first. */
            recentActivity: components["schemas"]["Call"][];
            /**
             * @description IANA time zone in which dates, hours and weekdays were counted.
             * @example Asia/Kolkata
             */
            timezone: string;
            dateRange: components["schemas"]["DateRange"];
            /**
             * @description There only when a list here ends early, because an answer lists at most 2097152 characters of calls and events.
             * @example true
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing.
             * @example 2024-10-31T18:30:00Z
             */
            retainedFrom?: string;
        };
        Health: {
            /**
             * @description The process answers.
             * @example healthy
             * @enum {string}
             */
            status: "healthy";
            /**
             * @description Version of the server.
             * @example 2.0.0
             */
            version: string;
            /**
             * @description Whole seconds since the server started.
             * @example 86400
             */
            uptime: number;
        };
        InitRequest: {
            /**
             * @description The client’s API key, when it is not in the `X-API-Key` header.
             * @example demo-api-key-789
             */
            apiKey?: string;
            /**
             * @description Host name of the page that embeds the ribbon: one of the client’s allowed domains.
             * @example yourcrm.com
             */
            domain: string;
        };
        /** @description What the ribbon needs to start. */
        InitResponse: {
            /**
             * @description Token with which the ribbon signs in to Exotel.
             * @example demo-exotel-token
             */
            exotelToken: string;
            /**
             * @description Exotel user that the ribbon signs in as.
             * @example demo-exotel-user
             */
            userId: string;
            /** @description What the ribbon may offer. */
            features: ("call" | "mute" | "hold" | "dtmf" | "transfer")[];
            clientInfo: {
                /**
                 * @description The client’s name.
                 * @example Demo Client
                 */
                name: string;
                /**
                 * @description The client’s plan.
                 * @example trial
                 * @enum {string}
                 */
                plan: "trial" | "professional" | "enterprise";
                /**
                 * @description Calls left this month.
                 * @example 95
                 */
                remainingCalls: number;
            };
        };
        /** @description What happened on a call. Members of other names are kept, all but `data` together at most 4096 characters as JSON. */
        LogCallRequest: {
            /**
             * @description The client’s API key, when it is not in the `X-API-Key` header.
             * @example demo-api-key-789
             */
            apiKey?: string;
            /**
             * @description What happened on the call. These change it: `incoming`, `connected`, `callEnded`, `holdtoggle`, `mutetoggle`, `dialing`, `dtmf`, `missed`, `rejected`. Any other name is stored and listed, and changes no call.
             * @example connected
             */
            event: string;
            data: components["schemas"]["CallData"];
            /**
             * @description When it happened: ISO 8601, read in the client’s time zone when it has no offset, and at most 24 hours ahead of the server’s clock. Absent: on arrival.
             * @example 2025-10-12T10:30:00Z
             */
            timestamp?: string;
            /**
             * @description Host name of the page that embeds the ribbon.
             * @example yourcrm.com
             */
            domain?: string | null;
            /**
             * @description The agent who handles the call.
             * @example agent-42
             */
            agentUserId?: string | number | null;
            /**
             * @description The client’s name as the page knows it.
             * @example Demo Client
             */
            clientName?: string | null;
            /**
             * @description The caller’s own id of this event: the same id again is a repeat, which changes nothing.
             * @example 9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0
             */
            eventId?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description The event is on disk. A repeat gets the first one’s `logId`. */
        LogCallResponse: {
            /**
             * @description Always true.
             * @example true
             * @constant
             */
            success: true;
            /**
             * @description Id of the logged event, unique within the client.
             * @example log-1760280743-abc123def
             */
            logId: string;
            /** @description What the event says that was most likely meant to be understood, and is not: names that are close to known ones, and directions that are none. Absent when there is nothing of the kind. With `Prefer: handling=strict` such an event is refused instead. */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description Where this page stands among all. */
        Pagination: {
            /**
             * @description The page asked for; absent when a cursor was.
             * @example 1
             */
            page?: number;
            /**
             * @description Most events on this page.
             * @example 20
             */
            pageSize: number;
            /**
             * @description Events that match, on all pages: exact.
             * @example 125
             */
            total: number;
            /**
             * @description Pages in all.
             * @example 7
             */
            totalPages: number;
            /**
             * @description Where the next events start, after the last one listed here; null after the last of all.
             * @example eyJvIjoxNzYwMjgwNzQzMDAwfQ
             */
            nextCursor: string | null;
        };
        /** @description An error, per RFC 9457. */
        Problem: {
            /**
             * Format: uri-reference
             * @description Kind of problem: a link to the entry of its `code` in the documentation.
             * @example /docs/errors#invalid_request
             */
            type: string;
            /**
             * @description Kind of problem, in words.
             * @example Invalid request
             */
            title: string;
            /**
             * @description The HTTP status.
             * @example 400
             */
            status: number;
            /**
             * @description What is wrong with this request.
             * @example limit must be at most 500, not 501.
             */
            detail: string;
            /**
             * Format: uri-reference
             * @description Path of the request, without its query.
             * @example /api/ribbon/analytics
             */
            instance: string;
            /**
             * @description Kind of problem, for programs: stable.
             * @example invalid_request
             */
            code: string;
            /**
             * @description Id of the request, as in the server’s log and the `X-Request-Id` header.
             * @example req-1a2b3c
             */
            requestId: string;
            /** @description Every fault of a request that does not fit the contract, the first 100 at most. */
            errors?: {
                /**
                 * @description JSON pointer (RFC 6901) to the fault.
                 * @example /limit
                 */
                pointer: string;
                /**
                 * @description The part of the request that the pointer is about.
                 * @example query
                 * @enum {string}
                 */
                in?: "body" | "query" | "path" | "headers";
                /**
                 * @description What is wrong there, and where it is known what to do.
                 * @example must be at most 500, not 501
                 */
                message: string;
            }[];
        };
        Readiness: {
            /**
             * @description The server can serve.
             * @example ready
             * @enum {string}
             */
            status: "ready";
            /**
             * @description `ok`: the store answers. `behind`: it answers from what was committed earlier, because it cannot write now, a full disk for one.
             * @example ok
             * @enum {string}
             */
            storage: "ok" | "behind";
        };
        /** @description How the client is set up. */
        RibbonConfig: {
            /** @description What the ribbon may offer. */
            features: ("call" | "mute" | "hold" | "dtmf" | "transfer")[];
            /**
             * @description The client’s plan.
             * @example trial
             * @enum {string}
             */
            plan: "trial" | "professional" | "enterprise";
            usage: components["schemas"]["Usage"];
            /**
             * @description IANA time zone of the client’s days and months.
             * @example Asia/Kolkata
             */
            timezone: string;
        };
        SaveCustomerRequest: {
            /**
             * @description The client’s API key, when it is not in the `X-API-Key` header.
             * @example demo-api-key-789
             */
            apiKey?: string;
            customerData: components["schemas"]["CustomerPatch"];
        };
        /** @description The customer is saved, on disk. */
        SaveCustomerResponse: {
            /**
             * @description Always true.
             * @example true
             * @constant
             */
            success: true;
            /**
             * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
             * @example CUST001
             */
            customerId: string;
            /**
             * @description For people.
             * @example Customer information saved
             * @enum {string}
             */
            message: "Customer information saved";
        };
        /** @description Totals over the range. */
        Summary: {
            /**
             * @description Calls that started in the range, active ones included.
             * @example 125
             */
            totalCalls: number;
            /**
             * @description Talk time of ended calls, in seconds.
             * @example 22500
             */
            totalDuration: number;
            /**
             * @description `totalDuration` over ended calls, in whole seconds; 0 when none ended.
             * @example 180
             */
            avgDuration: number;
            /**
             * @description Calls from customers.
             * @example 45
             */
            inboundCalls: number;
            /**
             * @description Calls to customers.
             * @example 80
             */
            outboundCalls: number;
            /**
             * @description Inbound calls that ended without being answered.
             * @example 5
             */
            missedCalls: number;
            /**
             * @description Calls that were answered.
             * @example 110
             */
            answeredCalls: number;
            /**
             * @description Answered calls over ended calls, 0 to 1; 0 when none ended.
             * @example 0.88
             */
            answerRate: number;
        };
        /** @description A customer among those with the most calls. */
        TopCustomer: {
            /**
             * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
             * @example CUST001
             */
            customerId: string;
            /**
             * @description The customer’s name; null when nobody told it.
             * @example John Doe
             */
            customerName: string | null;
            /**
             * @description The customer’s number; null when nobody told it.
             * @example +919876543210
             */
            phoneNumber: string | null;
            /**
             * @description Calls of the customer in the range.
             * @example 15
             */
            callCount: number;
            /**
             * @description Talk time of those calls, in seconds.
             * @example 2700
             */
            totalDuration: number;
        };
        /** @description Use of the plan in the current month. */
        Usage: {
            /**
             * @description Calls that started in the current month of the client’s time zone.
             * @example 25
             */
            callsThisMonth: number;
            /**
             * @description Calls a month that the plan allows.
             * @example 100
             */
            limit: number;
            /**
             * @description Calls left this month; 0 once the limit is reached or passed.
             * @example 75
             */
            remaining: number;
        };
        /** @description Something in an event that was kept, and not understood. */
        Warning: {
            /**
             * @description JSON pointer (RFC 6901) to it in the body.
             * @example /data/callsid
             */
            pointer: string;
            /**
             * @description Why it was not understood, and what was most likely meant.
             * @example is no known member: did you mean callSid?
             */
            message: string;
        };
    };
    responses: {
        /** @description The request does not fit the contract: every fault is listed. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#invalid_request",
                 *       "title": "Invalid request",
                 *       "status": 400,
                 *       "detail": "limit must be at most 500, not 501.",
                 *       "instance": "/api/ribbon/analytics",
                 *       "code": "invalid_request",
                 *       "requestId": "req-1a2b3c",
                 *       "errors": [
                 *         {
                 *           "pointer": "/limit",
                 *           "in": "query",
                 *           "message": "must be at most 500, not 501"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The domain or the page’s origin is not among those allowed. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#origin_not_allowed",
                 *       "title": "Origin not allowed",
                 *       "status": 403,
                 *       "detail": "This origin may not use this API key.",
                 *       "instance": "/api/ribbon/analytics",
                 *       "code": "origin_not_allowed",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A fault of the server; `requestId` finds it in the log. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#internal",
                 *       "title": "Internal server error",
                 *       "status": 500,
                 *       "detail": "Something went wrong on our side.",
                 *       "instance": "/api/ribbon/analytics",
                 *       "code": "internal",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody saved this customer under this client, and no call named it. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#customer_not_found",
                 *       "title": "Customer not found",
                 *       "status": 404,
                 *       "detail": "Nobody saved this customer and no call named it.",
                 *       "instance": "/api/ribbon/customer/CUST404",
                 *       "code": "customer_not_found",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is longer than 65536 bytes. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#payload_too_large",
                 *       "title": "Payload too large",
                 *       "status": 413,
                 *       "detail": "The body is too large.",
                 *       "instance": "/api/ribbon/log-call",
                 *       "code": "payload_too_large",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Overloaded, or the store does not answer. Nothing was written, unless `code` is `outcome_open`: then that is not known, and sending the same again settles it. */
        ServiceUnavailable: {
            headers: {
                /** @description Seconds after which to try again. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#unavailable",
                 *       "title": "Service unavailable",
                 *       "status": 503,
                 *       "detail": "The server cannot do this now: try again shortly.",
                 *       "instance": "/api/ribbon/analytics",
                 *       "code": "unavailable",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests. On `init` also: the monthly limit of calls is reached. On an export also: too many are being read. */
        TooManyRequests: {
            headers: {
                /** @description Seconds after which to try again. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#rate_limited",
                 *       "title": "Rate limit exceeded",
                 *       "status": 429,
                 *       "detail": "Too many requests: try again in 30 seconds.",
                 *       "instance": "/api/ribbon/analytics",
                 *       "code": "rate_limited",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No key, or not a valid one. Unknown, revoked and suspended keys are answered alike. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#invalid_api_key",
                 *       "title": "Invalid API key",
                 *       "status": 401,
                 *       "detail": "The API key is missing, unknown or no longer valid.",
                 *       "instance": "/api/ribbon/analytics",
                 *       "code": "invalid_api_key",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The idempotency key was used before, with other content. Nothing was written. */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#idempotency_conflict",
                 *       "title": "Idempotency conflict",
                 *       "status": 422,
                 *       "detail": "This key was used for another event.",
                 *       "instance": "/api/ribbon/log-call",
                 *       "code": "idempotency_conflict",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#unsupported_media_type",
                 *       "title": "Unsupported media type",
                 *       "status": 415,
                 *       "detail": "The body has no Content-Type: send JSON, with Content-Type: application/json.",
                 *       "instance": "/api/ribbon/log-call",
                 *       "code": "unsupported_media_type",
                 *       "requestId": "req-1a2b3c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "healthy",
                     *       "version": "2.0.0",
                     *       "uptime": 86400
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            503: components["responses"]["ServiceUnavailable"];
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
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "storage": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            503: components["responses"]["ServiceUnavailable"];
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
                /**
                 * @example {
                 *       "apiKey": "demo-api-key-789",
                 *       "domain": "yourcrm.com"
                 *     }
                 */
                "application/json": components["schemas"]["InitRequest"];
            };
        };
        responses: {
            /** @description What the ribbon needs to start. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exotelToken": "demo-exotel-token",
                     *       "userId": "demo-exotel-user",
                     *       "features": [
                     *         "call",
                     *         "mute",
                     *         "hold",
                     *         "dtmf"
                     *       ],
                     *       "clientInfo": {
                     *         "name": "Demo Client",
                     *         "plan": "trial",
                     *         "remainingCalls": 95
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InitResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logCall: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The caller’s own id of this event: the same key again returns the first `logId` and changes nothing; with other content it is a 422.
                 * @example 9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0
                 */
                "idempotency-key"?: string;
                /**
                 * @description `handling=strict` (RFC 7240) refuses an event, with a 400, for what would be a warning otherwise; the answer then says `Preference-Applied: handling=strict`. Other preferences are not read.
                 * @example handling=strict
                 */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "apiKey": "demo-api-key-789",
                 *       "event": "connected",
                 *       "data": {
                 *         "callSid": "CA1234567890",
                 *         "phoneNumber": "+919876543210",
                 *         "callDirection": "outbound",
                 *         "duration": 180,
                 *         "customerData": {
                 *           "customerId": "CUST001",
                 *           "name": "John Doe",
                 *           "email": "john@example.com"
                 *         }
                 *       },
                 *       "timestamp": "2025-10-12T10:30:00Z",
                 *       "domain": "yourcrm.com"
                 *     }
                 */
                "application/json": components["schemas"]["LogCallRequest"];
                /**
                 * @example {
                 *       "apiKey": "demo-api-key-789",
                 *       "event": "connected",
                 *       "data": {
                 *         "callSid": "CA1234567890",
                 *         "phoneNumber": "+919876543210",
                 *         "callDirection": "outbound",
                 *         "duration": 180,
                 *         "customerData": {
                 *           "customerId": "CUST001",
                 *           "name": "John Doe",
                 *           "email": "john@example.com"
                 *         }
                 *       },
                 *       "timestamp": "2025-10-12T10:30:00Z",
                 *       "domain": "yourcrm.com"
                 *     }
                 */
                "text/plain": components["schemas"]["LogCallRequest"];
            };
        };
        responses: {
            /** @description The event is on disk. A repeat gets the first one’s `logId`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "logId": "log-1760280743-abc123def"
                     *     }
                     */
                    "application/json": components["schemas"]["LogCallResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
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
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "features": [
                     *         "call",
                     *         "mute",
                     *         "hold",
                     *         "dtmf"
                     *       ],
                     *       "plan": "trial",
                     *       "usage": {
                     *         "callsThisMonth": 25,
                     *         "limit": 100,
                     *         "remaining": 75
                     *       },
                     *       "timezone": "Asia/Kolkata"
                     *     }
                     */
                    "application/json": components["schemas"]["RibbonConfig"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAnalytics: {
        parameters: {
            query?: {
                /**
                 * @description Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on.
                 * @example 2025-10-01
                 */
                startDate?: string;
                /**
                 * @description End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call.
                 * @example 2025-10-12
                 */
                endDate?: string;
                /**
                 * @description IANA time zone of local days and hours. Absent: the client’s own.
                 * @example Asia/Kolkata
                 */
                timezone?: string;
                /**
                 * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
                 * @example CUST001
                 */
                customerId?: string;
                /**
                 * @description How many recent calls to list: 100 unless told, 500 at most.
                 * @example 50
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Totals, calls by date and the most recent calls of a range. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "summary": {
                     *         "totalCalls": 125,
                     *         "totalDuration": 22500,
                     *         "avgDuration": 180,
                     *         "inboundCalls": 45,
                     *         "outboundCalls": 80,
                     *         "missedCalls": 5,
                     *         "answeredCalls": 110,
                     *         "answerRate": 0.88
                     *       },
                     *       "callsByDate": {
                     *         "2025-10-12": 25,
                     *         "2025-10-11": 30,
                     *         "2025-10-10": 20
                     *       },
                     *       "recentCalls": [
                     *         {
                     *           "sessionId": "session-1760280743",
                     *           "clientId": "client-demo",
                     *           "startTime": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "phoneNumber": "+919876543210",
                     *           "callDirection": "outbound",
                     *           "customerData": {
                     *             "customerId": "CUST001",
                     *             "name": "John Doe"
                     *           },
                     *           "status": "completed"
                     *         }
                     *       ],
                     *       "usage": {
                     *         "callsThisMonth": 25,
                     *         "limit": 100,
                     *         "remaining": 75
                     *       },
                     *       "timezone": "Asia/Kolkata",
                     *       "dateRange": {
                     *         "startDate": "2025-10-01",
                     *         "endDate": "2025-10-12"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Analytics"];
                };
            };
            /** @description Nothing changed since the answer whose `ETag` was sent as `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getDetailedAnalytics: {
        parameters: {
            query?: {
                /**
                 * @description Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on.
                 * @example 2025-10-01
                 */
                startDate?: string;
                /**
                 * @description End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call.
                 * @example 2025-10-12
                 */
                endDate?: string;
                /**
                 * @description IANA time zone of local days and hours. Absent: the client’s own.
                 * @example Asia/Kolkata
                 */
                timezone?: string;
                /**
                 * @description How many calls of recent activity to list: 10 unless told, 500 at most.
                 * @example 10
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description When calls happen, how long they last and who calls most. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "summary": {
                     *         "totalCalls": 125,
                     *         "totalDuration": 22500,
                     *         "avgDuration": 180,
                     *         "inboundCalls": 45,
                     *         "outboundCalls": 80,
                     *         "missedCalls": 5,
                     *         "answeredCalls": 110,
                     *         "answerRate": 0.88
                     *       },
                     *       "callsByHour": {
                     *         "0": 2,
                     *         "1": 1,
                     *         "2": 0,
                     *         "3": 0,
                     *         "4": 0,
                     *         "5": 0,
                     *         "6": 0,
                     *         "7": 0,
                     *         "8": 1,
                     *         "9": 15,
                     *         "10": 20,
                     *         "11": 25,
                     *         "12": 2,
                     *         "13": 1,
                     *         "14": 18,
                     *         "15": 22,
                     *         "16": 12,
                     *         "17": 3,
                     *         "18": 2,
                     *         "19": 1,
                     *         "20": 0,
                     *         "21": 0,
                     *         "22": 0,
                     *         "23": 0
                     *       },
                     *       "callsByDayOfWeek": {
                     *         "0": 5,
                     *         "1": 25,
                     *         "2": 30,
                     *         "3": 28,
                     *         "4": 22,
                     *         "5": 15,
                     *         "6": 0
                     *       },
                     *       "topCustomers": [
                     *         {
                     *           "customerId": "CUST001",
                     *           "customerName": "John Doe",
                     *           "phoneNumber": "+919876543210",
                     *           "callCount": 15,
                     *           "totalDuration": 2700
                     *         }
                     *       ],
                     *       "durationBuckets": {
                     *         "0-30s": 10,
                     *         "30s-1m": 25,
                     *         "1m-3m": 50,
                     *         "3m-5m": 30,
                     *         "5m+": 10
                     *       },
                     *       "recentActivity": [
                     *         {
                     *           "sessionId": "session-1760280743",
                     *           "clientId": "client-demo",
                     *           "startTime": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "phoneNumber": "+919876543210",
                     *           "callDirection": "outbound",
                     *           "customerData": {
                     *             "customerId": "CUST001",
                     *             "name": "John Doe"
                     *           },
                     *           "status": "completed"
                     *         }
                     *       ],
                     *       "timezone": "Asia/Kolkata",
                     *       "dateRange": {
                     *         "startDate": "2025-10-01",
                     *         "endDate": "2025-10-12"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DetailedAnalytics"];
                };
            };
            /** @description Nothing changed since the answer whose `ETag` was sent as `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listCallLogs: {
        parameters: {
            query?: {
                /**
                 * @description Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on.
                 * @example 2025-10-01
                 */
                startDate?: string;
                /**
                 * @description End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call.
                 * @example 2025-10-12
                 */
                endDate?: string;
                /**
                 * @description IANA time zone of local days and hours. Absent: the client’s own.
                 * @example Asia/Kolkata
                 */
                timezone?: string;
                /**
                 * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
                 * @example CUST001
                 */
                customerId?: string;
                /**
                 * @description What happened on the call. These change it: `incoming`, `connected`, `callEnded`, `holdtoggle`, `mutetoggle`, `dialing`, `dtmf`, `missed`, `rejected`. Any other name is stored and listed, and changes no call.
                 * @example connected
                 */
                event?: string;
                /**
                 * @description Who called: `inbound` is the customer, `outbound` the agent.
                 * @example outbound
                 */
                callDirection?: "inbound" | "outbound";
                /**
                 * @description Page number, from 1. Not used with a `cursor`.
                 * @example 1
                 */
                page?: number;
                /**
                 * @description Events a page: 50 unless told, 500 at most.
                 * @example 20
                 */
                pageSize?: number;
                /**
                 * @description `nextCursor` of the page before: walks on without gaps or repeats while new events arrive. The other filters must be the same.
                 * @example eyJvIjoxNzYwMjgwNzQzMDAwfQ
                 */
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
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "logs": [
                     *         {
                     *           "logId": "log-1760280743-abc123",
                     *           "clientId": "client-demo",
                     *           "clientName": "Demo Client",
                     *           "event": "connected",
                     *           "data": {
                     *             "callSid": "CA1234567890",
                     *             "phoneNumber": "+919876543210",
                     *             "callDirection": "outbound",
                     *             "customerData": {
                     *               "customerId": "CUST001",
                     *               "name": "John Doe"
                     *             }
                     *           },
                     *           "timestamp": "2025-10-12T10:30:00Z",
                     *           "domain": "yourcrm.com"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "page": 1,
                     *         "pageSize": 20,
                     *         "total": 125,
                     *         "totalPages": 7,
                     *         "nextCursor": "eyJvIjoxNzYwMjgwNzQzMDAwfQ"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CallLogs"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
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
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "activeCalls": [
                     *         {
                     *           "sessionId": "session-1760280743",
                     *           "clientId": "client-demo",
                     *           "startTime": "2025-10-12T10:30:00Z",
                     *           "phoneNumber": "+919876543210",
                     *           "callDirection": "outbound",
                     *           "customerData": {
                     *             "customerId": "CUST001",
                     *             "name": "John Doe"
                     *           },
                     *           "status": "active"
                     *         }
                     *       ],
                     *       "count": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ActiveCalls"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    exportCalls: {
        parameters: {
            query?: {
                /**
                 * @description Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on.
                 * @example 2025-10-01
                 */
                startDate?: string;
                /**
                 * @description End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call.
                 * @example 2025-10-12
                 */
                endDate?: string;
                /**
                 * @description IANA time zone of local days and hours. Absent: the client’s own.
                 * @example Asia/Kolkata
                 */
                timezone?: string;
                /**
                 * @description File format: JSON unless told.
                 * @example csv
                 */
                format?: "json" | "csv";
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
                    /** @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing. */
                    "Retained-From"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "client": {
                     *         "clientId": "client-demo",
                     *         "name": "Demo Client"
                     *       },
                     *       "exportDate": "2025-10-12T12:00:00Z",
                     *       "dateRange": {
                     *         "startDate": "2025-10-01",
                     *         "endDate": "2025-10-12"
                     *       },
                     *       "calls": [
                     *         {
                     *           "sessionId": "session-1760280743",
                     *           "clientId": "client-demo",
                     *           "startTime": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "phoneNumber": "+919876543210",
                     *           "callDirection": "outbound",
                     *           "customerData": {
                     *             "customerId": "CUST001",
                     *             "name": "John Doe"
                     *           },
                     *           "status": "completed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CallExport"];
                    /**
                     * @example Session ID,Customer Name,Phone Number,Direction,Start Time,End Time,Duration (s),Customer ID
                     *     session-1760280743,John Doe,+919876543210,outbound,2025-10-12T10:30:00Z,2025-10-12T10:33:00Z,180,CUST001
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
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
                /**
                 * @example {
                 *       "apiKey": "your-api-key-123",
                 *       "customerData": {
                 *         "customerId": "CUST001",
                 *         "name": "John Doe",
                 *         "email": "john@example.com",
                 *         "phone": "+919876543210",
                 *         "company": "Acme Corp",
                 *         "tags": [
                 *           "vip",
                 *           "enterprise"
                 *         ],
                 *         "customFields": {
                 *           "accountBalance": 5000,
                 *           "lastPayment": "2025-09-15"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SaveCustomerRequest"];
            };
        };
        responses: {
            /** @description The customer is saved, on disk. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "customerId": "CUST001",
                     *       "message": "Customer information saved"
                     *     }
                     */
                    "application/json": components["schemas"]["SaveCustomerResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
                 * @example CUST001
                 */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A customer and its calls. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "customer": {
                     *         "customerId": "CUST001",
                     *         "name": "John Doe",
                     *         "email": "john@example.com",
                     *         "phone": "+919876543210",
                     *         "company": "Acme Corp",
                     *         "tags": [
                     *           "vip",
                     *           "enterprise"
                     *         ],
                     *         "customFields": {
                     *           "accountBalance": 5000,
                     *           "lastPayment": "2025-09-15"
                     *         },
                     *         "clientId": "client-demo",
                     *         "createdAt": "2025-10-01T10:00:00Z",
                     *         "lastUpdated": "2025-10-12T10:30:00Z"
                     *       },
                     *       "callHistory": [
                     *         {
                     *           "sessionId": "session-1760280743",
                     *           "clientId": "client-demo",
                     *           "startTime": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "phoneNumber": "+919876543210",
                     *           "callDirection": "outbound",
                     *           "customerData": {
                     *             "customerId": "CUST001",
                     *             "name": "John Doe"
                     *           },
                     *           "status": "completed"
                     *         }
                     *       ],
                     *       "totalCalls": 15,
                     *       "totalDuration": 2700
                     *     }
                     */
                    "application/json": components["schemas"]["CustomerProfile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCustomerCalls: {
        parameters: {
            query?: {
                /**
                 * @description How many calls to list: 50 unless told, 500 at most.
                 * @example 10
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The CRM’s own id of the customer: any text of up to 128 characters, case-sensitive.
                 * @example CUST001
                 */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A customer’s calls, with their events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "customerId": "CUST001",
                     *       "calls": [
                     *         {
                     *           "sessionId": "session-1760280743",
                     *           "clientId": "client-demo",
                     *           "startTime": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "phoneNumber": "+919876543210",
                     *           "callDirection": "outbound",
                     *           "customerData": {
                     *             "customerId": "CUST001",
                     *             "name": "John Doe"
                     *           },
                     *           "status": "completed"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "logId": "log-1760280743-abc",
                     *           "event": "connected",
                     *           "timestamp": "2025-10-12T10:30:00Z"
                     *         },
                     *         {
                     *           "logId": "log-1760280800-def",
                     *           "event": "callEnded",
                     *           "timestamp": "2025-10-12T10:33:00Z"
                     *         }
                     *       ],
                     *       "totalCalls": 15,
                     *       "totalDuration": 2700
                     *     }
                     */
                    "application/json": components["schemas"]["CustomerCalls"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listClients: {
        parameters: {
            query?: {
                /**
                 * @description List the clients whose id comes after this one. Absent: from the first on.
                 * @example client-001
                 */
                after?: string;
                /**
                 * @description How many clients to list: 1000 unless told, which is the most.
                 * @example 100
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Clients, by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "clientId": "client-001",
                     *         "name": "Collections CRM Inc.",
                     *         "plan": "enterprise",
                     *         "callsThisMonth": 125,
                     *         "limit": 10000,
                     *         "apiKey": "collection..."
                     *       },
                     *       {
                     *         "clientId": "client-demo",
                     *         "name": "Demo Client",
                     *         "plan": "trial",
                     *         "callsThisMonth": 25,
                     *         "limit": 100,
                     *         "apiKey": "demo-api-k..."
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ClientList"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description No admin token, or not the right one. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/errors#invalid_admin_token",
                     *       "title": "Invalid admin token",
                     *       "status": 401,
                     *       "detail": "The admin token is missing or wrong.",
                     *       "instance": "/api/admin/clients",
                     *       "code": "invalid_admin_token",
                     *       "requestId": "req-1a2b3c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The admin API is closed: no admin token is configured. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/errors#admin_disabled",
                     *       "title": "Admin API disabled",
                     *       "status": 403,
                     *       "detail": "No admin token is configured on this server.",
                     *       "instance": "/api/admin/clients",
                     *       "code": "admin_disabled",
                     *       "requestId": "req-1a2b3c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAllClientsAnalytics: {
        parameters: {
            query?: {
                /**
                 * @description List the clients whose id comes after this one. Absent: from the first on.
                 * @example client-001
                 */
                after?: string;
                /**
                 * @description How many clients to list: 1000 unless told, which is the most.
                 * @example 100
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Totals of every client. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "clients": [
                     *         {
                     *           "clientId": "client-001",
                     *           "clientName": "Collections CRM Inc.",
                     *           "plan": "enterprise",
                     *           "totalCalls": 125,
                     *           "totalDuration": 22500,
                     *           "callsThisMonth": 125,
                     *           "limit": 10000,
                     *           "utilizationPercent": 1
                     *         }
                     *       ],
                     *       "totalClients": 3,
                     *       "totalCallsAllClients": 250,
                     *       "nextAfter": null
                     *     }
                     */
                    "application/json": components["schemas"]["AllAnalytics"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description No admin token, or not the right one. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/errors#invalid_admin_token",
                     *       "title": "Invalid admin token",
                     *       "status": 401,
                     *       "detail": "The admin token is missing or wrong.",
                     *       "instance": "/api/admin/clients",
                     *       "code": "invalid_admin_token",
                     *       "requestId": "req-1a2b3c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The admin API is closed: no admin token is configured. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/errors#admin_disabled",
                     *       "title": "Admin API disabled",
                     *       "status": 403,
                     *       "detail": "No admin token is configured on this server.",
                     *       "instance": "/api/admin/clients",
                     *       "code": "admin_disabled",
                     *       "requestId": "req-1a2b3c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
