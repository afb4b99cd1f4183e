import t from 'tap'
import { allowedHost, allowedHosts, hostFor, isApiHost, isExotelsOwn, RECORDING_HOSTS } from '../../src/exotel/hosts.js'

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
