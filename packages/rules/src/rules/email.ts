import { readEmailAddress } from '../email-address.ts';
import { valueRule } from '../value-rule.ts';

const phone = { phoneNumber: '+46701234567' };

/** Email is one address in its bare form. */
export const email = valueRule({
  name: 'email',
  code: 'validateThatEmailIsCorrect',
  field: 'email',
  reader: () => readEmailAddress,
  set: (draft, value) => void (draft.email = value),
  accepted: [
    { row: { email: 'Ada.Berg@Example.COM' }, gives: { email: 'Ada.Berg@example.com' } },
    { row: { email: "o'brien+hr@mail.example.co.uk" }, gives: { email: "o'brien+hr@mail.example.co.uk" } },
    { row: { email: 'åsa@bücher.example' }, gives: { email: 'åsa@xn--bcher-kva.example' } },
    { row: { ...phone, email: '' }, gives: { email: undefined } },
    { row: { ...phone, email: '#CLEAR' }, policy: { clearToken: '#CLEAR' }, gives: { email: null } },
  ],
  refused: [
    { row: { email: 'ada' }, column: 'email' },
    { row: { email: 'ada@example' }, column: 'email' },
    { row: { email: 'Ada Berg <ada@example.com>' }, column: 'email' },
    { row: { email: 'ada@example.com, bo@example.com' }, column: 'email' },
    { row: { email: 'mailto:ada@example.com' }, column: 'email' },
    { row: { email: '#CLEAR' }, column: 'email' },
  ],
});
