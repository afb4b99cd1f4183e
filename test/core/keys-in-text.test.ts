import t from 'tap'
import { KEYS_IN_TEXT } from '../../src/core/keys-in-text.js'

t.test('keys are found in texts wherever they stand, encoded or not, and other words are left', async (t) => {
  for (const [text, shown] of [
    ['no rk_full_a1B2: rk_cb_c3D4.', 'no *: *.'],
    ['https://a.example/api/exotel/rk_cb_a1B2/popup', 'https://a.example/api/exotel/*/popup'],
    ['https%3A%2F%2Fa.example%2Frk_cb_a1B2%2Fpopup', 'https%3A%2F%2Fa.example%2F*%2Fpopup'],
    ['a.example%252frk_cb_a1B2%252fpopup', 'a.example%252f*%252fpopup'],
    ['bark_ab_cd is a word', 'bark_ab_cd is a word'],
  ] as const)
    t.equal(text.replace(KEYS_IN_TEXT, '*'), shown)
})
