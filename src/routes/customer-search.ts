import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Query } from '../../schemas/common.js'
import { CallerSchema, CustomersQuerySchema, CustomersSchema, PhoneParamsSchema } from '../../schemas/customers.js'
import { anyErrors, customerNotFound } from '../../schemas/responses.js'
import type { CustomerSearch } from '../services/customer-search.js'

export const customerSearchRoutes: FastifyPluginAsyncTypebox<{ search: CustomerSearch }> = async (app, { search }) => {
  app.get(
    '/customers',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listCustomers',
        summary: 'Search customers',
        description:
          'Customers by name, number or id, a page at a time; without a search, those with the newest calls first. A customer that nobody saved is found by the names that calls gave.',
        tags: ['Customers'],
        security: [{ apiKey: [] }],
        querystring: CustomersQuerySchema,
        response: { 200: CustomersSchema, ...anyErrors },
      },
    },
    async ({ client, query }) => search.list(client, query),
  )

  app.get(
    '/customers/by-phone/:number',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'findCustomerByPhone',
        summary: 'Find the customer of a number',
        description:
          'For a screen that opens while the phone rings: the customer saved last with this number, else that of the newest call with it, and the newest calls with it.',
        tags: ['Customers'],
        security: [{ apiKey: [] }],
        params: PhoneParamsSchema,
        querystring: Query({}),
        response: { 200: CallerSchema, ...customerNotFound, ...anyErrors },
      },
    },
    async ({ client, params }) => search.byPhone(client, params.number),
  )
}
