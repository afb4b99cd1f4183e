import t from 'tap'
import { closest, KnownNames, suggestion } from '../../src/http/spelling.js'

const KNOWN = [
  'callSid',
  'callId',
  'callState',
  'callDuration',
  'callEndedTime',
  'callEnded',
  'connected',
  'dialing',
  'name',
]
const names = new KnownNames(KNOWN)

t.test('case and separators apart, and one letter in five, a name is a slip of the known one', async (t) => {
  for (const [written, meant] of Object.entries({
    callsid: 'callSid',
    call_sid: 'callSid',
    'Call-SID': 'callSid',
    callSd: 'callSid',
    callended: 'callEnded',
    callEndTime: 'callEndedTime',
    CONNECTED: 'connected',
    conected: 'connected',
    conencted: 'connected',
    dialling: 'dialing',
    dailing: 'dialing',
    calDuratin: 'callDuration',
    Name: 'name',
  })) {
    t.equal(names.meantBy(written), meant, written)
  }
})

t.test('a name that somebody may have chosen is no slip', async (t) => {
  for (const written of [
    'callDate',
    'callSite',
    'callerId',
    'talkDuration',
    'disconnected',
    'reconnected',
    'callSid2',
    'callSids',
    'nam',
    'game',
    'customer',
    '__',
    'x'.repeat(65),
  ]) {
    t.equal(names.meantBy(written), undefined, written)
  }
  for (const known of KNOWN) t.ok(names.has(known))
  t.notOk(names.has('callsid'))
})

t.test(
  'for a name that is refused anyway, the closest of the known ones within a third of its letters is suggested',
  async (t) => {
    const parameters = ['startDate', 'endDate', 'pageSize', 'X-API-Key']
    for (const [written, meant] of Object.entries({
      startdate: 'startDate',
      start_date: 'startDate',
      strtDte: 'startDate',
      per_page: undefined,
      size: undefined,
      apiKey: 'X-API-Key',
    })) {
      t.equal(closest(written, parameters), meant, written)
    }
    t.equal(closest('x'.repeat(65), ['x'.repeat(65)]), undefined)
    t.equal(closest('a', []), undefined)
    t.equal(suggestion('endate', parameters, ''), ': did you mean endDate?')
    t.equal(suggestion('until', parameters, ', which takes others'), ', which takes others')
  },
)

t.test('a name is judged alike however many others were judged in between', async (t) => {
  const judged = new Set<string | undefined>()
  for (let other = 0; other < 2500; other++) {
    judged.add(names.meantBy('callsid'))
    judged.add(names.meantBy(`other${String(other)}`))
  }
  t.strictSame([...judged], ['callSid', undefined])
})
