import { type JWTPayload, SignJWT } from 'jose'
import t from 'tap'
import { type AgentSession, AgentSessions } from '../../src/clients/agent-sessions.js'
import { isSignedToken } from '../../src/clients/signed-tokens.js'
import { KeyRing } from '../../src/clients/key-ring.js'

const START = Date.parse('2025-10-12T10:35:00Z')
const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const clock = { now: START }
const sessionsOf = (...keys: readonly Buffer[]) =>
  new AgentSessions({ keys: new KeyRing(keys), clock: () => clock.now })
const SESSION: AgentSession = {
  clientId: 'acme',
  keyId: 'abc',
  agentUserId: 'agent-42',
  domain: 'crm.acme.com',
  permissions: ['init', 'log-call'],
  endsAt: START + 60_000,
}

t.beforeEach(() => {
  clock.now = START
})

t.test('a token is known to every process that has the key, until its last second is over', async (t) => {
  const token = await sessionsOf(OLD).issue(SESSION)
  t.equal(isSignedToken(token), true)
  const sessions = sessionsOf(NEW, OLD)
  t.strictSame(await sessions.find(token), SESSION)
  clock.now += 59_999
  t.strictSame(sessions.find(token), SESSION, 'from memory')
  t.strictSame(await sessionsOf(OLD).find(token), SESSION)
  clock.now += 1
  t.equal(await sessions.find(token), null)
})

t.test('a token that was altered, made up, meant for others or signed otherwise is none', async (t) => {
  const sessions = sessionsOf(OLD)
  const token = await sessions.issue(SESSION)
  const [header = '', , signature = ''] = token.split('.')
  const other = await sessions.issue({ ...SESSION, clientId: 'other' })
  t.equal(await sessionsOf(NEW).find(token), null)
  t.equal(await sessions.find(`${header}.${String(other.split('.')[1])}.${signature}`), null)
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  t.equal(await sessions.find(`${none}.${String(token.split('.')[1])}.`), null)
  const { current } = new KeyRing([OLD])
  const claims = { client: 'acme', key: 'abc', domain: 'crm.acme.com', permissions: [], sub: 'a', jti: 'j', iat: 1 }
  const right = { iss: 'exotel-call-ribbon', aud: 'exotel-call-ribbon pages', exp: START / 1000 + 60 }
  for (const [more, alg, kid, key] of [
    [{}, 'HS384', current.id, current.derived('agent-sessions')],
    [{ iss: 'other' }, 'HS256', current.id, current.derived('agent-sessions')],
    [{ aud: 'other' }, 'HS256', current.id, current.derived('agent-sessions')],
    [{ client: undefined }, 'HS256', current.id, current.derived('agent-sessions')],
    [{ exp: undefined }, 'HS256', current.id, current.derived('agent-sessions')],
    [{}, 'HS256', undefined, current.derived('agent-sessions')],
    [{}, 'HS256', current.id, current.derived('cursors')],
  ] as const) {
    const made = await new SignJWT({ ...claims, ...right, ...more } as JWTPayload)
      .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
      .sign(key)
    t.equal(await sessions.find(made), null, JSON.stringify({ more, alg, kid }))
  }
})

t.test('an API key is not taken for a token', async (t) => {
  for (const key of ['demo-api-key-789', 'rk_pub_abc.def.ghi', 'eyJ', '']) t.equal(isSignedToken(key), false)
})
