import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Query } from '../../schemas/common.js'
import {
  CustomerCallsQuerySchema,
  CustomerCallsSchema,
  CustomerParamsSchema,
  CustomerProfileSchema,
  SaveCustomerBodySchema,
  SaveCustomerResponseSchema,
} from '../../schemas/customer.js'
import { anyErrors, customerNotFound } from '../../schemas/responses.js'
import type { CustomerService } from '../services/customers.js'

export const customerRoutes: FastifyPluginAsyncTypebox<{ customers: CustomerService }> = async (app, { customers }) => {
  app.post(
    '/customer',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'saveCustomer',
        summary: 'Save a customer',
        description:
          'Applies a JSON merge patch (RFC 7396): members given replace, members omitted stay, `null` removes, and `customFields` merges member by member. Without `customerId` a new customer is made.',
        tags: ['Customers'],
        security: [{ apiKey: [] }, {}],
        body: SaveCustomerBodySchema,
        response: { 200: SaveCustomerResponseSchema, ...anyErrors },
      },
    },
    async ({ client, body }) => customers.save(client, body),
  )

  app.get(
    '/customer/:customerId',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getCustomer',
        summary: 'Get a customer',
        description: 'What is known of a customer that was saved or that a call named, with the most recent calls.',
        tags: ['Customers'],
        security: [{ apiKey: [] }],
        params: CustomerParamsSchema,
        querystring: Query({}),
        response: { 200: CustomerProfileSchema, ...customerNotFound, ...anyErrors },
      },
    },
    async ({ client, params }) => customers.profile(client, params.customerId),
  )

  app.get(
    '/customer/:customerId/calls',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getCustomerCalls',
        summary: 'Get a customer’s calls',
        description: 'The most recent calls with a customer, the events of those calls, and totals over all of them.',
        tags: ['Customers'],
        security: [{ apiKey: [] }],
        params: CustomerParamsSchema,
        querystring: CustomerCallsQuerySchema,
        response: { 200: CustomerCallsSchema, ...customerNotFound, ...anyErrors },
      },
    },
    async ({ client, params, query }) => customers.calls(client, params.customerId, query.limit),
  )
}
