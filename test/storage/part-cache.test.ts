import t from 'tap'
import { Groups, KeptGroups } from '../../src/core/analytics/groups.js'
import { PartCache } from '../../src/storage/sql/read/question-parts.js'

function part(groups: number) {
  const all = new Groups([])
  for (let n = 0; n < groups; n++) all.place([`number ${String(n)}`])
  return { at: 1, now: 0, part: { groups: new KeptGroups(all, []), peaks: null, rightUntil: Infinity } }
}

t.test('parts with many groups push out none with few, and those with very many are not kept', async (t) => {
  const cache = new PartCache(1024 * 1024)
  const small = part(10)
  cache.set('small', small)
  for (let n = 0; n < 20; n++) cache.set(`large ${String(n)}`, part(2000))
  cache.set('huge', part(60_000))
  t.equal(cache.get('small'), small)
  t.equal(cache.get('large 0'), undefined, 'the ones used least recently make room')
  t.ok(cache.get('large 19'))
  t.equal(cache.get('huge'), undefined)
})
