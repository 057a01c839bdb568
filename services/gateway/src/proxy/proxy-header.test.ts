import { describe, expect, test } from '@jest/globals';
import { ownProxyHeader, readProxyHeader } from './proxy-header.ts';

/** Bytes as the specification lays them out, section 2.2; written here by hand and not by any code of ours. */
const signature = '0d0a0d0a000d0a515549540a';
const tcp4 = `${signature}2111000c` + 'c6336401' + 'c0000201' + 'ddd5' + '08ae';
const tcp6 = `${signature}21210024` + '20010db8000000000000000000000001' + '20010db8000000000000000000000002' + 'ddd5' + '08ae';

test('the header of a connection of its own is the one of the specification', () => {
  expect(Buffer.from(ownProxyHeader).toString('hex')).toBe(`${signature}20000000`);
});

describe('a header of version 2', () => {
  test.each([
    ['over IPv4', tcp4, 28, '198.51.100.1'],
    ['over IPv6', tcp6, 52, '2001:db8::1'],
    ['over IPv6 with a mapped IPv4', tcp6.replace('20010db8000000000000000000000001', '00000000000000000000ffffc6336401'), 52, '198.51.100.1'],
    ['with extras', `${tcp4.replace('2111000c', '21110013')}04000401020304`, 35, '198.51.100.1'],
    ['of the proxy itself', `${signature}20000000`, 16, null],
    ['of the proxy itself, with addresses', tcp4.replace('2111000c', '2011000c'), 28, null],
    ['of no stated family', `${signature}21000000`, 16, null],
    ['over a UNIX socket', `${signature}213100d8${'00'.repeat(216)}`, 232, null],
    ['with what the client says behind it', `${tcp4}5353482d`, 28, '198.51.100.1'],
  ])('%s is read', (_story, hex, length, address) => {
    expect(readProxyHeader(Buffer.from(hex, 'hex'))).toEqual({ kind: 'whole', length, address });
  });

  test.each([tcp4, tcp6])('is unfinished as long as a byte is missing', (hex) => {
    const bytes = Buffer.from(hex, 'hex');
    for (let length = 0; length < bytes.length; length += 1) {
      expect([length, readProxyHeader(bytes.subarray(0, length)).kind]).toEqual([length, 'unfinished']);
    }
  });

  test.each([
    ['another version', tcp4.replace('2111000c', '1111000c')],
    ['another command', tcp4.replace('2111000c', '2211000c')],
    ['another family', tcp4.replace('2111000c', '2141000c')],
    ['a datagram', tcp4.replace('2111000c', '2112000c')],
    ['no room for its addresses', `${signature}21110008c6336401c0000201`],
    ['a length beyond the bound', `${signature}21111001`],
    ['version 1', Buffer.from('PROXY TCP4 198.51.100.1 192.0.2.1 56789 2222\r\n').toString('hex')],
    ['none, but SSH', Buffer.from('SSH-2.0-x\r\n').toString('hex')],
    ['one wrong byte of the signature', '0d0a0d0a000d0a515549540b'],
  ])('with %s is wrong', (_story, hex) => {
    expect(readProxyHeader(Buffer.from(hex, 'hex'))).toEqual({ kind: 'wrong' });
  });
});
