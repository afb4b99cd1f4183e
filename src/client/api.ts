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
             * Format: int64
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
             * Format: int64
             * @description How many clients there are, listed or not.
             * @example 3
             */
            totalClients: number;
            /**
             * Format: int64
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
            callsByDate: components["schemas"]["CallsByDate"];
            /** @description Calls that started in the range, newest start first: as many as `limit` asks for. */
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
             * @description When the call began: the earliest time that its events tell. Where the first thing told of it is its answer or its end, this is that instant, less the duration that its end reported. UTC, ISO 8601.
             * @example 2025-10-12T10:30:00Z
             */
            startTime: string;
            /**
             * Format: date-time
             * @description When the call was answered: the earliest `connected`, or the answer that the data of an event tells. Absent when nobody answered, and when an end that reports talk time is all that says somebody did. UTC, ISO 8601.
             * @example 2025-10-12T10:30:12Z
             */
            answeredAt?: string;
            /**
             * Format: date-time
             * @description When the call ended. Absent until it has. UTC, ISO 8601.
             * @example 2025-10-12T10:33:12Z
             */
            endTime?: string;
            /**
             * Format: int64
             * @description Talk time in whole seconds, once the call has ended: what its end reported, else the time from its answer to its end, else what an event during the call reported, else 0.
             * @example 180
             */
            duration?: number;
            /**
             * Format: int64
             * @description How long the call rang, in whole seconds: from `startTime` to `answeredAt` or, when nobody answered, to `endTime`. Absent while it rings, and when nothing is known of the call from before its answer or its end.
             * @example 12
             */
            ringSeconds?: number;
            /**
             * @description The agent: the `agentUserId` of the latest `connected` event or, when none of those names one, of the latest event that does. Events from the provider go before those from a ribbon. Absent when no event names one.
             * @example agent-42
             */
            agentUserId?: string;
            /**
             * @description The customer’s number.
             * @example +919876543210
             */
            phoneNumber?: string;
            callDirection: components["schemas"]["CallDirection"];
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
            status: components["schemas"]["CallStatus"];
        };
        /**
         * @description The customer, as the CRM knows it. Members of any name are kept, 256 at most.
         * @example {
         *       "customerId": "CUST001",
         *       "name": "John Doe",
         *       "email": "john@example.com"
         *     }
         */
        CallCustomer: ({
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
            customerData?: components["schemas"]["CallCustomer"];
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
        /**
         * @description Who called: `inbound` is the customer, `outbound` the agent.
         * @example outbound
         * @enum {string}
         */
        CallDirection: "inbound" | "outbound";
        /** @description What happened on a call. Members of other names are kept, all but `data` together at most 4096 characters as JSON. */
        CallEvent: {
            /**
             * @description The client’s API key, when it is not in the `X-API-Key` header.
             * @example demo-api-key-789
             */
            apiKey?: string;
            event: components["schemas"]["EventName"];
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
             * @description The agent whose ribbon reports the event. The call takes the agent of its latest `connected` event, else of its latest event that names one.
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
        /** @description The calls of a range, one entry a call. */
        CallExport: {
            client: components["schemas"]["ExportedClient"];
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
            event: components["schemas"]["EventName"];
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
        /**
         * @description `active` until the call ends. `expired` is a call whose end was never reported within the maximum call age: a late `callEnded` still completes it.
         * @example completed
         * @enum {string}
         */
        CallStatus: "active" | "completed" | "missed" | "no-answer" | "busy" | "failed" | "rejected" | "canceled" | "expired";
        /**
         * @description How many calls started on each local date, newest first; only dates with calls.
         * @example {
         *       "2025-10-12": 25,
         *       "2025-10-11": 30,
         *       "2025-10-10": 20
         *     }
         */
        CallsByDate: {
            [key: string]: number;
        };
        /**
         * @description How many calls started on each local weekday, 0 (Sunday) to 6 (Saturday): every weekday is there.
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
        CallsByDayOfWeek: {
            /**
             * Format: int64
             * @description Calls that started on a Sunday, local time.
             * @example 5
             */
            0: number;
            /**
             * Format: int64
             * @description Calls that started on a Monday, local time.
             * @example 25
             */
            1: number;
            /**
             * Format: int64
             * @description Calls that started on a Tuesday, local time.
             * @example 30
             */
            2: number;
            /**
             * Format: int64
             * @description Calls that started on a Wednesday, local time.
             * @example 28
             */
            3: number;
            /**
             * Format: int64
             * @description Calls that started on a Thursday, local time.
             * @example 22
             */
            4: number;
            /**
             * Format: int64
             * @description Calls that started on a Friday, local time.
             * @example 15
             */
            5: number;
            /**
             * Format: int64
             * @description Calls that started on a Saturday, local time.
             * @example 0
             */
            6: number;
        };
        /**
         * @description How many calls started in each hour of the local clock, 0 to 23: every hour is there.
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
        CallsByHour: {
            /**
             * Format: int64
             * @description Calls that started from 0:00 to 0:59, local time.
             * @example 2
             */
            0: number;
            /**
             * Format: int64
             * @description Calls that started from 1:00 to 1:59, local time.
             * @example 1
             */
            1: number;
            /**
             * Format: int64
             * @description Calls that started from 2:00 to 2:59, local time.
             * @example 0
             */
            2: number;
            /**
             * Format: int64
             * @description Calls that started from 3:00 to 3:59, local time.
             * @example 0
             */
            3: number;
            /**
             * Format: int64
             * @description Calls that started from 4:00 to 4:59, local time.
             * @example 0
             */
            4: number;
            /**
             * Format: int64
             * @description Calls that started from 5:00 to 5:59, local time.
             * @example 0
             */
            5: number;
            /**
             * Format: int64
             * @description Calls that started from 6:00 to 6:59, local time.
             * @example 0
             */
            6: number;
            /**
             * Format: int64
             * @description Calls that started from 7:00 to 7:59, local time.
             * @example 0
             */
            7: number;
            /**
             * Format: int64
             * @description Calls that started from 8:00 to 8:59, local time.
             * @example 1
             */
            8: number;
            /**
             * Format: int64
             * @description Calls that started from 9:00 to 9:59, local time.
             * @example 15
             */
            9: number;
            /**
             * Format: int64
             * @description Calls that started from 10:00 to 10:59, local time.
             * @example 20
             */
            10: number;
            /**
             * Format: int64
             * @description Calls that started from 11:00 to 11:59, local time.
             * @example 25
             */
            11: number;
            /**
             * Format: int64
             * @description Calls that started from 12:00 to 12:59, local time.
             * @example 2
             */
            12: number;
            /**
             * Format: int64
             * @description Calls that started from 13:00 to 13:59, local time.
             * @example 1
             */
            13: number;
            /**
             * Format: int64
             * @description Calls that started from 14:00 to 14:59, local time.
             * @example 18
             */
            14: number;
            /**
             * Format: int64
             * @description Calls that started from 15:00 to 15:59, local time.
             * @example 22
             */
            15: number;
            /**
             * Format: int64
             * @description Calls that started from 16:00 to 16:59, local time.
             * @example 12
             */
            16: number;
            /**
             * Format: int64
             * @description Calls that started from 17:00 to 17:59, local time.
             * @example 3
             */
            17: number;
            /**
             * Format: int64
             * @description Calls that started from 18:00 to 18:59, local time.
             * @example 2
             */
            18: number;
            /**
             * Format: int64
             * @description Calls that started from 19:00 to 19:59, local time.
             * @example 1
             */
            19: number;
            /**
             * Format: int64
             * @description Calls that started from 20:00 to 20:59, local time.
             * @example 0
             */
            20: number;
            /**
             * Format: int64
             * @description Calls that started from 21:00 to 21:59, local time.
             * @example 0
             */
            21: number;
            /**
             * Format: int64
             * @description Calls that started from 22:00 to 22:59, local time.
             * @example 0
             */
            22: number;
            /**
             * Format: int64
             * @description Calls that started from 23:00 to 23:59, local time.
             * @example 0
             */
            23: number;
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
            plan: components["schemas"]["Plan"];
            /**
             * Format: int64
             * @description All calls of the client.
             * @example 125
             */
            totalCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over all calls that have ended, in seconds.
             * @example 2700
             */
            totalDuration: number;
            /**
             * Format: int64
             * @description Calls that started in the current month of the client’s time zone.
             * @example 125
             */
            callsThisMonth: number;
            /**
             * Format: int64
             * @description Calls a month that the plan allows.
             * @example 10000
             */
            limit: number;
            /**
             * Format: int64
             * @description `callsThisMonth` over `limit`, in per cent, rounded; above 100 when passed.
             * @example 1
             */
            utilizationPercent: number;
        };
        /** @description What the ribbon may show of its client. */
        ClientInfo: {
            /**
             * @description The client’s name.
             * @example Demo Client
             */
            name: string;
            plan: components["schemas"]["Plan"];
            /**
             * Format: int64
             * @description Calls left this month.
             * @example 95
             */
            remainingCalls: number;
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
            plan: components["schemas"]["Plan"];
            /**
             * Format: int64
             * @description Calls that started in the current month of the client’s time zone.
             * @example 125
             */
            callsThisMonth: number;
            /**
             * Format: int64
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
             * Format: int64
             * @description All calls there ever were, ended or not.
             * @example 15
             */
            totalCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over all calls that have ended, in seconds.
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
            event: components["schemas"]["EventName"];
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
             * Format: int64
             * @description All calls there ever were, ended or not.
             * @example 15
             */
            totalCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over all calls that have ended, in seconds.
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
        /** @description What to save of a customer. */
        CustomerUpdate: {
            /**
             * @description The client’s API key, when it is not in the `X-API-Key` header.
             * @example demo-api-key-789
             */
            apiKey?: string;
            customerData: components["schemas"]["CustomerPatch"];
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
            callsByHour: components["schemas"]["CallsByHour"];
            callsByDayOfWeek: components["schemas"]["CallsByDayOfWeek"];
            /** @description The 10 customers with the most calls in the range. Where two have as many, the longer `totalDuration` goes first, then the id. */
            topCustomers: components["schemas"]["TopCustomer"][];
            durationBuckets: components["schemas"]["DurationBuckets"];
            /** @description Ended calls by talk time, shortest first, after those that nobody answered. Together they are `endedCalls`. */
            talkTimeBuckets: components["schemas"]["TalkTimeBucket"][];
            /** @description Calls that started in the range, newest start first: as many as `limit` asks for. */
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
        /**
         * @description How many calls ended with a `duration` in each bucket, which includes its lower bound and excludes its upper. Calls that nobody answered are among them, mostly in `0-30s`: `talkTimeBuckets` tells them apart.
         * @example {
         *       "0-30s": 10,
         *       "30s-1m": 25,
         *       "1m-3m": 50,
         *       "3m-5m": 30,
         *       "5m+": 10
         *     }
         */
        DurationBuckets: {
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 0-30s.
             * @example 10
             */
            "0-30s": number;
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 30s-1m.
             * @example 25
             */
            "30s-1m": number;
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 1m-3m.
             * @example 50
             */
            "1m-3m": number;
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 3m-5m.
             * @example 30
             */
            "3m-5m": number;
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 5m+.
             * @example 10
             */
            "5m+": number;
        };
        /**
         * @description What happened on the call. These change it: `incoming`, `connected`, `callEnded`, `holdtoggle`, `mutetoggle`, `dialing`, `dtmf`, `missed`, `rejected`. Any other name is stored and listed, and changes no call.
         * @example connected
         */
        EventName: string;
        /** @description Whose calls these are. */
        ExportedClient: {
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
         * @description Something the ribbon may offer the agent.
         * @example call
         * @enum {string}
         */
        Feature: "call" | "mute" | "hold" | "dtmf" | "transfer";
        /** @description The server is up. */
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
             * Format: int64
             * @description Whole seconds since the server started.
             * @example 86400
             */
            uptime: number;
        };
        /** @description The page that starts a ribbon. */
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
        /** @description The event is on disk. A repeat gets the first one’s `logId`. */
        LoggedEvent: {
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
        };
        /** @description Where this page stands among all. */
        Pagination: {
            /**
             * Format: int64
             * @description The page asked for; absent when a cursor was.
             * @example 1
             */
            page?: number;
            /**
             * Format: int64
             * @description Most events on this page.
             * @example 20
             */
            pageSize: number;
            /**
             * Format: int64
             * @description Events that match, on all pages: exact.
             * @example 125
             */
            total: number;
            /**
             * Format: int64
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
        /**
         * @description The client’s plan.
         * @example trial
         * @enum {string}
         */
        Plan: "trial" | "professional" | "enterprise";
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
             * Format: int32
             * @description The HTTP status.
             * @example 400
             */
            status: number;
            /**
             * @description What is wrong with this request.
             * @example limit must be <= 500.
             */
            detail: string;
            /**
             * Format: uri-reference
             * @description Path of the request, without its query.
             * @example /api/ribbon/analytics
             */
            instance: string;
            code: components["schemas"]["ProblemCode"];
            /**
             * @description Id of the request, as in the server’s log and the `X-Request-Id` header.
             * @example 0b9f3c52-7e0c-4c3f-9d53-0f5b8a1c2d3e
             */
            requestId: string;
            /** @description Every fault of a request that does not fit the contract. */
            errors?: components["schemas"]["ProblemError"][];
        };
        /**
         * @description Kind of problem, for programs. A code never changes its meaning; more may be added.
         * @example invalid_request
         * @enum {string}
         */
        ProblemCode: "invalid_request" | "invalid_json" | "missing_api_key" | "invalid_api_key" | "invalid_admin_token" | "admin_disabled" | "domain_not_allowed" | "origin_not_allowed" | "not_found" | "customer_not_found" | "method_not_allowed" | "request_timeout" | "payload_too_large" | "unsupported_media_type" | "idempotency_conflict" | "quota_exceeded" | "too_many_exports" | "rate_limited" | "headers_too_large" | "internal" | "overloaded" | "unavailable" | "outcome_open";
        /** @description A fault of a request that does not fit the contract. */
        ProblemError: {
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
             * @description What is wrong there.
             * @example must be <= 500
             */
            message: string;
        };
        /** @description Requests can be sent here. */
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
            features: components["schemas"]["Feature"][];
            plan: components["schemas"]["Plan"];
            usage: components["schemas"]["Usage"];
            /**
             * @description IANA time zone of the client’s days and months.
             * @example Asia/Kolkata
             */
            timezone: string;
        };
        /** @description What the ribbon needs to start. */
        RibbonCredentials: {
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
            features: components["schemas"]["Feature"][];
            clientInfo: components["schemas"]["ClientInfo"];
        };
        /** @description The customer is saved, on disk. */
        SavedCustomer: {
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
        /** @description Totals over the calls that started in the range. Each call is counted by what its events tell of it when the answer is given. */
        Summary: {
            /**
             * Format: int64
             * @description Calls that started in the range: `endedCalls` and `openCalls`.
             * @example 125
             */
            totalCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over `endedCalls`, in seconds.
             * @example 22500
             */
            totalDuration: number;
            /**
             * Format: int64
             * @description `totalDuration` over `endedCalls`, in whole seconds: calls that nobody answered lower it. 0 when none ended.
             * @example 180
             */
            avgDuration: number;
            /**
             * Format: int64
             * @description Calls from customers, ended or not.
             * @example 45
             */
            inboundCalls: number;
            /**
             * Format: int64
             * @description Calls to customers, ended or not.
             * @example 80
             */
            outboundCalls: number;
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered, whatever the reason: those that the agent rejected are among them.
             * @example 5
             */
            missedCalls: number;
            /**
             * Format: int64
             * @description Calls that were answered and have ended. Those that are answered and go on are `openAnsweredCalls`.
             * @example 120
             */
            answeredCalls: number;
            /**
             * @description `answeredCalls` over `endedCalls`, 0 to 1 in four digits; 0 when none ended.
             * @example 0.96
             */
            answerRate: number;
            /**
             * Format: int64
             * @description Calls that have ended: `answeredCalls` and `unansweredCalls`.
             * @example 125
             */
            endedCalls: number;
            /**
             * Format: int64
             * @description Calls that ended and that nobody answered, inbound and outbound.
             * @example 5
             */
            unansweredCalls: number;
            /**
             * Format: int64
             * @description Those of `unansweredCalls` whose status is `rejected`: an agent or a customer turned the call down.
             * @example 2
             */
            rejectedCalls: number;
            /**
             * Format: int64
             * @description Those of `rejectedCalls` that are inbound. They are among `missedCalls`: the other missed calls rang until the caller gave up, or failed.
             * @example 2
             */
            rejectedInboundCalls: number;
            /**
             * Format: int64
             * @description Calls without an end: those in progress, and those that are `expired` because nobody ever reported their end.
             * @example 0
             */
            openCalls: number;
            /**
             * Format: int64
             * @description Those of `openCalls` that were answered.
             * @example 0
             */
            openAnsweredCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over `answeredCalls`, in seconds.
             * @example 22500
             */
            totalTalkTime: number;
            /**
             * Format: int64
             * @description `totalTalkTime` over `answeredCalls`, in whole seconds: how long a conversation takes. 0 when there was none.
             * @example 188
             */
            avgTalkTime: number;
        };
        /** @description How many ended calls had a talk time within some bounds, or none at all. */
        TalkTimeBucket: {
            /**
             * @description `unanswered`, or the talk times of the bucket.
             * @example 1m-3m
             * @enum {string}
             */
            name: "unanswered" | "0-30s" | "30s-1m" | "1m-3m" | "3m-5m" | "5m+";
            /**
             * Format: int64
             * @description The shortest talk time of the bucket, in seconds; null for `unanswered`.
             * @example 60
             */
            fromSeconds: number | null;
            /**
             * Format: int64
             * @description The talk time that is too long for the bucket, in seconds; null for `unanswered` and for the last bucket.
             * @example 180
             */
            toSeconds: number | null;
            /**
             * Format: int64
             * @description Calls that ended: of `unanswered` those that nobody answered, of any other bucket those that were answered and whose `duration` lies in it.
             * @example 50
             */
            calls: number;
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
             * Format: int64
             * @description Calls with the customer that started in the range, ended or not.
             * @example 15
             */
            callCount: number;
            /**
             * Format: int64
             * @description The sum of `duration` over those of them that have ended, in seconds.
             * @example 2700
             */
            totalDuration: number;
        };
        /** @description Use of the plan in the current month. */
        Usage: {
            /**
             * Format: int64
             * @description Calls that started in the current calendar month of the client’s time zone, ended or not.
             * @example 25
             */
            callsThisMonth: number;
            /**
             * Format: int64
             * @description Calls a month that the plan allows.
             * @example 100
             */
            limit: number;
            /**
             * Format: int64
             * @description `limit` less `callsThisMonth`; 0 once the limit is reached or passed.
             * @example 75
             */
            remaining: number;
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
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody saved this customer under this client, and no call named it. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Data-As-Of": components["headers"]["Data-As-Of"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The server could not serve. Nothing was written, unless `code` is `outcome_open`: then that is not known. Sending the same again is safe either way. */
        ServerError: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Data-As-Of": components["headers"]["Data-As-Of"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
        /** @description The methods that the path has. With a 405. */
        Allow: string;
        /** @description Name of the file. */
        "Content-Disposition": string;
        /** @description While the server cannot write, a full disk for one: answers are of what was committed before this instant (UTC). */
        "Data-As-Of": string;
        /** @description Validator of this report: send it as `If-None-Match` to hear whether it has changed. */
        ETag: string;
        /** @description With `rel="next"`: where the next part of the list is. Absent after the last. */
        Link: string;
        /** @description Requests that the caller may send in one window. Absent where requests are not counted. */
        "RateLimit-Limit": number;
        /** @description Requests left in this window. */
        "RateLimit-Remaining": number;
        /** @description Seconds until the next window. */
        "RateLimit-Reset": number;
        /** @description Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing. */
        "Retained-From": string;
        /** @description Seconds after which to try again. */
        "Retry-After": number;
        /** @description How to authenticate. With a 401. */
        "WWW-Authenticate": string;
        /** @description Id of the request, as in the server’s log: the caller’s own `X-Request-Id` where it is made of up to 64 letters, digits and `_.:-`. */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type ActiveCalls = components['schemas']['ActiveCalls'];
export type AllAnalytics = components['schemas']['AllAnalytics'];
export type Analytics = components['schemas']['Analytics'];
export type Call = components['schemas']['Call'];
export type CallCustomer = components['schemas']['CallCustomer'];
export type CallData = components['schemas']['CallData'];
export type CallDirection = components['schemas']['CallDirection'];
export type CallEvent = components['schemas']['CallEvent'];
export type CallExport = components['schemas']['CallExport'];
export type CallLog = components['schemas']['CallLog'];
export type CallLogs = components['schemas']['CallLogs'];
export type CallStatus = components['schemas']['CallStatus'];
export type CallsByDate = components['schemas']['CallsByDate'];
export type CallsByDayOfWeek = components['schemas']['CallsByDayOfWeek'];
export type CallsByHour = components['schemas']['CallsByHour'];
export type ClientAnalytics = components['schemas']['ClientAnalytics'];
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
export type ExportedClient = components['schemas']['ExportedClient'];
export type Feature = components['schemas']['Feature'];
export type Health = components['schemas']['Health'];
export type InitRequest = components['schemas']['InitRequest'];
export type LoggedEvent = components['schemas']['LoggedEvent'];
export type Pagination = components['schemas']['Pagination'];
export type Plan = components['schemas']['Plan'];
export type Problem = components['schemas']['Problem'];
export type ProblemCode = components['schemas']['ProblemCode'];
export type ProblemError = components['schemas']['ProblemError'];
export type Readiness = components['schemas']['Readiness'];
export type RibbonConfig = components['schemas']['RibbonConfig'];
export type RibbonCredentials = components['schemas']['RibbonCredentials'];
export type SavedCustomer = components['schemas']['SavedCustomer'];
export type Summary = components['schemas']['Summary'];
export type TalkTimeBucket = components['schemas']['TalkTimeBucket'];
export type TopCustomer = components['schemas']['TopCustomer'];
export type Usage = components['schemas']['Usage'];
export type ResponseClientError = components['responses']['ClientError'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseNotModified = components['responses']['NotModified'];
export type ResponseServerError = components['responses']['ServerError'];
export type HeaderAllow = components['headers']['Allow'];
export type HeaderContentDisposition = components['headers']['Content-Disposition'];
export type HeaderDataAsOf = components['headers']['Data-As-Of'];
export type HeaderETag = components['headers']['ETag'];
export type HeaderLink = components['headers']['Link'];
export type HeaderRateLimitLimit = components['headers']['RateLimit-Limit'];
export type HeaderRateLimitRemaining = components['headers']['RateLimit-Remaining'];
export type HeaderRateLimitReset = components['headers']['RateLimit-Reset'];
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
            /** @description The server is up. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
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
            /** @description Requests can be sent here. */
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                    "application/json": components["schemas"]["RibbonCredentials"];
                };
            };
            /** @description The page may not start a ribbon with this key: its domain or its origin is not allowed. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description The event is on disk. A repeat gets the first one’s `logId`. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "logId": "log-1760280743-abc123def"
                     *     }
                     */
                    "application/json": components["schemas"]["LoggedEvent"];
                };
            };
            /** @description The idempotency key was used before, with other content. Nothing was written. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
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
                     *         "answeredCalls": 120,
                     *         "answerRate": 0.96,
                     *         "endedCalls": 125,
                     *         "unansweredCalls": 5,
                     *         "rejectedCalls": 2,
                     *         "rejectedInboundCalls": 2,
                     *         "openCalls": 0,
                     *         "openAnsweredCalls": 0,
                     *         "totalTalkTime": 22500,
                     *         "avgTalkTime": 188
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
                     *           "answeredAt": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "agentUserId": "agent-42",
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
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    ETag: components["headers"]["ETag"];
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
                     *         "answeredCalls": 120,
                     *         "answerRate": 0.96,
                     *         "endedCalls": 125,
                     *         "unansweredCalls": 5,
                     *         "rejectedCalls": 2,
                     *         "rejectedInboundCalls": 2,
                     *         "openCalls": 0,
                     *         "openAnsweredCalls": 0,
                     *         "totalTalkTime": 22500,
                     *         "avgTalkTime": 188
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
                     *       "talkTimeBuckets": [
                     *         {
                     *           "name": "unanswered",
                     *           "fromSeconds": null,
                     *           "toSeconds": null,
                     *           "calls": 5
                     *         },
                     *         {
                     *           "name": "0-30s",
                     *           "fromSeconds": 0,
                     *           "toSeconds": 30,
                     *           "calls": 5
                     *         },
                     *         {
                     *           "name": "30s-1m",
                     *           "fromSeconds": 30,
                     *           "toSeconds": 60,
                     *           "calls": 25
                     *         },
                     *         {
                     *           "name": "1m-3m",
                     *           "fromSeconds": 60,
                     *           "toSeconds": 180,
                     *           "calls": 50
                     *         },
                     *         {
                     *           "name": "3m-5m",
                     *           "fromSeconds": 180,
                     *           "toSeconds": 300,
                     *           "calls": 30
                     *         },
                     *         {
                     *           "name": "5m+",
                     *           "fromSeconds": 300,
                     *           "toSeconds": null,
                     *           "calls": 10
                     *         }
                     *       ],
                     *       "recentActivity": [
                     *         {
                     *           "sessionId": "session-1760280743",
                     *           "clientId": "client-demo",
                     *           "startTime": "2025-10-12T10:30:00Z",
                     *           "answeredAt": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "agentUserId": "agent-42",
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
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                     *           "answeredAt": "2025-10-12T10:30:12Z",
                     *           "ringSeconds": 12,
                     *           "agentUserId": "agent-42",
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
                /** @description File format: JSON unless told. */
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
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    "Retained-From": components["headers"]["Retained-From"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                     *           "answeredAt": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "agentUserId": "agent-42",
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
            /** @description Too many exports are being read, or the caller sends too many requests. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                     *           "answeredAt": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "agentUserId": "agent-42",
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
                     *           "answeredAt": "2025-10-12T10:30:00Z",
                     *           "endTime": "2025-10-12T10:33:00Z",
                     *           "duration": 180,
                     *           "agentUserId": "agent-42",
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
            404: components["responses"]["NotFound"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listClients: {
        parameters: {
            query?: {
                /** @description List the clients whose id comes after this one. Absent: from the first on. */
                after?: string;
                /** @description How many clients to list: 1000 unless told, which is the most. */
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
                    Link: components["headers"]["Link"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getAllClientsAnalytics: {
        parameters: {
            query?: {
                /** @description List the clients whose id comes after this one. Absent: from the first on. */
                after?: string;
                /** @description How many clients to list: 1000 unless told, which is the most. */
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Data-As-Of": components["headers"]["Data-As-Of"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
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
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
}
