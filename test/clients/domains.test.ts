import t from 'tap'
import { allowedDomain, allowsHost, hostOf } from '../../src/clients/domains.js'

t.test('a host is read from a domain however it is written', async (t) => {
  for (const [domain, host] of [
    ['yourcrm.com', 'yourcrm.com'],
    ['YourCRM.com.', 'yourcrm.com'],
    ['yourcrm.com:8443', 'yourcrm.com'],
    ['https://yourcrm.com/page?x=1', 'yourcrm.com'],
    ['chrome-extension://abcdef', 'abcdef'],
    ['localhost', 'localhost'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['[::1]:3000', '[::1]'],
    ['', null],
    ['null', 'null'],
    ['two words', null],
    ['file://', null],
  ] as const) {
    t.equal(hostOf(domain), host, domain)
  }
})

t.test(
  'a host is read alike however often: Node 20 reads Latin-1 otherwise once it compiled URL.canParse',
  async (t) => {
    const [valid, invalid] = ['b\u00fccher.example', '\u00e2\u0090\u00a3']
    const found = new Set<string | null>()
    for (let time = 0; time < 20_000; time++) found.add(hostOf(valid)).add(hostOf(invalid))
    t.strictSame([...found], ['xn--bcher-kva.example', null])
  },
)

t.test('only what is allowed passes', async (t) => {
  const allowed = ['YourCRM.com', '*.Example.com', 'http://localhost:5173']
  for (const host of ['yourcrm.com', 'a.example.com', 'a.b.example.com', 'localhost'])
    t.ok(allowsHost(allowed, host), host)
  for (const host of [
    'evil-yourcrm.com',
    'yourcrm.com.evil.example',
    'example.com',
    'badexample.com',
    'www.yourcrm.com',
    '',
  ]) {
    t.notOk(allowsHost(allowed, host), host)
  }
  t.ok(allowsHost(['*'], ''))
  t.notOk(allowsHost([], 'yourcrm.com'))
  t.notOk(allowsHost([''], ''))
})

t.test(
  'an allowed domain is a host name, its subdomains or everything: nothing that allows less than it seems to',
  async (t) => {
    for (const [entry, kept] of [
      ['*', '*'],
      ['acme.com', 'acme.com'],
      ['CRM.Acme.com.', 'crm.acme.com'],
      ['*.acme.in', '*.acme.in'],
      ['localhost', 'localhost'],
      ['127.0.0.1', '127.0.0.1'],
      ['*.bücher.example', '*.xn--bcher-kva.example'],
      ['a_b.example', 'a_b.example'],
    ] as const) {
      t.equal(allowedDomain(entry), kept, entry)
    }
    const refused = [
      '',
      ' ',
      'https://acme.com',
      'acme.com/path',
      'acme.com:8443',
      'a@acme.com',
      '*acme.com',
      'acme.*',
      '**',
    ]
    for (const entry of [
      ...refused,
      '*.',
      '.',
      'acme..com',
      '-acme.com',
      'acme com',
      'acme.com,b.com',
      'a%62.com',
      'a!b.com',
    ]) {
      t.equal(allowedDomain(entry), null, entry)
    }
  },
)
