import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { ConfigError } from '../src/config-error.js'
import { loadConfig } from '../src/config.js'
import { scratchFolder } from './helpers/storage.js'

t.test('a secret can be a file, as containers and systemd hand them over', async (t) => {
  const path = join(await scratchFolder(t), 'database-url')
  await writeFile(path, 'postgres://ribbon:secret@db/ribbon\n')
  t.match(loadConfig({ DATABASE_URL_FILE: path }), { databaseUrl: 'postgres://ribbon:secret@db/ribbon' })
  t.match(loadConfig({ DATABASE_URL_FILE: ' ', DATABASE_URL: 'file:x' }), { databaseUrl: 'file:x' })
})

t.test('a file that cannot be read, and a secret that is given twice, stop the start without quoting it', async (t) => {
  t.throws(() => loadConfig({ SECRETS_KEY_FILE: '/nowhere/key' }), {
    name: ConfigError.name,
    message: 'SECRETS_KEY_FILE must be a file that can be read: ENOENT',
  })
  t.throws(() => loadConfig({ REDIS_URL_FILE: '/x', REDIS_URL: 'redis://:secret@cache' }), {
    message: 'REDIS_URL and REDIS_URL_FILE must not both be set: remove one of them',
  })
})
