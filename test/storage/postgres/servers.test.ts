/** A database URL that names several servers: a primary, and standbys that take over. */
import t from 'tap'
import { openStorage, placeOf } from '../../../src/storage/open.js'
import { Servers } from '../../../src/storage/postgres/servers.js'
import { eventually } from '../../helpers/deadline.js'
import { startPair } from '../../helpers/postgres-pair.js'
import { freePort } from '../../helpers/postgres-server.js'
import { newClient } from '../../helpers/storage.js'

const open = (url: string) => openStorage({ url, maxCallAgeMs: 4 * 3_600_000 })

t.test('a URL names one server or several, whose user, database and settings are the same', async (t) => {
  const rest = 'user:a%40b@'
  t.strictSame(new Servers(`postgres://${rest}one/ribbon?sslmode=require`).urls, [
    `postgres://${rest}one/ribbon?sslmode=require`,
  ])
  const servers = new Servers(`postgresql://${rest}one:5433,[::1],three/ribbon?a=1,2`)
  t.strictSame(servers.urls, [
    `postgresql://${rest}one:5433/ribbon?a=1,2`,
    `postgresql://${rest}[::1]/ribbon?a=1,2`,
    `postgresql://${rest}three/ribbon?a=1,2`,
  ])
  t.equal(
    await placeOf('postgres://u:secret@one:5433,two/ribbon'),
    'PostgreSQL at one:5433 or two:5432, database ribbon',
  )
})

t.test('whoever leaves a server goes to the next, once however many leave it', async (t) => {
  const servers = new Servers('postgres://one,two/ribbon')
  const [one, two] = servers.urls as [string, string]
  servers.leave(one)
  servers.leave(one)
  t.equal(servers.current, two)
  servers.leave(two)
  t.equal(servers.current, one)
})

t.test('a store goes to the server that takes writes, whichever is named first, and follows it', async (t) => {
  const pair = await startPair()
  t.teardown(() => pair.stop())
  const [, login, primary, standby] = /^(.*@)(.*),(.*)\/postgres$/.exec(pair.url) ?? []
  await t.rejects(open(pair.standby.url), {
    name: 'StorageUnavailable',
    message: / is a standby: DATABASE_URL must name the server that takes writes, or both \(25006\)$/,
  })
  const nobody = `127.0.0.1:${String(await freePort())}`
  await t.rejects(open(`${String(login)}${nobody},${String(standby)}/postgres`), { message: /ECONNREFUSED/ })

  const storage = await open(`${String(login)}${nobody},${String(standby)},${String(primary)}/postgres`)
  t.teardown(() => storage.close())
  const other = await open(pair.url)
  t.teardown(() => other.close())
  await storage.createClient(newClient('client-a'))
  await pair.primary.crash()
  await t.rejects(storage.createClient(newClient('client-b')), { name: 'StorageUnavailable' })
  await pair.promote()
  for (const store of [storage, other]) {
    await eventually(60_000, 'finding the new primary', () =>
      store.updateClient('client-a', { name: 'A' }).catch(() => false),
    )
  }
})
