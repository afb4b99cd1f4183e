import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { holderOf, readAdminTokens } from '../../src/clients/admin-tokens.js'
import { scratchFolder } from '../helpers/storage.js'

const token = (encoding: 'base64' | 'hex' | 'base64url', bytes = 32) => randomBytes(bytes).toString(encoding)

t.test('tokens come alone, from a list and from a file, and each opens under its own name', async (t) => {
  const path = join(await scratchFolder(t), 'tokens')
  const tokens = { alone: token('base64'), asha: token('hex', 16), ravi: token('base64url', 17), ops: token('base64') }
  await writeFile(path, `# who\n\nops=${tokens.ops}\n`)
  const read = readAdminTokens({
    ADMIN_TOKEN: tokens.alone,
    ADMIN_TOKENS: `asha=${tokens.asha}, ravi=${tokens.ravi}`,
    ADMIN_TOKENS_FILE: path,
  })
  t.strictSame(
    read.map(({ name }) => name),
    ['admin', 'asha', 'ravi', 'ops'],
  )
  for (const [name, text] of Object.entries(tokens)) t.equal(holderOf(read, text), name === 'alone' ? 'admin' : name)
  for (const text of ['', 'asha', `${tokens.asha} `, tokens.asha.slice(1)]) t.equal(holderOf(read, text), null)
  t.notMatch(JSON.stringify(read), tokens.ops)
  t.strictSame(readAdminTokens({}), [])
})

t.test('a token that can be guessed, or cannot be sent, stops the start, and is not shown', async (t) => {
  const weak = [
    'secret',
    'a'.repeat(64),
    '1234567890'.repeat(3),
    token('hex', 15),
    'AB12CD34EF56AB12CD34',
    token('base64url', 15),
  ]
  for (const text of weak) {
    t.throws(
      () => readAdminTokens({ ADMIN_TOKEN: text }),
      { message: /^ADMIN_TOKEN must be strong: the token admin has less than 128 bits/ },
      text,
    )
  }
  for (const text of ['with space '.repeat(9), 'ünïcode'.repeat(9), `${token('base64')}"`]) {
    t.throws(() => readAdminTokens({ ADMIN_TOKENS: `ops=${text}` }), {
      message: /^ADMIN_TOKENS must be of letters/,
    })
  }
  t.doesNotThrow(
    () => readAdminTokens({ ADMIN_TOKEN: '731671765313306249192251196744265747423' }),
    'digits of 128 bits',
  )
  t.doesNotThrow(() => readAdminTokens({ ADMIN_TOKEN: 'abcdefghijklmnopqrstuvwxyz' }), 'one case of 128 bits')
  t.throws(() => readAdminTokens({ ADMIN_TOKENS: `,ops=${token('hex')},${token('hex')}` }), {
    message: 'ADMIN_TOKENS must be a list of name=token: entry 2 has no name of letters and digits',
  })
  const twice = token('hex')
  t.throws(() => readAdminTokens({ ADMIN_TOKENS: `a=${twice},b=${twice}` }), {
    message: /^Two names have the same admin token/,
  })
  t.throws(() => readAdminTokens({ ADMIN_TOKENS: `a=${token('hex')},a=${token('hex')}` }), {
    message: /have the name a:/,
  })
  t.throws(() => readAdminTokens({ ADMIN_TOKENS_FILE: '/nowhere/tokens' }), {
    message: 'ADMIN_TOKENS_FILE must be a file that can be read: ENOENT',
  })
})
