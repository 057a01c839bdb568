import { describe, expect, test } from '@jest/globals';
import { canonicalAddress, sourceOf } from './network-address.ts';
import { readNetworks } from './networks.ts';

describe('networks', () => {
  test.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['2001:db8::/32', '2001:db8:1::5', true],
    ['2001:db8::/32', '2001:DB8:0::5', true],
    ['2001:db8::/32', '2001:db9::5', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.7', 'no address', false],
  ])('%s holds %s: %s', (network, address, expected) => {
    const reading = readNetworks([network]);
    expect(reading.ok && reading.networks.has(address)).toBe(expected);
  });

  test.each(['', '10.0.0.1/8', '10.0.0.0/33', '10.0.0/8', '2001:db8::1/32', '::/129', '10.0.0.0/8/8', 'all', '::ffff:10.0.0.0/104', 'fe80::1%eth0', '10.0.0.0/-1'])(
    '%j is none',
    (text) => {
      expect(readNetworks(['::1', text])).toEqual({ ok: false, wrong: text });
    },
  );
});

test.each([
  ['192.0.2.1', '192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1', '192.0.2.1'],
  ['::FFFF:C000:0201', '192.0.2.1', '192.0.2.1'],
  ['2001:0DB8:0:0:1:0:0:9', '2001:db8::1:0:0:9', '2001:db8::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80::1', 'fe80::/64'],
  ['::1', '::1', '::/64'],
  ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304', '1:2:3:4::/64'],
])('the address %s is %s and counts as %s', (text, canonical, source) => {
  expect([canonicalAddress(text), sourceOf(text)]).toEqual([canonical, source]);
});

test('a text that is no address has no form', () => {
  expect([canonicalAddress('nobody'), sourceOf('nobody')]).toEqual([null, 'nobody']);
});
