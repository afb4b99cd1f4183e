import { Type } from '@sinclair/typebox'
import t from 'tap'
import { withChecked } from '../../src/cli/check.js'
import { failInvalid } from '../../src/errors.js'

const SCHEMA = Type.Object({ name: Type.String() })

t.test('what a service refuses names the option; what fails for another reason says so itself', async (t) => {
  const refuse = () => failInvalid({ in: 'body', pointer: '/name', message: 'is taken' })
  await t.rejects(withChecked(SCHEMA, { name: 'acme' }, refuse), { message: '--name "acme" is taken.' })
  const fail = () => Promise.reject(new Error('The database is busy'))
  await t.rejects(withChecked(SCHEMA, { name: 'acme' }, fail), { message: 'The database is busy' })
  t.equal(await withChecked(SCHEMA, { name: 'acme' }, ({ name }) => Promise.resolve(name)), 'acme')
})
