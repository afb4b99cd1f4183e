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
         * @description Checks the API key
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
         * @description For the CRM’s own server
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
         * @description Records what happened on a call.
         */
        post: operations["logCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/log-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log many events at once
         * @description `log-call` for the events that a ribbon gathered while it was offline.
         */
        post: operations["logCalls"];
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
         * @description The features and plan of the client
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
         * @description Totals
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
         * @description Totals
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
    "/api/ribbon/analytics/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask a question about calls
         * @description One question about calls
         */
        get: operations["queryAnalytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/reports/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one day on one page
         * @description A local day of the client
         */
        get: operations["getDailyReport"];
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
         * @description Events newest first
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
         * @description Calls whose end was not reported yet.
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
    "/api/ribbon/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List calls
         * @description Calls that all filters leave
         */
        get: operations["listCalls"];
        put?: never;
        /**
         * Make a call
         * @description Has Exotel call the agent and
         */
        post: operations["placeCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/calls/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a call
         * @description A call with its events
         */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Note something of a call
         * @description Notes
         */
        patch: operations["annotateCall"];
        trace?: never;
    };
    "/api/ribbon/calls/{sessionId}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct a call
         * @description Says what is right of a call
         */
        post: operations["correctCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/missed-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List missed calls to return
         * @description Whom to call back:
         */
        get: operations["listMissedCalls"];
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
         * @description Every call of the range
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
    "/api/ribbon/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow calls as they happen
         * @description Server-sent events:
         */
        get: operations["streamCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/stream-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a token that opens the stream
         * @description For browsers
         */
        post: operations["issueStreamToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/business-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the business hours
         * @description When the client is at work:
         */
        get: operations["getBusinessHours"];
        /**
         * Set the business hours
         * @description Says when the client is at work from a date on:
         */
        put: operations["setBusinessHours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks
         * @description The endpoints, and how far each is:
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description It is sent what changes from now on.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/webhooks/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description One endpoint, and how far it is.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Nothing more is sent to it from a few seconds on
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change, pause or resume a webhook
         * @description With `status` `paused` nothing is sent from a few seconds on
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/ribbon/webhooks/{endpointId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a webhook
         * @description Sends it a message `webhook.test` at once
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/webhooks/{endpointId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of a webhook
         * @description Makes a secret that messages are signed with
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/webhooks/{endpointId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send messages of a range of time again
         * @description Sends every message again whose `timestamp` is in the range:
         */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/webhooks/{endpointId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was sent
         * @description Each try to deliver a message
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List agents
         * @description Agents that were saved or that an event named
         */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/agents/{agentUserId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an agent
         * @description What is known of an agent that was saved or that an event named
         */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Save an agent
         * @description Applies a JSON merge patch (RFC 7396) to an agent:
         */
        patch: operations["saveAgent"];
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
         * @description Applies a JSON merge patch (RFC 7396):
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
         * @description What is known of a customer that was saved or that a call named
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
         * @description The most recent calls with a customer
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
    "/api/ribbon/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search customers
         * @description Customers by name
         */
        get: operations["listCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/customers/by-phone/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the customer of a number
         * @description For a screen that opens while the phone rings:
         */
        get: operations["findCustomerByPhone"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ribbon/calls/{sessionId}/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen to a call
         * @description The recording of a call
         */
        get: operations["getCallRecording"];
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
    "/api/admin/clients/{clientId}/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how far a reconciliation is, and what it found */
        get: operations["getReconciliation"];
        put?: never;
        /** Compare a client’s calls with Exotel’s records */
        post: operations["startReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export what is held on a person */
        post: operations["exportPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erase a person */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/business-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a client’s business hours */
        get: operations["getClientBusinessHours"];
        /** Set a client’s business hours */
        put: operations["setClientBusinessHours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a client’s webhooks */
        get: operations["listClientWebhooks"];
        put?: never;
        /** Create a webhook of a client */
        post: operations["createClientWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/webhooks/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a webhook of a client */
        get: operations["getClientWebhook"];
        put?: never;
        post?: never;
        /** Delete a webhook of a client */
        delete: operations["deleteClientWebhook"];
        options?: never;
        head?: never;
        /** Change, pause or resume a webhook of a client */
        patch: operations["updateClientWebhook"];
        trace?: never;
    };
    "/api/admin/clients/{clientId}/webhooks/{endpointId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a webhook of a client */
        post: operations["testClientWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/webhooks/{endpointId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the secret of a client’s webhook */
        post: operations["rotateClientWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/webhooks/{endpointId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send messages of a client again */
        post: operations["redeliverClientWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{clientId}/webhooks/{endpointId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was sent to a client’s webhook */
        get: operations["listClientWebhookDeliveries"];
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
export interface webhooks {
    "call.started": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A call began
         * @description Answer with a status from 200 to 299 within ten seconds
         */
        post: operations["onCallStarted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "call.answered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A call was answered
         * @description Answer with a status from 200 to 299 within ten seconds
         */
        post: operations["onCallAnswered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "call.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * More became known of a call
         * @description Answer with a status from 200 to 299 within ten seconds
         */
        post: operations["onCallUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "call.ended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A call ended
         * @description Answer with a status from 200 to 299 within ten seconds
         */
        post: operations["onCallEnded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "call.missed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A call was missed
         * @description Answer with a status from 200 to 299 within ten seconds
         */
        post: operations["onCallMissed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "quota.warning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The month’s calls are used up by 80 %
         * @description Answer with a status from 200 to 299 within ten seconds
         */
        post: operations["onQuotaWarning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "quota.reached": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The month’s calls are used up
         * @description Answer with a status from 200 to 299 within ten seconds
         */
        post: operations["onQuotaReached"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody tries the endpoint
         * @description Answer with a status from 200 to 299 within ten seconds
         */
        post: operations["onWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description The calls in progress. */
        ActiveCalls: {
            /** @description Newest start first */
            activeCalls: components["schemas"]["Call"][];
            /**
             * Format: int64
             * @description How many calls are in progress
             */
            count: number;
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
        };
        AdminBusinessHoursBody: {
            appliesFrom?: string;
            schedule: components["schemas"]["Schedule"];
        };
        AdminNewWebhookBody: {
            url: string;
            /**
             * @default [
             *       "call.started",
             *       "call.answered",
             *       "call.updated",
             *       "call.ended",
             *       "call.missed",
             *       "quota.warning",
             *       "quota.reached"
             *     ]
             */
            eventTypes?: components["schemas"]["WebhookEventType"][];
        };
        AdminWebhookChangesBody: {
            url?: string;
            eventTypes?: components["schemas"]["WebhookEventType"][];
            status?: components["schemas"]["WebhookStatus"];
        };
        AdminWebhookRedelivery: {
            from?: string;
            to?: string;
        };
        AdminWebhookSecretRotation: {
            /**
             * Format: int32
             * @default 24
             */
            overlapHours?: number;
        };
        /** @description An agent: */
        Agent: {
            /** @description The CRM’s own id of the agent: */
            agentUserId: string;
            /** @description The client that this belongs to. */
            clientId: string;
            /** @description Name. */
            name?: string;
            /** @description Exotel’s user id of the agent: */
            exotelUserId?: string;
            /** @description E-mail address */
            email?: string;
            /** @description Number or SIP address at which Exotel rings the agent. */
            phone?: string;
            /** @description Whether the agent works: */
            active: boolean;
            /**
             * Format: int64
             * @description Calls of the agent that go on now
             */
            activeCalls: number;
            /**
             * Format: date-time
             * @description UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description UTC
             */
            lastUpdated: string;
        };
        /** @description A JSON merge patch (RFC 7396): */
        AgentPatch: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description Name. */
            name?: string | null;
            /** @description Exotel’s user id of the agent: */
            exotelUserId?: string | null;
            /** @description E-mail address */
            email?: string | null;
            /** @description Number or SIP address at which Exotel rings the agent. */
            phone?: string | null;
            /** @description Whether the agent works: */
            active?: boolean;
        };
        /** @description An agent’s session. */
        AgentSession: {
            /** @description What the page sends in place of an API key: */
            token: string;
            /**
             * Format: date-time
             * @description When the session ends.
             */
            expiresAt: string;
            /** @description The agent: */
            agentUserId: string;
            /** @description Host name of the page. */
            domain: string;
            /** @description What the page may call. */
            permissions: components["schemas"]["PagePermission"][];
        };
        /** @description A page of agents. */
        Agents: {
            /** @description By `agentUserId`. */
            agents: components["schemas"]["Agent"][];
            pagination: components["schemas"]["CursorPagination"];
        };
        AllAnalytics: {
            clients: components["schemas"]["ClientAnalytics"][];
            /** Format: int64 */
            totalClients: number;
            /** Format: int64 */
            totalCallsAllClients: number;
            nextAfter: string | null;
        };
        /** @description Totals */
        Analytics: {
            summary: components["schemas"]["Summary"];
            callsByDate: components["schemas"]["CallsByDate"];
            /** @description Calls that started in the range */
            recentCalls: components["schemas"]["Call"][];
            usage: components["schemas"]["Usage"];
            /** @description IANA time zone in which dates */
            timezone: string;
            dateRange: components["schemas"]["DateRange"];
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
        };
        /** @description The answer to a question about calls. */
        AnalyticsAnswer: {
            /**
             * Format: int64
             * @description Version of the definitions of the metrics:
             */
            definitions: number;
            dateRange: components["schemas"]["DateRange"];
            range: components["schemas"]["InstantRange"];
            /** @description IANA time zone in which dates */
            timezone: string;
            /**
             * @description As asked.
             * @enum {string}
             */
            compareTo?: "previous" | "previousMonth" | "previousYear";
            comparedRange?: components["schemas"]["InstantRange"];
            /** @description In the order asked for. */
            metrics: components["schemas"]["AnsweredMetric"][];
            /** @description As asked. */
            groupBy: components["schemas"]["Grouping"][];
            /**
             * Format: int64
             * @description The threshold of `serviceLevel`.
             */
            serviceLevelSeconds: number;
            /**
             * Format: int64
             * @description Calls that were given up sooner are no part of `serviceLevel`.
             */
            abandonSeconds: number;
            /**
             * Format: int64
             * @description The client’s window
             */
            missedCallWindowHours?: number;
            missedCallWindowIn?: components["schemas"]["WindowUnit"];
            /** @description The groups, in order. */
            rows: components["schemas"]["AnalyticsRow"][];
            /**
             * Format: int64
             * @description How many groups there are beyond `limit`
             */
            omittedGroups: number;
            other?: components["schemas"]["OtherGroups"];
            total: components["schemas"]["Measured"];
            /**
             * Format: date-time
             * @description Calls that started before this instant (UTC) are no longer kept.
             */
            retainedFrom?: string;
        };
        /** @description What a group is told by: */
        AnalyticsGroup: {
            /** @description The hour in which calls started: */
            hour?: string;
            /** @description The local date on which they started. */
            date?: string;
            /** @description The week in which they started: */
            week?: string;
            /** @description The month in which they started. */
            month?: string;
            /** @description The quarter of the year in which they started. */
            quarter?: string;
            /**
             * Format: int32
             * @description The hour of the local clock, 0 to 23.
             */
            hourOfDay?: number;
            /**
             * Format: int32
             * @description The local weekday
             */
            dayOfWeek?: number;
            /** @description `inbound` or `outbound`. */
            direction?: string;
            /** @description The status of the call when the answer is given. */
            status?: string;
            /** @description How long the call lasted */
            durationBucket?: string | null;
            /** @description `in` or `out` of the client’s business hours */
            businessHours?: string | null;
            /** @description The id of the customer */
            customer?: string | null;
            /** @description The id of the agent */
            agent?: string | null;
            /** @description The number of the customer */
            phoneNumber?: string | null;
            /** @description Exotel’s number */
            virtualNumber?: string | null;
            /** @description Why the call ended */
            endReason?: string | null;
            /** @description The domain of the page that reported the call */
            domain?: string | null;
            /** @description The customer’s name */
            customerName?: string | null;
            /** @description The agent’s name */
            agentName?: string | null;
        };
        /** @description A group, and what was measured of it. */
        AnalyticsRow: {
            group: components["schemas"]["AnalyticsGroup"];
            values: components["schemas"]["MetricValues"];
            previous?: components["schemas"]["MetricValues"];
            difference?: components["schemas"]["MetricDifferences"];
            change?: components["schemas"]["MetricChanges"];
        };
        /** @description A metric that was asked for */
        AnsweredMetric: {
            metric: components["schemas"]["Metric"];
            /**
             * @description What the values count
             * @enum {string}
             */
            unit: "calls" | "customers" | "numbers" | "seconds" | "share";
            /** @description Whether the values are exact. */
            exact: boolean;
            /** @description By how many per cent a value can be off */
            errorPercent: number;
        };
        ApiKey: {
            keyId: string;
            apiKey: string;
            kind: components["schemas"]["KeyKind"];
            scopes: components["schemas"]["KeyScope"][] | null;
            addresses: string[] | null;
            name: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /** Format: date-time */
            endsAt: string | null;
            maskNumbers?: boolean;
        };
        ApiKeyList: {
            keys: components["schemas"]["ApiKey"][];
        };
        /** @enum {string} */
        AuditAction: "client.created" | "client.updated" | "client.deleting" | "client.restored" | "client.deleted" | "business-hours.set" | "key.created" | "key.ended" | "recording.heard" | "secrets.rotated" | "store.repaired" | "reconciliation.started" | "webhook.created" | "webhook.updated" | "webhook.secret-rotated" | "webhook.redelivered" | "webhook.deleted" | "person.erased" | "person.exported";
        AuditEntry: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            at: string;
            actor: string;
            action: components["schemas"]["AuditAction"];
            clientId: string | null;
            details: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            requestId: string | null;
        };
        AuditLog: {
            entries: components["schemas"]["AuditEntry"][];
            /** Format: int64 */
            nextBefore: number | null;
        };
        /** @description When a client is at work on a date. */
        BusinessHours: {
            /** @description IANA time zone in which times and dates are: */
            timezone: string;
            /** @description The date of which it is told. */
            date: string;
            /** @description Local date from which it applies */
            appliesFrom: string | null;
            schedule: components["schemas"]["Schedule"];
            /** @description From when on each schedule applies that was set */
            versions: string[];
        };
        /** @description When a client is at work from a date on. */
        BusinessHoursBody: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description Local date from which it applies */
            appliesFrom?: string;
            schedule: components["schemas"]["Schedule"];
        };
        /** @description A call, as its events tell it. */
        Call: {
            /** @description Id of the call */
            sessionId: string;
            /** @description The client that this belongs to. */
            clientId: string;
            /**
             * Format: date-time
             * @description When the call began:
             */
            startTime: string;
            /**
             * Format: date-time
             * @description When the two began to talk
             */
            answeredAt?: string;
            /**
             * Format: date-time
             * @description When the call ended.
             */
            endTime?: string;
            /**
             * Format: int64
             * @description Talk time in whole seconds
             */
            duration?: number;
            /**
             * Format: int64
             * @description How long the call rang
             */
            ringSeconds?: number;
            /**
             * Format: date-time
             * @description When the customer of an outbound call answered
             */
            customerAnsweredAt?: string;
            /** @description True when Exotel itself said how the call ended: */
            confirmed?: boolean;
            /** @description True when somebody corrected what reports count of it. */
            corrected?: boolean;
            /** @description True when somebody said that it does not count: */
            voided?: boolean;
            /** @description Why the call ended */
            endReason?: string;
            /** @description The agent: */
            agentUserId?: string;
            /** @description Domain of the page that reported the call */
            domain?: string;
            /** @description Number */
            agentNumber?: string;
            /** @description The customer’s number, as it was told. */
            phoneNumber?: string;
            /** @description The same as E.164 */
            phoneE164?: string;
            /** @description Exotel’s number that was called */
            virtualNumber?: string;
            /** @description True when there is a recording of the call. */
            hasRecording?: boolean;
            callDirection: components["schemas"]["CallDirection"];
            /** @description What somebody noted of it. */
            notes?: string;
            /** @description Its tags, in the order of their letters. */
            tags?: string[];
            /** @description What it came to */
            disposition?: string;
            /** @description What the events told of the customer: */
            customerData?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            status: components["schemas"]["CallStatus"];
        };
        /** @description Of the events `call.started` */
        CallChange: {
            /**
             * Format: int64
             * @description Place in the client’s recorded sequence of events
             */
            sequence: number;
            type: components["schemas"]["CallChangeType"];
            call: components["schemas"]["Call"];
            /** @description Id of the logged event */
            logId: string;
            event: components["schemas"]["EventName"];
            /**
             * Format: date-time
             * @description When the event happened.
             */
            occurredAt: string;
        };
        CallChangeData: {
            /** Format: int64 */
            sequence: number;
            /** Format: int64 */
            version: number;
            logId: string;
            event: components["schemas"]["EventName"];
            call: components["schemas"]["Call"];
        };
        CallChangeMessage: {
            /** @enum {string} */
            type: "call.started" | "call.answered" | "call.updated" | "call.ended" | "call.missed";
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["CallChangeData"];
        };
        /**
         * @description What happened
         * @enum {string}
         */
        CallChangeType: "call.started" | "call.answered" | "call.updated" | "call.ended" | "call.missed";
        /** @description What is right of a call. */
        CallCorrectionBody: {
            /** @description Why: */
            reason: string;
            /** @description True: */
            voided?: boolean;
            /** @description When it began: */
            startTime?: string;
            /** @description When it ended. */
            endTime?: string;
            /**
             * Format: int32
             * @description Talk time in whole seconds.
             */
            duration?: number;
            /**
             * @description How it ended.
             * @enum {string}
             */
            status?: "completed" | "missed" | "no-answer" | "busy" | "failed" | "rejected" | "canceled";
            /**
             * @description Which way it went.
             * @enum {string}
             */
            callDirection?: "inbound" | "outbound";
            /** @description The customer’s number. */
            phoneNumber?: string;
            /** @description The customer. */
            customerId?: string;
            /** @description The agent. */
            agentUserId?: string;
        };
        /** @description The customer, as the CRM knows it. */
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
        /** @description What the ribbon knows of the call. */
        CallData: {
            /** @description Exotel’s id of the call. */
            callSid?: string | null;
            /** @description The SDK’s id of the call */
            callId?: string | null;
            /** @description The customer’s number. */
            phoneNumber?: string | null;
            /** @description `inbound` or `outbound` */
            callDirection?: string | null;
            /** @description Talk time in seconds */
            duration?: (number | null) | "";
            /** @description Talk time in seconds as the SDK reports it */
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
        /** @description A call with its events */
        CallDetails: {
            call: components["schemas"]["Call"];
            facts: components["schemas"]["Facts"];
            /** @description When the customer was on hold: */
            holds: components["schemas"]["Span"][];
            /** @description When the agent was muted: */
            mutes: components["schemas"]["Span"][];
            /** @description The call’s events */
            events: components["schemas"]["ReportedEvent"][];
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
        };
        /**
         * @description Who called:
         * @enum {string}
         */
        CallDirection: "inbound" | "outbound";
        /** @description What happened on a call. */
        CallEvent: {
            /** @description The client’s API key */
            apiKey?: string;
            event: components["schemas"]["EventName"];
            data: components["schemas"]["CallData"];
            /** @description When it happened: */
            timestamp?: string;
            /** @description Host name of the page that embeds the ribbon. */
            domain?: string | null;
            /** @description The agent whose ribbon reports the event. */
            agentUserId?: string | number | null;
            /** @description The client’s name as the page knows it. */
            clientName?: string | null;
            /** @description The caller’s own id of this event: */
            eventId?: string;
        } & {
            [key: string]: components["schemas"]["JsonValue"];
        };
        /** @description The calls of a range, one entry a call. */
        CallExport: {
            client: components["schemas"]["ExportedClient"];
            /**
             * Format: date-time
             * @description UTC
             */
            exportDate: string;
            dateRange: components["schemas"]["DateRange"];
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
            /** @description Every call that started in the range */
            calls: components["schemas"]["Call"][];
        };
        /** @description What is told of some calls. */
        CallFigures: {
            /**
             * Format: int64
             * @description Calls that started in the range
             */
            calls: number;
            /**
             * Format: int64
             * @description Inbound calls that started in the range.
             */
            inbound: number;
            /**
             * Format: int64
             * @description Outbound calls that started in the range.
             */
            outbound: number;
            /**
             * Format: int64
             * @description Calls that were answered and have ended.
             */
            answered: number;
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered
             */
            missed: number;
            /** @description Answered ÷ ended calls */
            answerRate: number | null;
            /**
             * Format: int64
             * @description What answered calls lasted
             */
            talkSeconds: number;
            /** @description Talk time per answered call */
            avgTalkSeconds: number | null;
            /** @description Inbound calls that were answered within `serviceLevelSeconds` ÷ inbound calls that were offered */
            serviceLevel: number | null;
        };
        /** @description An event of a call, as it was logged. */
        CallLog: {
            /** @description Id of the logged event */
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
            /**
             * Format: date-time
             * @description UTC
             */
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
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
        };
        /** @description Members given replace */
        CallNotesBody: {
            /** @description What is worth knowing of the call. */
            notes?: string | null;
            /** @description All its tags: */
            tags?: string[] | null;
            /** @description What the call came to */
            disposition?: string | null;
        };
        /** @description A call to be made. */
        CallOrder: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description Who is called first: */
            from: string;
            /** @description Who is called once the agent has answered: */
            to: string;
            /** @description The virtual number that both see. */
            callerId?: string;
            /** @description A text that Exotel hands on with the call */
            customField?: string;
            /**
             * Format: int32
             * @description Seconds after which the call is cut.
             */
            timeLimit?: number;
            /** @description Whether the conversation is recorded. */
            record?: boolean;
        };
        /**
         * @description `active` until the call ends.
         * @enum {string}
         */
        CallStatus: "active" | "completed" | "missed" | "no-answer" | "busy" | "failed" | "rejected" | "canceled" | "expired";
        CallbackCount: {
            /** @enum {string} */
            event: "statusCallback" | "integrationCallback" | "passthru" | "popup";
            /** Format: int64 */
            received: number;
            /** Format: int64 */
            repeated: number;
            /** Format: date-time */
            firstAt: string | null;
            /** Format: date-time */
            lastAt: string | null;
            lastLogId: string | null;
        };
        CallbackOddity: {
            /** @enum {string} */
            event: "statusCallback" | "integrationCallback" | "passthru" | "popup";
            /** @enum {string} */
            kind: "unknown-member" | "unknown-value" | "missing-callsid" | "unusable-time" | "left-out" | "others";
            what: string;
            /** Format: int64 */
            times: number;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
            logId: string;
        };
        CallbackSummary: {
            callbacks: components["schemas"]["CallbackCount"][];
            oddities: components["schemas"]["CallbackOddity"][];
        };
        /** @description The customer of a number. */
        Caller: {
            customer: components["schemas"]["Customer"];
            /** @description The newest calls with this number */
            calls: components["schemas"]["Call"][];
            /** @description Whether a call with this number goes on now. */
            onCall: boolean;
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
        };
        /** @description A page of calls. */
        Calls: {
            /** @description In the order asked for. */
            calls: components["schemas"]["Call"][];
            pagination: components["schemas"]["CursorPagination"];
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
        };
        /** @description How many calls started on each local date */
        CallsByDate: {
            [key: string]: number;
        };
        /** @description How many calls started on each local weekday */
        CallsByDayOfWeek: {
            /**
             * Format: int64
             * @description Calls that started on a Sunday
             */
            0: number;
            /**
             * Format: int64
             * @description Calls that started on a Monday
             */
            1: number;
            /**
             * Format: int64
             * @description Calls that started on a Tuesday
             */
            2: number;
            /**
             * Format: int64
             * @description Calls that started on a Wednesday
             */
            3: number;
            /**
             * Format: int64
             * @description Calls that started on a Thursday
             */
            4: number;
            /**
             * Format: int64
             * @description Calls that started on a Friday
             */
            5: number;
            /**
             * Format: int64
             * @description Calls that started on a Saturday
             */
            6: number;
        };
        /** @description How many calls started in each hour of the local clock */
        CallsByHour: {
            /**
             * Format: int64
             * @description Calls that started from 0:00 to 0:59
             */
            0: number;
            /**
             * Format: int64
             * @description Calls that started from 1:00 to 1:59
             */
            1: number;
            /**
             * Format: int64
             * @description Calls that started from 2:00 to 2:59
             */
            2: number;
            /**
             * Format: int64
             * @description Calls that started from 3:00 to 3:59
             */
            3: number;
            /**
             * Format: int64
             * @description Calls that started from 4:00 to 4:59
             */
            4: number;
            /**
             * Format: int64
             * @description Calls that started from 5:00 to 5:59
             */
            5: number;
            /**
             * Format: int64
             * @description Calls that started from 6:00 to 6:59
             */
            6: number;
            /**
             * Format: int64
             * @description Calls that started from 7:00 to 7:59
             */
            7: number;
            /**
             * Format: int64
             * @description Calls that started from 8:00 to 8:59
             */
            8: number;
            /**
             * Format: int64
             * @description Calls that started from 9:00 to 9:59
             */
            9: number;
            /**
             * Format: int64
             * @description Calls that started from 10:00 to 10:59
             */
            10: number;
            /**
             * Format: int64
             * @description Calls that started from 11:00 to 11:59
             */
            11: number;
            /**
             * Format: int64
             * @description Calls that started from 12:00 to 12:59
             */
            12: number;
            /**
             * Format: int64
             * @description Calls that started from 13:00 to 13:59
             */
            13: number;
            /**
             * Format: int64
             * @description Calls that started from 14:00 to 14:59
             */
            14: number;
            /**
             * Format: int64
             * @description Calls that started from 15:00 to 15:59
             */
            15: number;
            /**
             * Format: int64
             * @description Calls that started from 16:00 to 16:59
             */
            16: number;
            /**
             * Format: int64
             * @description Calls that started from 17:00 to 17:59
             */
            17: number;
            /**
             * Format: int64
             * @description Calls that started from 18:00 to 18:59
             */
            18: number;
            /**
             * Format: int64
             * @description Calls that started from 19:00 to 19:59
             */
            19: number;
            /**
             * Format: int64
             * @description Calls that started from 20:00 to 20:59
             */
            20: number;
            /**
             * Format: int64
             * @description Calls that started from 21:00 to 21:59
             */
            21: number;
            /**
             * Format: int64
             * @description Calls that started from 22:00 to 22:59
             */
            22: number;
            /**
             * Format: int64
             * @description Calls that started from 23:00 to 23:59
             */
            23: number;
        };
        ChangedCall: {
            /** @constant */
            success: true;
            call: components["schemas"]["Call"];
        };
        /** @description What each says */
        Claims: {
            /**
             * Format: int64
             * @description What ribbons say
             */
            ribbon: string | number | null;
            /**
             * Format: int64
             * @description What Exotel says
             */
            provider: string | number | null;
        };
        Client: {
            clientId: string;
            name: string;
            plan: components["schemas"]["Plan"];
            /** @enum {string} */
            status: "active" | "suspended" | "deleting";
            /** Format: int32 */
            limit: number;
            features: components["schemas"]["Feature"][];
            domains: string[];
            timezone: string;
            region: string;
            /** Format: int32 */
            retentionMonths: number | null;
            retentionPaused: boolean;
            /** Format: int32 */
            missedCallWindowHours: number;
            missedCallWindowIn: components["schemas"]["WindowUnit"];
            requireAgentSessions: boolean;
            hasExotelApi: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            deletesAt: string | null;
            apiKey: string | null;
        };
        ClientAnalytics: {
            clientId: string;
            clientName: string;
            plan: components["schemas"]["Plan"];
            /** Format: int64 */
            totalCalls: number;
            /** Format: int64 */
            totalDuration: number;
            /** Format: int64 */
            callsThisMonth: number;
            /** Format: int64 */
            limit: number;
            /** Format: int64 */
            utilizationPercent: number;
        };
        ClientChangesBody: {
            name?: string;
            domains?: string[];
            plan?: components["schemas"]["Plan"];
            /** Format: int32 */
            limit?: number;
            features?: components["schemas"]["Feature"][];
            timezone?: string;
            region?: string;
            /** Format: int32 */
            retentionMonths?: number | null;
            retentionPaused?: boolean;
            /** Format: int32 */
            missedCallWindowHours?: number;
            missedCallWindowIn?: components["schemas"]["WindowUnit"];
            requireAgentSessions?: boolean;
            exotelToken?: string;
            userId?: string;
            /** @enum {string} */
            status?: "active" | "suspended";
            exotelApi?: components["schemas"]["ExotelApiChange"];
        };
        /** @description What the ribbon may show of its client. */
        ClientInfo: {
            /** @description The client’s name. */
            name: string;
            plan: components["schemas"]["Plan"];
            /**
             * Format: int64
             * @description Calls left this month.
             */
            remainingCalls: number;
        };
        ClientList: components["schemas"]["ClientSummary"][];
        ClientSummary: {
            clientId: string;
            name: string;
            plan: components["schemas"]["Plan"];
            /** Format: int64 */
            callsThisMonth: number;
            /** Format: int64 */
            limit: number;
            /** @enum {string} */
            status: "active" | "suspended" | "deleting";
            apiKey: string;
        };
        /** @description How the list goes on. */
        CursorPagination: {
            /**
             * Format: int64
             * @description Most entries on this page.
             */
            pageSize: number;
            /** @description Where the next page starts */
            nextCursor: string | null;
        };
        /** @description A customer: */
        Customer: {
            /** @description The CRM’s own id of the customer: */
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
            /**
             * Format: date-time
             * @description UTC
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description UTC
             */
            lastUpdated: string;
        } & {
            [key: string]: components["schemas"]["JsonValue"];
        };
        /** @description A customer’s calls, with their events. */
        CustomerCalls: {
            /** @description The CRM’s own id of the customer: */
            customerId: string;
            /** @description Newest start first. */
            calls: components["schemas"]["Call"][];
            /** @description Events of those calls, oldest first: */
            events: components["schemas"]["CustomerEvent"][];
            /**
             * Format: int64
             * @description All calls there ever were, ended or not.
             */
            totalCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over all calls that have ended
             */
            totalDuration: number;
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
        };
        /** @description A customer, as lists have it. */
        CustomerEntry: {
            /** @description The CRM’s own id of the customer: */
            customerId: string;
            /** @description The saved name */
            name?: string;
            /** @description The saved number */
            phone?: string;
            /**
             * Format: date-time
             * @description When the newest call with the customer began.
             */
            lastCallAt?: string;
        };
        /** @description An event of one of the customer’s calls. */
        CustomerEvent: {
            /** @description Id of the logged event */
            logId: string;
            event: components["schemas"]["EventName"];
            /**
             * Format: date-time
             * @description UTC
             */
            timestamp: string;
        };
        /** @description A JSON merge patch (RFC 7396): */
        CustomerPatch: {
            /** @description The CRM’s own id of the customer: */
            customerId?: string;
            /** @description Name. */
            name?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description Phone number. */
            phone?: string | null;
            /** @description Company. */
            company?: string | null;
            /** @description Labels, 100 at most. */
            tags?: string[] | null;
            /** @description Anything else */
            customFields?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
        } & {
            [key: string]: components["schemas"]["JsonValue"];
        };
        /** @description A customer and its calls. */
        CustomerProfile: {
            customer: components["schemas"]["Customer"];
            /** @description The customer’s most recent calls */
            callHistory: components["schemas"]["Call"][];
            /**
             * Format: int64
             * @description All calls there ever were, ended or not.
             */
            totalCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over all calls that have ended
             */
            totalDuration: number;
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
        };
        /** @description What to save of a customer. */
        CustomerUpdate: {
            /** @description The client’s API key */
            apiKey?: string;
            customerData: components["schemas"]["CustomerPatch"];
        };
        /** @description A page of customers. */
        Customers: {
            /** @description Of a search */
            customers: components["schemas"]["CustomerEntry"][];
            pagination: components["schemas"]["CursorPagination"];
        };
        /** @description What came after the missed calls of the day */
        DailyMissedCalls: {
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered
             */
            missed: number;
            /**
             * Format: int64
             * @description Missed calls whose number was spoken with after all:
             */
            wonBack: number;
            /**
             * Format: int64
             * @description Missed calls of which that cannot be said
             */
            lost: number;
            /**
             * Format: int64
             * @description Missed calls of which that cannot be said yet.
             */
            openMissed: number;
            /** @description Won back ÷ won back and lost ones */
            wonBackRate: number | null;
            /**
             * Format: int64
             * @description The window, in hours.
             */
            windowHours: number;
            windowIn: components["schemas"]["WindowUnit"];
            /** @description Numbers with missed calls that are open */
            numbers: components["schemas"]["OpenNumber"][];
        };
        /** @description One local day of a client’s calls on one page. */
        DailyReport: {
            /** @description The client that this belongs to. */
            clientId: string;
            /** @description The client’s name. */
            clientName: string;
            /** @description The local date that the report is about. */
            date: string;
            /** @description IANA time zone in which dates */
            timezone: string;
            /** @description Whether the day is over. */
            isOver: boolean;
            figures: components["schemas"]["CallFigures"];
            dayBefore: components["schemas"]["DayComparison"];
            weekBefore: components["schemas"]["DayComparison"];
            /** @description Every hour of the local clock. */
            hours: components["schemas"]["ReportedHour"][];
            /**
             * Format: int64
             * @description The hour in which most calls started
             */
            busiestHour: number | null;
            /** @description What became of the calls */
            outcomes: components["schemas"]["Outcome"][];
            percentiles: components["schemas"]["Percentiles"];
            serviceLevel: components["schemas"]["ServiceLevel"];
            missedCalls: components["schemas"]["DailyMissedCalls"];
            /** @description The 10 agents with the most calls. */
            agents: components["schemas"]["ReportedAgent"][];
            /** @description The 10 customers with the most calls. */
            customers: components["schemas"]["ReportedCustomer"][];
            /** @description The 10 of Exotel’s numbers with the most calls. */
            virtualNumbers: components["schemas"]["ReportedNumber"][];
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
        };
        /** @description The range asked for, echoed. */
        DateRange: {
            /** @description `startDate` as asked */
            startDate: string | null;
            /** @description `endDate` as asked */
            endDate: string | null;
        };
        /** @description Another day */
        DayComparison: {
            /** @description Its local date. */
            date: string;
            figures: components["schemas"]["CallFigures"];
            changes: components["schemas"]["FigureChanges"];
        };
        /** @description When calls happen */
        DetailedAnalytics: {
            summary: components["schemas"]["Summary"];
            callsByHour: components["schemas"]["CallsByHour"];
            callsByDayOfWeek: components["schemas"]["CallsByDayOfWeek"];
            /** @description The 10 customers with the most calls in the range. */
            topCustomers: components["schemas"]["TopCustomer"][];
            /** @description The 10 agents with the most calls in the range */
            topAgents: components["schemas"]["TopAgent"][];
            durationBuckets: components["schemas"]["DurationBuckets"];
            /** @description Ended calls by talk time */
            talkTimeBuckets: components["schemas"]["TalkTimeBucket"][];
            /** @description Calls that started in the range */
            recentActivity: components["schemas"]["Call"][];
            /** @description The 10 agents with the most calls. */
            agents?: components["schemas"]["ReportedAgent"][];
            /** @description The 10 of Exotel’s numbers with the most calls. */
            virtualNumbers?: components["schemas"]["ReportedNumber"][];
            /** @description What became of the calls */
            outcomes?: components["schemas"]["Outcome"][];
            /** @description How many calls started in each hour of each local weekday */
            heatMap?: number[][];
            percentiles?: components["schemas"]["Percentiles"];
            serviceLevel?: components["schemas"]["ServiceLevel"];
            change?: components["schemas"]["PeriodChange"];
            openMissed?: components["schemas"]["MissedFollowUp"];
            /** @description IANA time zone in which dates */
            timezone: string;
            dateRange: components["schemas"]["DateRange"];
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
        };
        /**
         * @description How long a call lasted
         * @enum {string}
         */
        DurationBucket: "0-30s" | "30s-1m" | "1m-3m" | "3m-5m" | "5m+";
        /** @description How many calls ended with a `duration` in each bucket */
        DurationBuckets: {
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 0-30s.
             */
            "0-30s": number;
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 30s-1m.
             */
            "30s-1m": number;
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 1m-3m.
             */
            "1m-3m": number;
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 3m-5m.
             */
            "3m-5m": number;
            /**
             * Format: int64
             * @description Ended calls whose `duration` lies in 5m+.
             */
            "5m+": number;
        };
        Erasure: {
            subject: string;
            /** Format: int64 */
            calls: number;
            /** Format: int64 */
            events: number;
            /** Format: int64 */
            customers: number;
            logsClean: boolean;
        };
        ErasureBody: {
            phoneNumber?: string;
            customerId?: string;
            reason?: string;
        };
        /** @description Up to 1000 events in at most 4194304 bytes. */
        EventBatch: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description Events as `log-call` takes them */
            events: components["schemas"]["CallEvent"][];
        };
        /** @description What happened on the call. */
        EventName: string;
        /** @description What became of one event. */
        EventOutcome: {
            status: components["schemas"]["EventOutcomeStatus"];
            /** @description Id of the logged event */
            logId?: string;
            /** @description What was most likely meant to be understood */
            warnings?: components["schemas"]["Warning"][];
            problem?: components["schemas"]["EventProblem"];
        };
        /**
         * @description `created`:
         * @enum {string}
         */
        EventOutcomeStatus: "created" | "duplicate" | "invalid";
        /** @description Why an event was not taken: */
        EventProblem: {
            /**
             * Format: uri-reference
             * @description Kind of problem:
             */
            type: string;
            /** @description Kind of problem, in words. */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description What is wrong with this request. */
            detail: string;
            code: components["schemas"]["ProblemCode"];
            /** @description Every fault of a request that does not fit the contract */
            errors?: components["schemas"]["ProblemError"][];
        };
        /**
         * @description Who reported it:
         * @enum {string}
         */
        EventSource: "ribbon" | "provider" | "operator";
        ExotelApiBody: {
            accountSid: string;
            apiKey: string;
            apiToken: string;
            /** @default api.exotel.com */
            subdomain?: string;
            callerId?: string;
        };
        ExotelApiChange: {
            accountSid: string;
            apiKey: string;
            apiToken: string;
            /** @default api.exotel.com */
            subdomain?: string;
            callerId?: string;
        } | null;
        /**
         * @description A column of CSV.
         * @enum {string}
         */
        ExportColumn: "sessionId" | "customerName" | "phoneNumber" | "direction" | "startTime" | "endTime" | "duration" | "customerId" | "status" | "answeredAt" | "ringSeconds" | "agentUserId" | "localDate" | "localHour" | "virtualNumber" | "endReason" | "confirmed" | "notes" | "tags" | "disposition" | "domain" | "logIds";
        /** @description Whose calls these are. */
        ExportedClient: {
            /** @description The client that this belongs to. */
            clientId: string;
            /** @description The client’s name. */
            name: string;
        };
        /** @description A fact of a call, and whose claim it is. */
        Fact: {
            /**
             * Format: int64
             * @description As the call has it
             */
            value: string | number | null;
            source?: components["schemas"]["EventSource"];
            /**
             * @description How it is known
             * @enum {string}
             */
            basis?: "said" | "implied" | "assumed" | "reported" | "measured" | "mentioned" | "answer" | "end" | "nothing";
            claims?: components["schemas"]["Claims"];
        };
        /** @description Where each fact of the call comes from. */
        Facts: {
            startTime?: components["schemas"]["Fact"];
            answeredAt?: components["schemas"]["Fact"];
            endTime?: components["schemas"]["Fact"];
            duration?: components["schemas"]["Fact"];
            ringSeconds?: components["schemas"]["Fact"];
            waitSeconds?: components["schemas"]["Fact"];
            callDirection?: components["schemas"]["Fact"];
            status?: components["schemas"]["Fact"];
            phoneNumber?: components["schemas"]["Fact"];
            agentUserId?: components["schemas"]["Fact"];
        };
        /**
         * @description Something the ribbon may offer the agent.
         * @enum {string}
         */
        Feature: "call" | "mute" | "hold" | "dtmf" | "transfer";
        /** @description What became of a figure. */
        FigureChange: {
            /** @description The value less the one before */
            difference: number | null;
            /** @description The difference as a share of the value before */
            change: number | null;
        };
        /** @description What became of each figure since the time that it is compared with. */
        FigureChanges: {
            calls: components["schemas"]["FigureChange"];
            inbound: components["schemas"]["FigureChange"];
            outbound: components["schemas"]["FigureChange"];
            answered: components["schemas"]["FigureChange"];
            missed: components["schemas"]["FigureChange"];
            answerRate: components["schemas"]["FigureChange"];
            talkSeconds: components["schemas"]["FigureChange"];
            avgTalkSeconds: components["schemas"]["FigureChange"];
            serviceLevel: components["schemas"]["FigureChange"];
        };
        /**
         * @description Something that calls are grouped by:
         * @enum {string}
         */
        Grouping: "hour" | "date" | "week" | "month" | "quarter" | "hourOfDay" | "dayOfWeek" | "direction" | "status" | "durationBucket" | "businessHours" | "customer" | "agent" | "phoneNumber" | "virtualNumber" | "endReason" | "domain";
        HeldCall: {
            call: components["schemas"]["Call"];
            recordingUrl: string | null;
            events: components["schemas"]["ReportedEvent"][];
        };
        HeldCustomer: {
            customerId: string;
            profile: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        HeldDelivery: {
            url: string;
            messageId: string;
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            status: number | null;
        };
        /** @description The page that starts a ribbon. */
        InitRequest: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description The CRM’s own id of the agent: */
            agentUserId?: string;
            /** @description Host name of the page that embeds the ribbon: */
            domain: string;
        };
        /** @description A range as instants. */
        InstantRange: {
            /**
             * Format: date-time
             * @description Where it begins
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Where it ends
             */
            to: string | null;
        };
        /** @description Any JSON value. */
        JsonValue: (string | number | boolean | Record<string, never> | null) | unknown;
        /** @enum {string} */
        KeyKind: "publishable" | "secret" | "full" | "callback";
        KeyRotation: {
            /**
             * Format: int32
             * @default 24
             */
            overlapHours?: number;
            /**
             * Format: int32
             * @default null
             */
            days?: number | null;
        };
        /** @enum {string} */
        KeyScope: "read" | "write" | "export" | "manage";
        /** @description Who spoke with the number last: */
        LastAgent: {
            /** @description The agent. */
            agentUserId: string;
            /** @description The saved name. */
            name?: string;
        };
        Liveness: {
            /** @enum {string} */
            status: "alive";
        };
        /** @description The event is on disk. */
        LoggedEvent: {
            /**
             * @description Always true.
             * @constant
             */
            success: true;
            /** @description Id of the logged event */
            logId: string;
            /** @description What the event says that was most likely meant to be understood */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description What became of the events of a batch. */
        LoggedEvents: {
            /** @description Whether no event is invalid: */
            success: boolean;
            /**
             * Format: int64
             * @description Events that were new.
             */
            created: number;
            /**
             * Format: int64
             * @description Events that were there before.
             */
            duplicates: number;
            /**
             * Format: int64
             * @description Events that were not taken.
             */
            invalid: number;
            /** @description One for each event */
            outcomes: components["schemas"]["EventOutcome"][];
        };
        /** @description All calls together: */
        Measured: {
            values: components["schemas"]["MetricValues"];
            previous?: components["schemas"]["MetricValues"];
            difference?: components["schemas"]["MetricDifferences"];
            change?: components["schemas"]["MetricChanges"];
        };
        /**
         * @description Something that is measured of calls:
         * @enum {string}
         */
        Metric: "calls" | "inbound" | "outbound" | "answered" | "missed" | "unanswered" | "rejected" | "answerRate" | "talkSeconds" | "avgTalkSeconds" | "ringSeconds" | "avgRingSeconds" | "serviceLevel" | "p50Talk" | "p75Talk" | "p90Talk" | "p95Talk" | "p99Talk" | "p50Ring" | "p75Ring" | "p90Ring" | "p95Ring" | "p99Ring" | "uniqueCustomers" | "uniqueNumbers" | "peakConcurrent" | "missedCallers" | "wonBack" | "lost" | "openMissed" | "wonBackRate" | "medianSecondsToCallBack" | "repeatCallers" | "firstContactResolution";
        MetricChanges: {
            calls?: number | null;
            inbound?: number | null;
            outbound?: number | null;
            answered?: number | null;
            missed?: number | null;
            unanswered?: number | null;
            rejected?: number | null;
            answerRate?: number | null;
            talkSeconds?: number | null;
            avgTalkSeconds?: number | null;
            ringSeconds?: number | null;
            avgRingSeconds?: number | null;
            serviceLevel?: number | null;
            p50Talk?: number | null;
            p75Talk?: number | null;
            p90Talk?: number | null;
            p95Talk?: number | null;
            p99Talk?: number | null;
            p50Ring?: number | null;
            p75Ring?: number | null;
            p90Ring?: number | null;
            p95Ring?: number | null;
            p99Ring?: number | null;
            uniqueCustomers?: number | null;
            uniqueNumbers?: number | null;
            peakConcurrent?: number | null;
            missedCallers?: number | null;
            wonBack?: number | null;
            lost?: number | null;
            openMissed?: number | null;
            wonBackRate?: number | null;
            medianSecondsToCallBack?: number | null;
            repeatCallers?: number | null;
            firstContactResolution?: number | null;
        };
        MetricDifferences: {
            /** Format: int64 */
            calls?: number | null;
            /** Format: int64 */
            inbound?: number | null;
            /** Format: int64 */
            outbound?: number | null;
            /** Format: int64 */
            answered?: number | null;
            /** Format: int64 */
            missed?: number | null;
            /** Format: int64 */
            unanswered?: number | null;
            /** Format: int64 */
            rejected?: number | null;
            answerRate?: number | null;
            /** Format: int64 */
            talkSeconds?: number | null;
            avgTalkSeconds?: number | null;
            /** Format: int64 */
            ringSeconds?: number | null;
            avgRingSeconds?: number | null;
            serviceLevel?: number | null;
            /** Format: int64 */
            p50Talk?: number | null;
            /** Format: int64 */
            p75Talk?: number | null;
            /** Format: int64 */
            p90Talk?: number | null;
            /** Format: int64 */
            p95Talk?: number | null;
            /** Format: int64 */
            p99Talk?: number | null;
            /** Format: int64 */
            p50Ring?: number | null;
            /** Format: int64 */
            p75Ring?: number | null;
            /** Format: int64 */
            p90Ring?: number | null;
            /** Format: int64 */
            p95Ring?: number | null;
            /** Format: int64 */
            p99Ring?: number | null;
            /** Format: int64 */
            uniqueCustomers?: number | null;
            /** Format: int64 */
            uniqueNumbers?: number | null;
            /** Format: int64 */
            peakConcurrent?: number | null;
            /** Format: int64 */
            missedCallers?: number | null;
            /** Format: int64 */
            wonBack?: number | null;
            /** Format: int64 */
            lost?: number | null;
            /** Format: int64 */
            openMissed?: number | null;
            wonBackRate?: number | null;
            /** Format: int64 */
            medianSecondsToCallBack?: number | null;
            /** Format: int64 */
            repeatCallers?: number | null;
            firstContactResolution?: number | null;
        };
        /** @description What was measured. */
        MetricValues: {
            /**
             * Format: int64
             * @description Calls that started in the range
             */
            calls?: number;
            /**
             * Format: int64
             * @description Inbound calls that started in the range.
             */
            inbound?: number;
            /**
             * Format: int64
             * @description Outbound calls that started in the range.
             */
            outbound?: number;
            /**
             * Format: int64
             * @description Calls that were answered and have ended.
             */
            answered?: number;
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered
             */
            missed?: number;
            /**
             * Format: int64
             * @description Calls in either direction that ended and that nobody answered.
             */
            unanswered?: number;
            /**
             * Format: int64
             * @description Calls in either direction that ended because somebody turned them down.
             */
            rejected?: number;
            /** @description Answered ÷ ended calls */
            answerRate?: number | null;
            /**
             * Format: int64
             * @description What answered calls lasted
             */
            talkSeconds?: number;
            /** @description Talk time per answered call */
            avgTalkSeconds?: number | null;
            /**
             * Format: int64
             * @description Seconds that ended calls rang:
             */
            ringSeconds?: number;
            /** @description Ring time per ended call of which it is known */
            avgRingSeconds?: number | null;
            /** @description Inbound calls that were answered within `serviceLevelSeconds` ÷ inbound calls that were offered */
            serviceLevel?: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 50 of 100 of them do not exceed (nearest rank)
             */
            p50Talk?: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 75 of 100 of them do not exceed (nearest rank)
             */
            p75Talk?: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 90 of 100 of them do not exceed (nearest rank)
             */
            p90Talk?: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 95 of 100 of them do not exceed (nearest rank)
             */
            p95Talk?: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 99 of 100 of them do not exceed (nearest rank)
             */
            p99Talk?: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 50 of 100 of them do not exceed (nearest rank)
             */
            p50Ring?: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 75 of 100 of them do not exceed (nearest rank)
             */
            p75Ring?: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 90 of 100 of them do not exceed (nearest rank)
             */
            p90Ring?: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 95 of 100 of them do not exceed (nearest rank)
             */
            p95Ring?: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 99 of 100 of them do not exceed (nearest rank)
             */
            p99Ring?: number | null;
            /**
             * Format: int64
             * @description Customers who had at least one of the calls.
             */
            uniqueCustomers?: number;
            /**
             * Format: int64
             * @description Numbers that had at least one of the calls.
             */
            uniqueNumbers?: number;
            /**
             * Format: int64
             * @description The most of the calls that went on at one moment of the range
             */
            peakConcurrent?: number | null;
            /**
             * Format: int64
             * @description Numbers of which at least one call was missed.
             */
            missedCallers?: number;
            /**
             * Format: int64
             * @description Missed calls whose number was spoken with after all:
             */
            wonBack?: number;
            /**
             * Format: int64
             * @description Missed calls of which that cannot be said
             */
            lost?: number;
            /**
             * Format: int64
             * @description Missed calls of which that cannot be said yet.
             */
            openMissed?: number;
            /** @description Won back ÷ won back and lost ones */
            wonBackRate?: number | null;
            /**
             * Format: int64
             * @description Seconds from the end of a missed call that was won back to the start of the call that was answered
             */
            medianSecondsToCallBack?: number | null;
            /**
             * Format: int64
             * @description Numbers that called again within the window after the end of an inbound call of theirs.
             */
            repeatCallers?: number;
            /** @description Inbound calls that were answered and whose number did not call again within the window ÷ those of which that is known */
            firstContactResolution?: number | null;
        };
        /** @description A number whose calls were missed. */
        MissedCaller: {
            /** @description The number */
            phoneNumber: string;
            /** @description The number as E.164, where it is one. */
            phoneE164?: string;
            customer?: components["schemas"]["MissedCustomer"];
            /**
             * Format: int64
             * @description Missed calls of the number that the range and the filters leave.
             */
            misses: number;
            /**
             * Format: date-time
             * @description When the first of them began.
             */
            firstMissedAt: string;
            /**
             * Format: date-time
             * @description When the last of them began.
             */
            lastMissedAt: string;
            /** @description The last of them. */
            sessionId: string;
            /**
             * Format: int64
             * @description How long the last of them rang.
             */
            waitedSeconds?: number;
            /** @description Exotel’s number that the last of them called. */
            virtualNumber?: string;
            state: components["schemas"]["MissedState"];
            /**
             * Format: date-time
             * @description When the call that won the last of them back began.
             */
            wonBackAt?: string;
            /** @description That call’s `sessionId`. */
            wonBackBy?: string;
            lastAgent?: components["schemas"]["LastAgent"];
        };
        /** @description A page of numbers whose calls were missed. */
        MissedCalls: {
            /** @description One entry a number */
            missedCalls: components["schemas"]["MissedCaller"][];
            /**
             * Format: int64
             * @description The client’s `missedCallWindowHours`
             */
            windowHours: number;
            windowIn: components["schemas"]["WindowUnit"];
            pagination: components["schemas"]["CursorPagination"];
            /**
             * Format: date-time
             * @description Calls that started and events that occurred before this instant (UTC) are no longer kept
             */
            retainedFrom?: string;
        };
        /** @description The customer saved last with this number */
        MissedCustomer: {
            /** @description The CRM’s own id of the customer: */
            customerId: string;
            /** @description The saved name */
            name?: string;
        };
        /** @description What came after missed calls */
        MissedFollowUp: {
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered
             */
            missed: number;
            /**
             * Format: int64
             * @description Missed calls whose number was spoken with after all:
             */
            wonBack: number;
            /**
             * Format: int64
             * @description Missed calls of which that cannot be said
             */
            lost: number;
            /**
             * Format: int64
             * @description Missed calls of which that cannot be said yet.
             */
            openMissed: number;
            /** @description Won back ÷ won back and lost ones */
            wonBackRate: number | null;
            /**
             * Format: int64
             * @description The window, in hours.
             */
            windowHours: number;
            windowIn: components["schemas"]["WindowUnit"];
        };
        /**
         * @description What became of a missed call.
         * @enum {string}
         */
        MissedState: "open" | "wonBack" | "lost";
        /** @description An agent, and where their page is. */
        NewAgentSession: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description The agent: */
            agentUserId: string;
            /** @description Host name of the page */
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
             * Format: int32
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
            /**
             * Format: int32
             * @default null
             */
            days?: number | null;
            maskNumbers?: boolean;
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
            /**
             * Format: int32
             * @default 5000
             */
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
            /**
             * Format: int32
             * @default null
             */
            retentionMonths?: number | null;
            /**
             * Format: int32
             * @default 24
             */
            missedCallWindowHours?: number;
            /**
             * @default clock
             * @enum {string}
             */
            missedCallWindowIn?: "clock" | "businessHours";
            /** @default false */
            requireAgentSessions?: boolean;
            exotelToken: string;
            userId: string;
            exotelApi?: components["schemas"]["ExotelApiBody"];
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
        /** @description Nothing but the key */
        NewStreamToken: {
            /** @description The client’s API key */
            apiKey?: string;
        };
        /** @description An endpoint to send messages to. */
        NewWebhookBody: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description Where messages are sent, by POST: */
            url: string;
            /**
             * @description What it is sent.
             * @default [
             *       "call.started",
             *       "call.answered",
             *       "call.updated",
             *       "call.ended",
             *       "call.missed",
             *       "quota.warning",
             *       "quota.reached"
             *     ]
             */
            eventTypes?: components["schemas"]["WebhookEventType"][];
        };
        /** @description A number whose missed calls are open. */
        OpenNumber: {
            /** @description The number */
            phoneNumber: string;
            /**
             * Format: int64
             * @description Missed calls of which that cannot be said yet.
             */
            openMissed: number;
        };
        /** @description A time of a day. */
        OpenTime: {
            /** @description When it begins, on the client’s clock. */
            from: string;
            /** @description When it is over: */
            to: string;
        };
        /** @description The groups beyond `limit` together. */
        OtherGroups: {
            /**
             * Format: int64
             * @description How many groups these are:
             */
            groups: number;
            values: components["schemas"]["MetricValues"];
            previous?: components["schemas"]["MetricValues"];
            difference?: components["schemas"]["MetricDifferences"];
            change?: components["schemas"]["MetricChanges"];
        };
        /** @description What became of some calls. */
        Outcome: {
            status: components["schemas"]["CallStatus"];
            /**
             * Format: int64
             * @description Calls that have this status when the answer is given.
             */
            calls: number;
            /** @description Their share of all calls */
            share: number;
        };
        /**
         * @description An operation that a page may call.
         * @enum {string}
         */
        PagePermission: "init" | "config" | "log-call";
        /** @description Where this page stands among all. */
        Pagination: {
            /**
             * Format: int64
             * @description The page asked for
             */
            page?: number;
            /**
             * Format: int64
             * @description Most events on this page.
             */
            pageSize: number;
            /**
             * Format: int64
             * @description Events that match, on all pages:
             */
            total: number;
            /**
             * Format: int64
             * @description Pages in all.
             */
            totalPages: number;
            /** @description Where the next events start */
            nextCursor: string | null;
        };
        /** @description How long calls lasted and rang: */
        Percentiles: {
            talk: components["schemas"]["TalkPercentiles"];
            ring: components["schemas"]["RingPercentiles"];
        };
        /** @description The figures of the range */
        PeriodChange: {
            /**
             * Format: date-time
             * @description When the range of comparison begins.
             */
            from: string;
            /**
             * Format: date-time
             * @description When it ends
             */
            to: string;
            figures: components["schemas"]["CallFigures"];
            previous: components["schemas"]["CallFigures"];
            changes: components["schemas"]["FigureChanges"];
        };
        Person: {
            customers: components["schemas"]["HeldCustomer"][];
            events: components["schemas"]["ReportedEvent"][];
            calls: components["schemas"]["HeldCall"][];
            deliveries: components["schemas"]["HeldDelivery"][];
        };
        PersonBody: {
            phoneNumber?: string;
            customerId?: string;
        };
        /** @description A call that Exotel is making. */
        PlacedCall: {
            /** @description Exotel’s id of the call. */
            callSid: string;
            /** @description The same call’s id in this API: */
            sessionId: string;
            /** @description What Exotel said of the call as it was made: */
            status: string;
        };
        /**
         * @description The client’s plan.
         * @enum {string}
         */
        Plan: "trial" | "professional" | "enterprise";
        /** @description An error, per RFC 9457. */
        Problem: {
            /**
             * Format: uri-reference
             * @description Kind of problem:
             */
            type: string;
            /** @description Kind of problem, in words. */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description What is wrong with this request. */
            detail: string;
            /**
             * Format: uri-reference
             * @description Path of the request, without its query.
             */
            instance: string;
            code: components["schemas"]["ProblemCode"];
            /** @description Id of the request */
            requestId: string;
            /** @description Every fault of a request that does not fit the contract */
            errors?: components["schemas"]["ProblemError"][];
        };
        /**
         * @description Kind of problem, for programs.
         * @enum {string}
         */
        ProblemCode: "invalid_request" | "invalid_json" | "missing_api_key" | "invalid_api_key" | "invalid_admin_token" | "admin_disabled" | "key_not_allowed" | "session_required" | "agent_inactive" | "domain_not_allowed" | "address_not_allowed" | "origin_not_allowed" | "not_found" | "call_not_found" | "call_unnamed" | "customer_not_found" | "agent_not_found" | "client_not_found" | "key_not_found" | "method_not_allowed" | "request_timeout" | "client_exists" | "exotel_user_taken" | "too_many_keys" | "webhook_not_found" | "too_many_webhooks" | "too_many_messages" | "payload_too_large" | "unsupported_media_type" | "question_too_large" | "idempotency_conflict" | "quota_exceeded" | "too_many_exports" | "rate_limited" | "headers_too_large" | "internal" | "overloaded" | "unavailable" | "outcome_open" | "exotel_not_set_up" | "exotel_refused" | "call_in_progress" | "call_rejected" | "exotel_limited" | "exotel_unavailable" | "call_outcome_unknown" | "reconciliation_running" | "reconciliation_not_found" | "recording_not_found" | "range_not_satisfiable" | "too_many_listeners" | "too_many_streams" | "recording_unavailable";
        /** @description A fault of a request that does not fit the contract. */
        ProblemError: {
            /** @description JSON pointer (RFC 6901) to the fault. */
            pointer: string;
            /**
             * @description The part of the request that the pointer is about.
             * @enum {string}
             */
            in?: "body" | "query" | "path" | "headers";
            /** @description What is wrong there */
            message: string;
        };
        QuotaData: {
            month: string;
            timezone: string;
            /** Format: int64 */
            percent: number;
            /** Format: int64 */
            callsThisMonth: number;
            /** Format: int64 */
            limit: number;
        };
        QuotaMessage: {
            /** @enum {string} */
            type: "quota.warning" | "quota.reached";
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["QuotaData"];
        };
        Readiness: {
            /** @enum {string} */
            status: "ready";
            /** @enum {string} */
            storage: "ok" | "behind";
        };
        ReconciledCall: {
            sessionId: string;
            callSid: string;
            /** @enum {string} */
            kind: "missing" | "changed" | "unknown";
            changes: components["schemas"]["ReconciledChange"][];
        };
        ReconciledChange: {
            /** @enum {string} */
            member: "status" | "answered" | "confirmed" | "durationSeconds" | "direction" | "phoneNumber" | "virtualNumber" | "recordingUrl";
            before: string | null;
            after: string | null;
        };
        Reconciliation: {
            runId: string;
            /** @enum {string} */
            state: "running" | "finished" | "failed" | "stopped";
            startedBy: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            finishedAt: string | null;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** Format: date-time */
            doneTo: string;
            /** Format: int64 */
            calls: number;
            /** Format: int64 */
            missing: number;
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            unknown: number;
            /** Format: int64 */
            pending: number;
            /** Format: int64 */
            unusable: number;
            differences: components["schemas"]["ReconciledCall"][];
            error: string | null;
        };
        ReconciliationBody: {
            from?: string;
            to?: string;
        };
        /**
         * @description A part that the report has only when it is asked for
         * @enum {string}
         */
        ReportSection: "agents" | "virtualNumbers" | "outcomes" | "heatMap" | "percentiles" | "serviceLevel" | "change" | "openMissed";
        /** @description Figures of the calls of an agent. */
        ReportedAgent: {
            /** @description The CRM’s own id of the agent: */
            agentUserId: string;
            /** @description The agent’s name */
            agentName: string | null;
            /**
             * Format: int64
             * @description Calls that started in the range
             */
            calls: number;
            /**
             * Format: int64
             * @description Inbound calls that started in the range.
             */
            inbound: number;
            /**
             * Format: int64
             * @description Outbound calls that started in the range.
             */
            outbound: number;
            /**
             * Format: int64
             * @description Calls that were answered and have ended.
             */
            answered: number;
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered
             */
            missed: number;
            /** @description Answered ÷ ended calls */
            answerRate: number | null;
            /**
             * Format: int64
             * @description What answered calls lasted
             */
            talkSeconds: number;
            /** @description Talk time per answered call */
            avgTalkSeconds: number | null;
            /** @description Inbound calls that were answered within `serviceLevelSeconds` ÷ inbound calls that were offered */
            serviceLevel: number | null;
        };
        /** @description Figures of the calls with a customer. */
        ReportedCustomer: {
            /** @description The CRM’s own id of the customer: */
            customerId: string;
            /** @description The customer’s name */
            customerName: string | null;
            /**
             * Format: int64
             * @description Calls that started in the range
             */
            calls: number;
            /**
             * Format: int64
             * @description Inbound calls that started in the range.
             */
            inbound: number;
            /**
             * Format: int64
             * @description Outbound calls that started in the range.
             */
            outbound: number;
            /**
             * Format: int64
             * @description Calls that were answered and have ended.
             */
            answered: number;
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered
             */
            missed: number;
            /** @description Answered ÷ ended calls */
            answerRate: number | null;
            /**
             * Format: int64
             * @description What answered calls lasted
             */
            talkSeconds: number;
            /** @description Talk time per answered call */
            avgTalkSeconds: number | null;
            /** @description Inbound calls that were answered within `serviceLevelSeconds` ÷ inbound calls that were offered */
            serviceLevel: number | null;
        };
        /** @description An event of a call, and who reported it. */
        ReportedEvent: {
            /** @description Id of the logged event */
            logId: string;
            event: components["schemas"]["EventName"];
            /**
             * Format: date-time
             * @description UTC
             */
            timestamp: string;
            /**
             * Format: date-time
             * @description When this server received it.
             */
            receivedAt: string;
            source: components["schemas"]["EventSource"];
            /** @description As it was sent. */
            data: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** @description The agent whose ribbon reported it. */
            agentUserId?: string;
        };
        /** @description Calls of one hour. */
        ReportedHour: {
            /**
             * Format: int64
             * @description Hour of the local clock, 0 to 23.
             */
            hour: number;
            /**
             * Format: int64
             * @description Calls that started in it.
             */
            calls: number;
            /**
             * Format: int64
             * @description Inbound ones of them.
             */
            inbound: number;
            /**
             * Format: int64
             * @description Outbound ones of them.
             */
            outbound: number;
        };
        /** @description Figures of the calls over one of Exotel’s numbers. */
        ReportedNumber: {
            /** @description Exotel’s number */
            virtualNumber: string;
            /**
             * Format: int64
             * @description Calls that started in the range
             */
            calls: number;
            /**
             * Format: int64
             * @description Inbound calls that started in the range.
             */
            inbound: number;
            /**
             * Format: int64
             * @description Outbound calls that started in the range.
             */
            outbound: number;
            /**
             * Format: int64
             * @description Calls that were answered and have ended.
             */
            answered: number;
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered
             */
            missed: number;
            /** @description Answered ÷ ended calls */
            answerRate: number | null;
            /**
             * Format: int64
             * @description What answered calls lasted
             */
            talkSeconds: number;
            /** @description Talk time per answered call */
            avgTalkSeconds: number | null;
            /** @description Inbound calls that were answered within `serviceLevelSeconds` ÷ inbound calls that were offered */
            serviceLevel: number | null;
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
            /** @description Exotel user that the ribbon signs in as: */
            userId: string;
            /** @description What the ribbon may offer. */
            features: components["schemas"]["Feature"][];
            clientInfo: components["schemas"]["ClientInfo"];
        };
        /** @description Percentiles of how long calls rang */
        RingPercentiles: {
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 50 of 100 of them do not exceed (nearest rank)
             */
            p50: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 75 of 100 of them do not exceed (nearest rank)
             */
            p75: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 90 of 100 of them do not exceed (nearest rank)
             */
            p90: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 95 of 100 of them do not exceed (nearest rank)
             */
            p95: number | null;
            /**
             * Format: int64
             * @description Seconds of ringing of ended calls that 99 of 100 of them do not exceed (nearest rank)
             */
            p99: number | null;
        };
        /** @description The customer is saved, on disk. */
        SavedCustomer: {
            /**
             * @description Always true.
             * @constant
             */
            success: true;
            /** @description The CRM’s own id of the customer: */
            customerId: string;
            /**
             * @description For people.
             * @enum {string}
             */
            message: "Customer information saved";
        };
        /** @description When the client is at work */
        Schedule: {
            /** @description The week. */
            weekly: components["schemas"]["WeeklyTime"][];
            /** @description Holidays */
            dates?: components["schemas"]["ScheduleDate"][];
        } | null;
        /** @description A holiday */
        ScheduleDate: {
            /** @description The local date. */
            date: string;
            /** @description What it is, for people. */
            name?: string;
            /** @description Its times */
            hours: components["schemas"]["OpenTime"][];
        };
        ServerHealth: {
            /** @enum {string} */
            status: "healthy";
            version: string;
            /** Format: int64 */
            uptime: number;
        };
        /** @description The share of inbound calls that were answered in time. */
        ServiceLevel: {
            /** @description Inbound calls that were answered within `serviceLevelSeconds` ÷ inbound calls that were offered */
            serviceLevel: number | null;
            /**
             * Format: int64
             * @description Within how many seconds a call is answered in time.
             */
            serviceLevelSeconds: number;
            /**
             * Format: int64
             * @description Calls that were given up within so many seconds do not count as offered.
             */
            abandonSeconds: number;
        };
        /** @description A stretch of a call. */
        Span: {
            /**
             * Format: date-time
             * @description UTC
             */
            startTime: string;
            /**
             * Format: date-time
             * @description When it was over.
             */
            endTime?: string;
            /**
             * Format: int64
             * @description How long it took, in whole seconds.
             */
            seconds?: number;
        };
        /** @description Of the event `snapshot`: */
        StreamSnapshot: {
            /**
             * Format: int64
             * @description Place in the client’s recorded sequence of events
             */
            sequence: number;
            /** @description IANA time zone in which dates */
            timezone: string;
            /** @description The calls in progress, newest first. */
            activeCalls: components["schemas"]["Call"][];
            /**
             * Format: int32
             * @description How many calls are in progress
             */
            totalActive: number;
            /**
             * @description There only when a list here ends early
             * @constant
             */
            truncated?: true;
        };
        /** @description A stream token. */
        StreamToken: {
            /** @description What stands in the stream’s address */
            token: string;
            /**
             * Format: date-time
             * @description Until when it opens streams.
             */
            expiresAt: string;
        };
        /** @description Totals over the calls that started in the range. */
        Summary: {
            /**
             * Format: int64
             * @description Calls that started in the range:
             */
            totalCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over `endedCalls`
             */
            totalDuration: number;
            /**
             * Format: int64
             * @description `totalDuration` over `endedCalls`
             */
            avgDuration: number;
            /**
             * Format: int64
             * @description Calls from customers, ended or not.
             */
            inboundCalls: number;
            /**
             * Format: int64
             * @description Calls to customers, ended or not.
             */
            outboundCalls: number;
            /**
             * Format: int64
             * @description Inbound calls that ended and that nobody answered
             */
            missedCalls: number;
            /**
             * Format: int64
             * @description Calls that were answered and have ended.
             */
            answeredCalls: number;
            /** @description `answeredCalls` over `endedCalls` */
            answerRate: number;
            /**
             * Format: int64
             * @description Calls that have ended:
             */
            endedCalls: number;
            /**
             * Format: int64
             * @description Calls that ended and that nobody answered
             */
            unansweredCalls: number;
            /**
             * Format: int64
             * @description Those of `unansweredCalls` whose status is `rejected`:
             */
            rejectedCalls: number;
            /**
             * Format: int64
             * @description Those of `rejectedCalls` that are inbound.
             */
            rejectedInboundCalls: number;
            /**
             * Format: int64
             * @description Those of `endedCalls` whose outcome and talk time Exotel itself told.
             */
            confirmedCalls: number;
            /**
             * Format: int64
             * @description Calls without an end:
             */
            openCalls: number;
            /**
             * Format: int64
             * @description Those of `openCalls` that were answered.
             */
            openAnsweredCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over `answeredCalls`
             */
            totalTalkTime: number;
            /**
             * Format: int64
             * @description `totalTalkTime` over `answeredCalls`
             */
            avgTalkTime: number;
        };
        /** @description Percentiles of how long calls lasted */
        TalkPercentiles: {
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 50 of 100 of them do not exceed (nearest rank)
             */
            p50: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 75 of 100 of them do not exceed (nearest rank)
             */
            p75: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 90 of 100 of them do not exceed (nearest rank)
             */
            p90: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 95 of 100 of them do not exceed (nearest rank)
             */
            p95: number | null;
            /**
             * Format: int64
             * @description Seconds of talk of answered calls that 99 of 100 of them do not exceed (nearest rank)
             */
            p99: number | null;
        };
        /** @description How many ended calls had a talk time within some bounds */
        TalkTimeBucket: {
            /**
             * @description `unanswered`
             * @enum {string}
             */
            name: "unanswered" | "0-30s" | "30s-1m" | "1m-3m" | "3m-5m" | "5m+";
            /**
             * Format: int64
             * @description The shortest talk time of the bucket
             */
            fromSeconds: number | null;
            /**
             * Format: int64
             * @description The talk time that is too long for the bucket
             */
            toSeconds: number | null;
            /**
             * Format: int64
             * @description Calls that ended:
             */
            calls: number;
        };
        /** @description Of the event `today`: */
        Today: {
            /**
             * Format: date
             * @description Today, in the client’s zone.
             */
            date: string;
            /** @description IANA time zone in which dates */
            timezone: string;
            summary: components["schemas"]["Summary"];
            /**
             * Format: int32
             * @description Calls in progress
             */
            activeCalls: number;
            usage: components["schemas"]["Usage"];
        };
        /** @description An agent among those with the most calls. */
        TopAgent: {
            /** @description The CRM’s own id of the agent: */
            agentUserId: string;
            /** @description The agent’s name */
            agentName: string | null;
            /**
             * Format: int64
             * @description Calls of the agent that started in the range
             */
            callCount: number;
            /**
             * Format: int64
             * @description Those of them that were answered and have ended.
             */
            answeredCalls: number;
            /**
             * Format: int64
             * @description The sum of `duration` over those of them that have ended
             */
            totalDuration: number;
        };
        /** @description A customer among those with the most calls. */
        TopCustomer: {
            /** @description The CRM’s own id of the customer: */
            customerId: string;
            /** @description The customer’s name */
            customerName: string | null;
            /** @description The customer’s number */
            phoneNumber: string | null;
            /**
             * Format: int64
             * @description Calls with the customer that started in the range
             */
            callCount: number;
            /**
             * Format: int64
             * @description The sum of `duration` over those of them that have ended
             */
            totalDuration: number;
        };
        /** @description Use of the plan in the current month. */
        Usage: {
            /**
             * Format: int64
             * @description Calls that started in the current calendar month of the client’s time zone
             */
            callsThisMonth: number;
            /**
             * Format: int64
             * @description Calls a month that the plan allows.
             */
            limit: number;
            /**
             * Format: int64
             * @description `limit` less `callsThisMonth`
             */
            remaining: number;
        };
        /** @description Something in an event that was kept */
        Warning: {
            /** @description JSON pointer (RFC 6901) to it in the body. */
            pointer: string;
            /** @description Why it was not understood */
            message: string;
        };
        /** @description Where messages are sent */
        Webhook: {
            /** @description Names the endpoint among its client’s. */
            endpointId: string;
            /** @description Where messages are sent. */
            url: string;
            /** @description What it is sent. */
            eventTypes: components["schemas"]["WebhookEventType"][];
            status: components["schemas"]["WebhookStatus"];
            /** @description Why the server paused it */
            pausedReason: string | null;
            /**
             * Format: date-time
             * @description Since when nothing could be delivered
             */
            failingSince: string | null;
            /**
             * Format: int64
             * @description Events that were recorded since the last one whose messages are all delivered
             */
            behind: number;
            /**
             * Format: int64
             * @description Messages that could not be delivered
             */
            pending: number;
            /**
             * Format: int64
             * @description Messages that were given up after three days:
             */
            parked: number;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When somebody changed it last.
             */
            updatedAt: string;
        };
        /** @description What is to be different: */
        WebhookChangesBody: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description Where messages are sent, by POST: */
            url?: string;
            /** @description What it is sent. */
            eventTypes?: components["schemas"]["WebhookEventType"][];
            status?: components["schemas"]["WebhookStatus"];
        };
        /** @description A page of tries. */
        WebhookDeliveries: {
            /** @description Newest first. */
            deliveries: components["schemas"]["WebhookDelivery"][];
            /** @description Where the next page starts */
            nextCursor: string | null;
        };
        /** @description A try to deliver a message. */
        WebhookDelivery: {
            /** @description The message’s `webhook-id`: */
            messageId: string;
            /** @description What it tells. */
            type: string;
            /** @description Whether the receiver answered with a status from 200 to 299. */
            delivered: boolean;
            /**
             * Format: int64
             * @description HTTP status of the answer
             */
            status: number | null;
            /** @description Why it was not delivered */
            error: string | null;
            /**
             * Format: int64
             * @description How long it took, in milliseconds.
             */
            durationMs: number;
            /**
             * Format: date-time
             * @description When it was sent.
             */
            at: string;
            /** @description The first 1024 bytes of the answer. */
            answer: string;
            /**
             * Format: int64
             * @description The change that it tells of:
             */
            sequence: number | null;
            /**
             * Format: int64
             * @description Which try of this message it was
             */
            attempt: number;
        };
        /**
         * @description What a message tells.
         * @enum {string}
         */
        WebhookEventType: "call.started" | "call.answered" | "call.updated" | "call.ended" | "call.missed" | "quota.warning" | "quota.reached";
        /** @description The endpoints of the client. */
        WebhookList: {
            /** @description Oldest first. */
            webhooks: components["schemas"]["Webhook"][];
        };
        /** @description What is sent again. */
        WebhookRedelivered: {
            /**
             * Format: int64
             * @description Events whose messages are to be sent again.
             */
            messages: number;
        };
        /** @description Which messages are to be sent again: */
        WebhookRedelivery: {
            /** @description The client’s API key */
            apiKey?: string;
            /** @description Messages whose `timestamp` is this or later. */
            from?: string;
            /** @description And before this. */
            to?: string;
        };
        /** @description How one secret follows the other. */
        WebhookSecretRotation: {
            /** @description The client’s API key */
            apiKey?: string;
            /**
             * Format: int32
             * @description For so long messages are signed with the former secret
             * @default 24
             */
            overlapHours?: number;
        };
        /**
         * @description One that is `paused` is sent nothing
         * @enum {string}
         */
        WebhookStatus: "active" | "paused";
        /** @description What became of a message that was sent for a try. */
        WebhookTest: {
            /** @description The message’s `webhook-id`: */
            messageId: string;
            /** @description What it tells. */
            type: string;
            /** @description Whether the receiver answered with a status from 200 to 299. */
            delivered: boolean;
            /**
             * Format: int64
             * @description HTTP status of the answer
             */
            status: number | null;
            /** @description Why it was not delivered */
            error: string | null;
            /**
             * Format: int64
             * @description How long it took, in milliseconds.
             */
            durationMs: number;
            /**
             * Format: date-time
             * @description When it was sent.
             */
            at: string;
            /** @description The first 1024 bytes of the answer. */
            answer: string;
        };
        WebhookTestData: {
            endpointId: string;
        };
        WebhookTestMessage: {
            /** @constant */
            type: "webhook.test";
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["WebhookTestData"];
        };
        WebhookWithSecret: {
            webhook: components["schemas"]["Webhook"];
            secret: string;
        };
        /**
         * @description A weekday.
         * @enum {string}
         */
        Weekday: "sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday";
        /** @description A time of some weekdays. */
        WeeklyTime: {
            /** @description On which days. */
            days: components["schemas"]["Weekday"][];
            /** @description When it begins, on the client’s clock. */
            from: string;
            /** @description When it is over: */
            to: string;
        };
        /**
         * @description What the hours of a missed call’s window are of:
         * @enum {string}
         */
        WindowUnit: "clock" | "businessHours";
    };
    responses: {
        /** @description A reconciliation of a client’s calls: */
        Accepted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Reconciliation"];
            };
        };
        /** @description The request was refused */
        ClientError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nothing names the call. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description An endpoint, and its new secret. */
        Created: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebhookWithSecret"];
            };
        };
        /** @description The client has no such call */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nothing changed since the answer whose `ETag` was sent as `If-None-Match`. */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The call as it is now. */
        OK: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ChangedCall"];
            };
        };
        /** @description The server could not serve. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The question has more groups */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ActiveCalls = components['schemas']['ActiveCalls'];
export type AdminBusinessHoursBody = components['schemas']['AdminBusinessHoursBody'];
export type AdminNewWebhookBody = components['schemas']['AdminNewWebhookBody'];
export type AdminWebhookChangesBody = components['schemas']['AdminWebhookChangesBody'];
export type AdminWebhookRedelivery = components['schemas']['AdminWebhookRedelivery'];
export type AdminWebhookSecretRotation = components['schemas']['AdminWebhookSecretRotation'];
export type Agent = components['schemas']['Agent'];
export type AgentPatch = components['schemas']['AgentPatch'];
export type AgentSession = components['schemas']['AgentSession'];
export type Agents = components['schemas']['Agents'];
export type AllAnalytics = components['schemas']['AllAnalytics'];
export type Analytics = components['schemas']['Analytics'];
export type AnalyticsAnswer = components['schemas']['AnalyticsAnswer'];
export type AnalyticsGroup = components['schemas']['AnalyticsGroup'];
export type AnalyticsRow = components['schemas']['AnalyticsRow'];
export type AnsweredMetric = components['schemas']['AnsweredMetric'];
export type ApiKey = components['schemas']['ApiKey'];
export type ApiKeyList = components['schemas']['ApiKeyList'];
export type AuditAction = components['schemas']['AuditAction'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditLog = components['schemas']['AuditLog'];
export type BusinessHours = components['schemas']['BusinessHours'];
export type BusinessHoursBody = components['schemas']['BusinessHoursBody'];
export type Call = components['schemas']['Call'];
export type CallChange = components['schemas']['CallChange'];
export type CallChangeData = components['schemas']['CallChangeData'];
export type CallChangeMessage = components['schemas']['CallChangeMessage'];
export type CallChangeType = components['schemas']['CallChangeType'];
export type CallCorrectionBody = components['schemas']['CallCorrectionBody'];
export type CallCustomer = components['schemas']['CallCustomer'];
export type CallData = components['schemas']['CallData'];
export type CallDetails = components['schemas']['CallDetails'];
export type CallDirection = components['schemas']['CallDirection'];
export type CallEvent = components['schemas']['CallEvent'];
export type CallExport = components['schemas']['CallExport'];
export type CallFigures = components['schemas']['CallFigures'];
export type CallLog = components['schemas']['CallLog'];
export type CallLogs = components['schemas']['CallLogs'];
export type CallNotesBody = components['schemas']['CallNotesBody'];
export type CallOrder = components['schemas']['CallOrder'];
export type CallStatus = components['schemas']['CallStatus'];
export type CallbackCount = components['schemas']['CallbackCount'];
export type CallbackOddity = components['schemas']['CallbackOddity'];
export type CallbackSummary = components['schemas']['CallbackSummary'];
export type Caller = components['schemas']['Caller'];
export type Calls = components['schemas']['Calls'];
export type CallsByDate = components['schemas']['CallsByDate'];
export type CallsByDayOfWeek = components['schemas']['CallsByDayOfWeek'];
export type CallsByHour = components['schemas']['CallsByHour'];
export type ChangedCall = components['schemas']['ChangedCall'];
export type Claims = components['schemas']['Claims'];
export type Client = components['schemas']['Client'];
export type ClientAnalytics = components['schemas']['ClientAnalytics'];
export type ClientChangesBody = components['schemas']['ClientChangesBody'];
export type ClientInfo = components['schemas']['ClientInfo'];
export type ClientList = components['schemas']['ClientList'];
export type ClientSummary = components['schemas']['ClientSummary'];
export type CursorPagination = components['schemas']['CursorPagination'];
export type Customer = components['schemas']['Customer'];
export type CustomerCalls = components['schemas']['CustomerCalls'];
export type CustomerEntry = components['schemas']['CustomerEntry'];
export type CustomerEvent = components['schemas']['CustomerEvent'];
export type CustomerPatch = components['schemas']['CustomerPatch'];
export type CustomerProfile = components['schemas']['CustomerProfile'];
export type CustomerUpdate = components['schemas']['CustomerUpdate'];
export type Customers = components['schemas']['Customers'];
export type DailyMissedCalls = components['schemas']['DailyMissedCalls'];
export type DailyReport = components['schemas']['DailyReport'];
export type DateRange = components['schemas']['DateRange'];
export type DayComparison = components['schemas']['DayComparison'];
export type DetailedAnalytics = components['schemas']['DetailedAnalytics'];
export type DurationBucket = components['schemas']['DurationBucket'];
export type DurationBuckets = components['schemas']['DurationBuckets'];
export type Erasure = components['schemas']['Erasure'];
export type ErasureBody = components['schemas']['ErasureBody'];
export type EventBatch = components['schemas']['EventBatch'];
export type EventName = components['schemas']['EventName'];
export type EventOutcome = components['schemas']['EventOutcome'];
export type EventOutcomeStatus = components['schemas']['EventOutcomeStatus'];
export type EventProblem = components['schemas']['EventProblem'];
export type EventSource = components['schemas']['EventSource'];
export type ExotelApiBody = components['schemas']['ExotelApiBody'];
export type ExotelApiChange = components['schemas']['ExotelApiChange'];
export type ExportColumn = components['schemas']['ExportColumn'];
export type ExportedClient = components['schemas']['ExportedClient'];
export type Fact = components['schemas']['Fact'];
export type Facts = components['schemas']['Facts'];
export type Feature = components['schemas']['Feature'];
export type FigureChange = components['schemas']['FigureChange'];
export type FigureChanges = components['schemas']['FigureChanges'];
export type Grouping = components['schemas']['Grouping'];
export type HeldCall = components['schemas']['HeldCall'];
export type HeldCustomer = components['schemas']['HeldCustomer'];
export type HeldDelivery = components['schemas']['HeldDelivery'];
export type InitRequest = components['schemas']['InitRequest'];
export type InstantRange = components['schemas']['InstantRange'];
export type JsonValue = components['schemas']['JsonValue'];
export type KeyKind = components['schemas']['KeyKind'];
export type KeyRotation = components['schemas']['KeyRotation'];
export type KeyScope = components['schemas']['KeyScope'];
export type LastAgent = components['schemas']['LastAgent'];
export type Liveness = components['schemas']['Liveness'];
export type LoggedEvent = components['schemas']['LoggedEvent'];
export type LoggedEvents = components['schemas']['LoggedEvents'];
export type Measured = components['schemas']['Measured'];
export type Metric = components['schemas']['Metric'];
export type MetricChanges = components['schemas']['MetricChanges'];
export type MetricDifferences = components['schemas']['MetricDifferences'];
export type MetricValues = components['schemas']['MetricValues'];
export type MissedCaller = components['schemas']['MissedCaller'];
export type MissedCalls = components['schemas']['MissedCalls'];
export type MissedCustomer = components['schemas']['MissedCustomer'];
export type MissedFollowUp = components['schemas']['MissedFollowUp'];
export type MissedState = components['schemas']['MissedState'];
export type NewAgentSession = components['schemas']['NewAgentSession'];
export type NewApiKeyBody = components['schemas']['NewApiKeyBody'];
export type NewClient = components['schemas']['NewClient'];
export type NewClientBody = components['schemas']['NewClientBody'];
export type NewKey = components['schemas']['NewKey'];
export type NewStreamToken = components['schemas']['NewStreamToken'];
export type NewWebhookBody = components['schemas']['NewWebhookBody'];
export type OpenNumber = components['schemas']['OpenNumber'];
export type OpenTime = components['schemas']['OpenTime'];
export type OtherGroups = components['schemas']['OtherGroups'];
export type Outcome = components['schemas']['Outcome'];
export type PagePermission = components['schemas']['PagePermission'];
export type Pagination = components['schemas']['Pagination'];
export type Percentiles = components['schemas']['Percentiles'];
export type PeriodChange = components['schemas']['PeriodChange'];
export type Person = components['schemas']['Person'];
export type PersonBody = components['schemas']['PersonBody'];
export type PlacedCall = components['schemas']['PlacedCall'];
export type Plan = components['schemas']['Plan'];
export type Problem = components['schemas']['Problem'];
export type ProblemCode = components['schemas']['ProblemCode'];
export type ProblemError = components['schemas']['ProblemError'];
export type QuotaData = components['schemas']['QuotaData'];
export type QuotaMessage = components['schemas']['QuotaMessage'];
export type Readiness = components['schemas']['Readiness'];
export type ReconciledCall = components['schemas']['ReconciledCall'];
export type ReconciledChange = components['schemas']['ReconciledChange'];
export type Reconciliation = components['schemas']['Reconciliation'];
export type ReconciliationBody = components['schemas']['ReconciliationBody'];
export type ReportSection = components['schemas']['ReportSection'];
export type ReportedAgent = components['schemas']['ReportedAgent'];
export type ReportedCustomer = components['schemas']['ReportedCustomer'];
export type ReportedEvent = components['schemas']['ReportedEvent'];
export type ReportedHour = components['schemas']['ReportedHour'];
export type ReportedNumber = components['schemas']['ReportedNumber'];
export type RibbonConfig = components['schemas']['RibbonConfig'];
export type RibbonCredentials = components['schemas']['RibbonCredentials'];
export type RingPercentiles = components['schemas']['RingPercentiles'];
export type SavedCustomer = components['schemas']['SavedCustomer'];
export type Schedule = components['schemas']['Schedule'];
export type ScheduleDate = components['schemas']['ScheduleDate'];
export type ServerHealth = components['schemas']['ServerHealth'];
export type ServiceLevel = components['schemas']['ServiceLevel'];
export type Span = components['schemas']['Span'];
export type StreamSnapshot = components['schemas']['StreamSnapshot'];
export type StreamToken = components['schemas']['StreamToken'];
export type Summary = components['schemas']['Summary'];
export type TalkPercentiles = components['schemas']['TalkPercentiles'];
export type TalkTimeBucket = components['schemas']['TalkTimeBucket'];
export type Today = components['schemas']['Today'];
export type TopAgent = components['schemas']['TopAgent'];
export type TopCustomer = components['schemas']['TopCustomer'];
export type Usage = components['schemas']['Usage'];
export type Warning = components['schemas']['Warning'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookChangesBody = components['schemas']['WebhookChangesBody'];
export type WebhookDeliveries = components['schemas']['WebhookDeliveries'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];
export type WebhookEventType = components['schemas']['WebhookEventType'];
export type WebhookList = components['schemas']['WebhookList'];
export type WebhookRedelivered = components['schemas']['WebhookRedelivered'];
export type WebhookRedelivery = components['schemas']['WebhookRedelivery'];
export type WebhookSecretRotation = components['schemas']['WebhookSecretRotation'];
export type WebhookStatus = components['schemas']['WebhookStatus'];
export type WebhookTest = components['schemas']['WebhookTest'];
export type WebhookTestData = components['schemas']['WebhookTestData'];
export type WebhookTestMessage = components['schemas']['WebhookTestMessage'];
export type WebhookWithSecret = components['schemas']['WebhookWithSecret'];
export type Weekday = components['schemas']['Weekday'];
export type WeeklyTime = components['schemas']['WeeklyTime'];
export type WindowUnit = components['schemas']['WindowUnit'];
export type ResponseAccepted = components['responses']['Accepted'];
export type ResponseClientError = components['responses']['ClientError'];
export type ResponseConflict = components['responses']['Conflict'];
export type ResponseCreated = components['responses']['Created'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseNotModified = components['responses']['NotModified'];
export type ResponseOk = components['responses']['OK'];
export type ResponseServerError = components['responses']['ServerError'];
export type ResponseUnprocessableEntity = components['responses']['UnprocessableEntity'];
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RibbonCredentials"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: {
                headers: {
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentSession"];
                };
            };
            403: {
                headers: {
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
                "Idempotency-Key"?: string;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedEvent"];
                };
            };
            422: {
                headers: {
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
    logCalls: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventBatch"];
                "text/plain": components["schemas"]["EventBatch"];
                /**
                 * @example {"event":"dialing","data":{"callSid":"CA1234567890","phoneNumber":"+919876543210","callDirection":"outbound"}}
                 *     {"event":"callEnded","data":{"callSid":"CA1234567890","phoneNumber":"+919876543210","callDirection":"outbound","duration":180}}
                 */
                "application/x-ndjson": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedEvents"];
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
            200: {
                headers: {
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
                startDate?: string;
                endDate?: string;
                timezone?: string;
                customerId?: string;
                agentUserId?: string;
                limit?: number;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
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
                startDate?: string;
                endDate?: string;
                timezone?: string;
                agentUserId?: string;
                limit?: number;
                sections?: components["schemas"]["ReportSection"][];
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
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
    queryAnalytics: {
        parameters: {
            query?: {
                metrics?: components["schemas"]["Metric"][];
                groupBy?: components["schemas"]["Grouping"][];
                startDate?: string;
                endDate?: string;
                timezone?: string;
                callDirection?: components["schemas"]["CallDirection"][];
                status?: components["schemas"]["CallStatus"][];
                durationBucket?: components["schemas"]["DurationBucket"][];
                businessHours?: ("out" | "in")[];
                customerId?: string[];
                agentUserId?: string[];
                phoneNumber?: string[];
                virtualNumber?: string[];
                endReason?: string[];
                domain?: string[];
                sort?: "group" | "-group" | "calls" | "-calls" | "inbound" | "-inbound" | "outbound" | "-outbound" | "answered" | "-answered" | "missed" | "-missed" | "unanswered" | "-unanswered" | "rejected" | "-rejected" | "answerRate" | "-answerRate" | "talkSeconds" | "-talkSeconds" | "avgTalkSeconds" | "-avgTalkSeconds" | "ringSeconds" | "-ringSeconds" | "avgRingSeconds" | "-avgRingSeconds" | "serviceLevel" | "-serviceLevel" | "p50Talk" | "-p50Talk" | "p75Talk" | "-p75Talk" | "p90Talk" | "-p90Talk" | "p95Talk" | "-p95Talk" | "p99Talk" | "-p99Talk" | "p50Ring" | "-p50Ring" | "p75Ring" | "-p75Ring" | "p90Ring" | "-p90Ring" | "p95Ring" | "-p95Ring" | "p99Ring" | "-p99Ring" | "uniqueCustomers" | "-uniqueCustomers" | "uniqueNumbers" | "-uniqueNumbers" | "peakConcurrent" | "-peakConcurrent" | "missedCallers" | "-missedCallers" | "wonBack" | "-wonBack" | "lost" | "-lost" | "openMissed" | "-openMissed" | "wonBackRate" | "-wonBackRate" | "medianSecondsToCallBack" | "-medianSecondsToCallBack" | "repeatCallers" | "-repeatCallers" | "firstContactResolution" | "-firstContactResolution";
                limit?: number;
                other?: boolean;
                fill?: "zero";
                compareTo?: "previous" | "previousMonth" | "previousYear";
                serviceLevelSeconds?: 10 | 15 | 20 | 30 | 45 | 60;
                abandonSeconds?: number;
                format?: "json" | "csv";
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalyticsAnswer"];
                    /**
                     * @example agent,agentName,calls,answerRate
                     *     agent-42,Asha Rao,3,0.6667
                     */
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            422: components["responses"]["UnprocessableEntity"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getDailyReport: {
        parameters: {
            query?: {
                date?: string;
                format?: "json" | "html" | "text";
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyReport"];
                    /**
                     * @example <!doctype html>
                     *     <html lang="en">
                     *     …
                     *     </html>
                     */
                    "text/html": string;
                    /**
                     * @example Demo Client: calls of Sat 11 Oct
                     *     …
                     */
                    "text/plain": string;
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
                startDate?: string;
                endDate?: string;
                timezone?: string;
                customerId?: string;
                agentUserId?: string;
                event?: components["schemas"]["EventName"];
                callDirection?: components["schemas"]["CallDirection"];
                page?: number;
                pageSize?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
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
            query?: {
                agentUserId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
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
    listCalls: {
        parameters: {
            query?: {
                startDate?: string;
                endDate?: string;
                timezone?: string;
                status?: components["schemas"]["CallStatus"][];
                callDirection?: components["schemas"]["CallDirection"];
                customerId?: string;
                agentUserId?: string;
                phoneNumber?: string;
                virtualNumber?: string;
                endReason?: string;
                disposition?: string;
                tag?: string;
                minDuration?: number;
                maxDuration?: number;
                hasRecording?: boolean;
                confirmed?: boolean;
                sort?: "-startTime" | "startTime";
                pageSize?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calls"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    placeCall: {
        parameters: {
            query?: never;
            header: {
                /** @example 9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallOrder"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedCall"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            504: {
                headers: {
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
    getCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example session-CA1234567890 */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallDetails"];
                };
            };
            404: components["responses"]["NotFound"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    annotateCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example session-CA1234567890 */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallNotesBody"];
            };
        };
        responses: {
            200: components["responses"]["OK"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    correctCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example session-CA1234567890 */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallCorrectionBody"];
            };
        };
        responses: {
            200: components["responses"]["OK"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listMissedCalls: {
        parameters: {
            query?: {
                startDate?: string;
                endDate?: string;
                timezone?: string;
                state?: components["schemas"]["MissedState"][];
                virtualNumber?: string;
                agentUserId?: string;
                pageSize?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MissedCalls"];
                };
            };
            422: components["responses"]["UnprocessableEntity"];
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    exportCalls: {
        parameters: {
            query?: {
                startDate?: string;
                endDate?: string;
                timezone?: string;
                agentUserId?: string;
                format?: "json" | "csv" | "ndjson";
                columns?: components["schemas"]["ExportColumn"][];
                times?: "utc" | "offset" | "local";
                excel?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallExport"];
                    /**
                     * @example Session ID,Customer Name,Phone Number,Direction,Start Time,End Time,Duration (s),Customer ID
                     *     session-1760280743,John Doe,+919876543210,outbound,2025-10-12T10:30:00Z,2025-10-12T10:33:00Z,180,CUST001
                     */
                    "text/csv": string;
                    /** @example {"sessionId":"session-1760280743","clientId":"client-demo","startTime":"2025-10-12T10:30:00Z","answeredAt":"2025-10-12T10:30:00Z","endTime":"2025-10-12T10:33:00Z","duration":180,"agentUserId":"agent-42","phoneNumber":"+919876543210","phoneE164":"+919876543210","callDirection":"outbound","customerData":{"customerId":"CUST001","name":"John Doe"},"status":"completed"} */
                    "application/x-ndjson": string;
                };
            };
            429: {
                headers: {
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
    streamCalls: {
        parameters: {
            query?: {
                lastEventId?: string;
            };
            header?: {
                "Last-Event-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["StreamSnapshot"] | components["schemas"]["CallChange"] | components["schemas"]["Today"];
                };
            };
            429: {
                headers: {
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
    issueStreamToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStreamToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StreamToken"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getBusinessHours: {
        parameters: {
            query?: {
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessHours"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    setBusinessHours: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BusinessHoursBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessHours"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listWebhooks: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookBody"];
            };
        };
        responses: {
            201: components["responses"]["Created"];
            409: {
                headers: {
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
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            404: {
                headers: {
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
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example we_00000000000000d2 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            404: {
                headers: {
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
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChangesBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            404: {
                headers: {
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
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            404: {
                headers: {
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
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookSecretRotation"];
            };
        };
        responses: {
            201: components["responses"]["Created"];
            404: {
                headers: {
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
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRedelivery"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookRedelivered"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: {
                headers: {
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
    listWebhookDeliveries: {
        parameters: {
            query?: {
                pageSize?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveries"];
                };
            };
            404: {
                headers: {
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
    listAgents: {
        parameters: {
            query?: {
                active?: boolean;
                onCall?: boolean;
                pageSize?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agents"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example agent-42 */
                agentUserId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            404: {
                headers: {
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
    saveAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example agent-42 */
                agentUserId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            409: {
                headers: {
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
            200: {
                headers: {
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
                /** @example CUST001 */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerProfile"];
                };
            };
            404: {
                headers: {
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
    getCustomerCalls: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                /** @example CUST001 */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerCalls"];
                };
            };
            404: {
                headers: {
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
    listCustomers: {
        parameters: {
            query?: {
                search?: string;
                pageSize?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customers"];
                };
            };
            "4XX": components["responses"]["ClientError"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    findCustomerByPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example +919876543210 */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Caller"];
                };
            };
            404: {
                headers: {
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
    getCallRecording: {
        parameters: {
            query?: never;
            header?: {
                Range?: string;
            };
            path: {
                /** @example session-CA1234567890 */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example ID3 */
                    "audio/*": string;
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example ID3 */
                    "audio/*": string;
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            502: {
                headers: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewClient"];
                };
            };
            409: {
                headers: {
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
                /** @example client-001 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            404: {
                headers: {
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
                /** @example client-002 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            404: {
                headers: {
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
                /** @example client-001 */
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            404: {
                headers: {
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
                /** @example client-002 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            404: {
                headers: {
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
                /** @example client-001 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackSummary"];
                };
            };
            404: {
                headers: {
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
    getReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-demo */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            404: {
                headers: {
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
    startReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-demo */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReconciliationBody"];
            };
        };
        responses: {
            202: components["responses"]["Accepted"];
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
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
    exportPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-demo */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            404: {
                headers: {
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
    erasePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasureBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            404: {
                headers: {
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
    getClientBusinessHours: {
        parameters: {
            query?: {
                date?: string;
            };
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessHours"];
                };
            };
            404: {
                headers: {
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
    setClientBusinessHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminBusinessHoursBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessHours"];
                };
            };
            404: {
                headers: {
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
    listClientWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            404: {
                headers: {
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
    createClientWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminNewWebhookBody"];
            };
        };
        responses: {
            201: components["responses"]["Created"];
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
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
    getClientWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            404: {
                headers: {
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
    deleteClientWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-002 */
                clientId: string;
                /** @example we_00000000000000d2 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            404: {
                headers: {
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
    updateClientWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminWebhookChangesBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            404: {
                headers: {
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
    testClientWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            404: {
                headers: {
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
    rotateClientWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminWebhookSecretRotation"];
            };
        };
        responses: {
            201: components["responses"]["Created"];
            404: {
                headers: {
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
    redeliverClientWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminWebhookRedelivery"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookRedelivered"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: {
                headers: {
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
    listClientWebhookDeliveries: {
        parameters: {
            query?: {
                pageSize?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example client-001 */
                clientId: string;
                /** @example we_00000000000000d1 */
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveries"];
                };
            };
            404: {
                headers: {
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
                /** @example client-001 */
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            404: {
                headers: {
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
                /** @example client-001 */
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
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
                /** @example client-001 */
                clientId: string;
                /** @example e770ac23fe65 */
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            404: {
                headers: {
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
                /** @example client-002 */
                clientId: string;
                /** @example 1e03eb3a4a36 */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            404: {
                headers: {
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
    onCallStarted: {
        parameters: {
            query?: never;
            header: {
                /** @example msg_2KWPBgLlAfxdpx2AI54pPJ85f4W */
                "webhook-id": string;
                /** @example 1760265181 */
                "webhook-timestamp": string;
                /** @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description A call began */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallChangeMessage"];
            };
        };
        responses: {
            /** @description It is received, and not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCallAnswered: {
        parameters: {
            query?: never;
            header: {
                /** @example msg_2KWPBgLlAfxdpx2AI54pPJ85f4W */
                "webhook-id": string;
                /** @example 1760265181 */
                "webhook-timestamp": string;
                /** @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description A call was answered */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallChangeMessage"];
            };
        };
        responses: {
            /** @description It is received, and not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCallUpdated: {
        parameters: {
            query?: never;
            header: {
                /** @example msg_2KWPBgLlAfxdpx2AI54pPJ85f4W */
                "webhook-id": string;
                /** @example 1760265181 */
                "webhook-timestamp": string;
                /** @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description More became known of a call */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallChangeMessage"];
            };
        };
        responses: {
            /** @description It is received, and not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCallEnded: {
        parameters: {
            query?: never;
            header: {
                /** @example msg_2KWPBgLlAfxdpx2AI54pPJ85f4W */
                "webhook-id": string;
                /** @example 1760265181 */
                "webhook-timestamp": string;
                /** @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description A call ended */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallChangeMessage"];
            };
        };
        responses: {
            /** @description It is received, and not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCallMissed: {
        parameters: {
            query?: never;
            header: {
                /** @example msg_2KWPBgLlAfxdpx2AI54pPJ85f4W */
                "webhook-id": string;
                /** @example 1760265181 */
                "webhook-timestamp": string;
                /** @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description A call was missed */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallChangeMessage"];
            };
        };
        responses: {
            /** @description It is received, and not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onQuotaWarning: {
        parameters: {
            query?: never;
            header: {
                /** @example msg_2KWPBgLlAfxdpx2AI54pPJ85f4W */
                "webhook-id": string;
                /** @example 1760265181 */
                "webhook-timestamp": string;
                /** @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The month’s calls are used up by 80 % */
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotaMessage"];
            };
        };
        responses: {
            /** @description It is received, and not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onQuotaReached: {
        parameters: {
            query?: never;
            header: {
                /** @example msg_2KWPBgLlAfxdpx2AI54pPJ85f4W */
                "webhook-id": string;
                /** @example 1760265181 */
                "webhook-timestamp": string;
                /** @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The month’s calls are used up */
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotaMessage"];
            };
        };
        responses: {
            /** @description It is received, and not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWebhookTest: {
        parameters: {
            query?: never;
            header: {
                /** @example msg_2KWPBgLlAfxdpx2AI54pPJ85f4W */
                "webhook-id": string;
                /** @example 1760265181 */
                "webhook-timestamp": string;
                /** @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Somebody tries the endpoint */
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookTestMessage"];
            };
        };
        responses: {
            /** @description It is received, and not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
