import type { LookupAddress } from 'node:dns'
import type { LookupOptions } from 'node:dns'
import t from 'tap'
import {
  allowedHost,
  allowedHosts,
  hostFor,
  isApiHost,
  isExotelsOwn,
  isPublicAddress,
  publicLookup,
  RECORDING_HOSTS,
} from '../../src/exotel/hosts.js'

const recordings = allowedHosts(RECORDING_HOSTS)
const isAllowed = (url: string) => hostFor(new URL(url), recordings) !== null

t.test('recordings come from Exotel’s hosts and from its buckets, by HTTPS on the usual port', (t) => {
  for (const url of [
    'https://recordings.exotel.com/exotelrecordings/acme1/CA1.mp3',
    'https://api.in.exotel.com/x',
    'https://recordings.exotel.in/x.mp3',
    'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/acme1/CA1.mp3',
    'https://S3.AMAZONAWS.COM:443/exotelrecordings/x',
  ])
    t.ok(isAllowed(url), url)
  for (const url of [
    'http://recordings.exotel.com/x',
    'https://recordings.exotel.com:8443/x',
    'https://user:word@recordings.exotel.com/x',
    'https://user@recordings.exotel.com/x',
    'https://exotel.com/x',
    'https://exotel.com.evil.example/x',
    'https://evilexotel.com/x',
    'https://evil.example/recordings.exotel.com',
    'https://s3-ap-southeast-1.amazonaws.com/another-bucket/x',
    'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/../another-bucket/x',
    'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/%2e%2e/another-bucket/x',
    'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings-of-evil/x',
    'https://another.s3.amazonaws.com/exotelrecordings/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'file:///etc/passwd',
    'data:audio/mpeg;base64,AAAA',
  ])
    t.notOk(isAllowed(url), url)
  t.end()
})

t.test('a server that the configuration names by its origin is that one alone', (t) => {
  const hosts = allowedHosts(['http://127.0.0.1:9000'])
  t.ok(hostFor(new URL('http://127.0.0.1:9000/any/path'), hosts))
  for (const url of ['http://127.0.0.1:9001/', 'https://127.0.0.1:9000/', 'http://localhost:9000/'])
    t.equal(hostFor(new URL(url), hosts), null, url)
  t.end()
})

t.test('what names no host is none', (t) => {
  t.equal(allowedHosts(['localhost', 'a.example']).length, 1)
  for (const text of [
    '',
    'localhost',
    '*',
    '*.',
    '10.0.0.1',
    'a.example/x/y',
    'https://a.example/',
    'http://a b',
    'a_b.example',
    'https://u@a.example',
  ])
    t.equal(allowedHost(text), null, text)
  t.end()
})

t.test('Exotel’s own hosts alone see an account’s API key, and alone are hosts of its API', (t) => {
  t.ok(isExotelsOwn(new URL('https://recordings.exotel.com/x')))
  t.notOk(isExotelsOwn(new URL('https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/x')))
  t.ok(isApiHost('api.in.exotel.com'))
  for (const host of [
    '',
    'exotel.com',
    'evil.example',
    'api.exotel.com:8443',
    'api.exotel.com/x',
    'a@api.exotel.com',
    'API.exotel.com ',
  ])
    t.notOk(isApiHost(host), host)
  t.end()
})

t.test('addresses that are nobody’s on the internet are not public, however they are written', (t) => {
  for (const address of ['8.8.8.8', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])
    t.ok(isPublicAddress(address), address)
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001::1',
    'exotel.com',
    '',
  ])
    t.notOk(isPublicAddress(address), address)
  t.end()
})

function lookedUp(name: string, options: LookupOptions): Promise<string | readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    publicLookup(name, options, (error, found) => {
      if (error === null) resolve(found)
      else reject(error)
    })
  })
}

t.test('a name is looked up for a connection, and refused when an address of it is not public', async (t) => {
  t.strictSame(await lookedUp('8.8.8.8', { all: true }), [{ address: '8.8.8.8', family: 4 }])
  t.strictSame(await lookedUp('8.8.8.8', {}), '8.8.8.8')
  await t.rejects(lookedUp('localhost', { all: true }), { message: 'localhost has an address that is not public' })
  await t.rejects(lookedUp('169.254.169.254', {}), /not public/)
  await t.rejects(lookedUp('no.such.host.invalid', { all: true }), /ENOTFOUND|EAI_AGAIN/)
})
