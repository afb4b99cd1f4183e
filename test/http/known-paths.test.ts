import t from 'tap'
import { KnownPaths } from '../../src/http/known-paths.js'

const paths = new KnownPaths()
for (const [url, methods] of [
  ['/health', 'GET'],
  ['/api/ribbon/log-call', 'POST'],
  ['/api/ribbon/call-logs', ['GET', 'HEAD']],
  ['/api/ribbon/customer', 'POST'],
  ['/api/ribbon/customer/:customerId', 'GET'],
  ['/api/ribbon/customer/:customerId/calls', 'GET'],
  ['/api/ribbon/export/calls', 'GET'],
] as const) {
  paths.add(url, methods)
}
paths.add('/health', 'HEAD')

t.test('a path has the methods of its routes, with a slash at its end or without', async (t) => {
  t.strictSame(paths.methodsOf('/health'), ['GET', 'HEAD', 'OPTIONS'])
  t.strictSame(paths.methodsOf('/api/ribbon/customer/'), ['OPTIONS', 'POST'])
  t.strictSame(paths.methodsOf('/api/ribbon/customer/CUST001/'), ['GET', 'OPTIONS'])
  for (const path of ['/', '', '/api/ribbon', '/api/ribbon/customer//calls', '/Health']) {
    t.equal(paths.methodsOf(path), undefined, path)
  }
})

t.test('a path that leads nowhere is led to the one that was meant', async (t) => {
  for (const [path, meant] of Object.entries({
    '/healthz': '/health',
    '/api/ribbon/call-log': '/api/ribbon/call-logs',
    '/api/ribbon/Log_Call': '/api/ribbon/log-call',
    '/api/ribbon/customers/CUST001': '/api/ribbon/customer/{customerId}',
    '/api/ribbon/customers/CUST001/calls/': '/api/ribbon/customer/{customerId}/calls',
    '/log-call': '/api/ribbon/log-call',
    '/v1/log-call': '/api/ribbon/log-call',
  })) {
    t.equal(paths.closest(path), meant, path)
  }
})

t.test('a path that is near none, near several or very long is led nowhere', async (t) => {
  for (const path of ['/', '/foo', '/calls', '/api/ribbon/agents', `/${'x'.repeat(200)}/log-call`]) {
    t.equal(paths.closest(path), undefined, path)
  }
})
