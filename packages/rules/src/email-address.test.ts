import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEmailAddress } from './email-address.ts';

const label63 = 'b'.repeat(63);
const character = fc.constantFrom(...Array.from("ab09AZ.-_+'@@% xn"));

describe('addresses that are understood', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['Ada.Berg@EXAMPLE.Com', 'Ada.Berg@example.com'],
    ["!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"],
    ['1@2.3com', '1@2.3com'],
    ['a@b-c.d0.example', 'a@b-c.d0.example'],
    ['用户@例子.广告', '用户@xn--fsqu00a.xn--4rr70v'],
    ['åsa@Bücher.example', 'åsa@xn--bcher-kva.example'],
    ['a@XN--BCHER-KVA.example', 'a@xn--bcher-kva.example'],
    ['a@b。com', 'a@b.com'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    [`a@${label63}.com`, `a@${label63}.com`],
  ])('%s', (text, value) => {
    expect(readEmailAddress(text)).toEqual({ ok: true, value });
  });
});

describe('addresses that are refused', () => {
  test.each([
    ['ada', 'an @ is missing'],
    ['@', 'letters, digits and single dots before the @'],
    ['@example.com', 'letters, digits and single dots before the @'],
    ['ada@', 'a domain such as example.com after the @'],
    ['ada@example', 'a domain such as example.com after the @'],
    ['ada@@example.com', 'one address only'],
    ['a@example.com;b@example.com', 'one address only'],
    ['Ada <ada@example.com>', 'letters, digits and single dots before the @'],
    ['"ada berg"@example.com', 'letters, digits and single dots before the @'],
    ['mailto:ada@example.com', 'letters, digits and single dots before the @'],
    ['.ada@example.com', 'letters, digits and single dots before the @'],
    ['ada.@example.com', 'letters, digits and single dots before the @'],
    ['a..da@example.com', 'letters, digits and single dots before the @'],
    ['a\u200Bda@example.com', 'letters, digits and single dots before the @'],
    ['ada berg@example.com', 'letters, digits and single dots before the @'],
    ['ada@exam ple.com', 'a domain such as example.com after the @'],
    ['ada@example.com.', 'a domain such as example.com after the @'],
    ['ada@.example.com', 'a domain such as example.com after the @'],
    ['ada@example..com', 'a domain such as example.com after the @'],
    ['ada@-example.com', 'a domain such as example.com after the @'],
    ['ada@example-.com', 'a domain such as example.com after the @'],
    ['ada@exa_mple.com', 'a domain such as example.com after the @'],
    ['ada@192.168.0.1', 'a domain such as example.com after the @'],
    ['ada@[192.168.0.1]', 'a domain such as example.com after the @'],
    ['ada@ex%41mple.com', 'a domain such as example.com after the @'],
    ['ada@xn--a.com', 'a domain such as example.com after the @'],
    [`a@${label63}b.com`, 'a domain such as example.com after the @'],
    [`${'a'.repeat(65)}@example.com`, 'at most 64 bytes before the @'],
    [`${'å'.repeat(33)}@example.com`, 'at most 64 bytes before the @'],
    [`${'a'.repeat(60)}@${label63}.${label63}.${label63}.com`, 'at most 254 bytes'],
  ])('%s', (text, expected) => {
    expect(readEmailAddress(text)).toEqual({ ok: false, expected });
  });
});

test('an address is understood the same with its domain in capitals, which are looked at closer', () => {
  const domain = fc.constantFrom('@example.com', '@a-b.co.uk', '@a--b.com', '@xn--a.com', '@1.2', '@a.b', '@-a.com', '');
  fc.assert(
    fc.property(fc.tuple(fc.string({ unit: character, maxLength: 70 }), domain), ([start, end]) => {
      const [local, ...rest] = (start + end).split('@');
      const address = (domain: string): string => [local, domain].join('@');
      expect(readEmailAddress(address(rest.join('@').toLowerCase()))).toEqual(readEmailAddress(address(rest.join('@').toUpperCase())));
    }),
    { numRuns: 2_000, seed: 1 },
  );
});
