import { describe, expect, test } from '@jest/globals';
import { ConnectionGate, type GateRules, type Seat } from './connection-gate.ts';

const wide: GateRules = {
  maxConnections: 100,
  startups: { start: 100, rate: 100, full: 100 },
  perAddress: 100,
  perTenant: 100,
  isExempt: () => false,
};

function seatOf(gate: ConnectionGate): Seat {
  const seat = gate.arrive();
  if (typeof seat === 'string') throw new Error(seat);
  return seat;
}

describe('a connection', () => {
  test('finds no place when the door is full, and one again when somebody has left', () => {
    const gate = new ConnectionGate({ ...wide, maxConnections: 2 });
    const first = seatOf(gate);
    seatOf(gate).loggedIn('acme');
    expect(gate.arrive()).toBe('full');
    first.leave();
    first.leave();
    expect([first.from('192.0.2.1'), first.loggedIn('acme')]).toEqual([false, false]);
    expect(gate.counts).toEqual({ connections: 1, strangers: 0 });
    expect(gate.arrive()).not.toBe('full');
    expect(gate.arrive()).toBe('full');
  });

  test.each([
    [0.29, 'startups'],
    [0.3, 'let in'],
  ])('is dropped early by a chance of %f: %s', (chance, expected) => {
    const gate = new ConnectionGate({ ...wide, startups: { start: 1, rate: 30, full: 10 } }, () => chance);
    seatOf(gate);
    const seat = gate.arrive();
    expect(typeof seat === 'string' ? seat : 'let in').toBe(expected);
  });

  test('that has logged in is no stranger', () => {
    const gate = new ConnectionGate({ ...wide, startups: { start: 1, rate: 100, full: 1 } });
    const seat = seatOf(gate);
    expect(gate.arrive()).toBe('startups');
    seat.loggedIn('acme');
    expect(gate.arrive()).not.toBe('startups');
    seat.leave();
    expect(gate.counts).toEqual({ connections: 1, strangers: 1 });
  });

  test.each([
    ['192.0.2.1', '192.0.2.1', false],
    ['192.0.2.1', '::ffff:192.0.2.1', false],
    ['192.0.2.1', '192.0.2.2', true],
    ['2001:db8::1', '2001:db8::2', false],
    ['2001:db8::1', '2001:db8:0:1::1', true],
    ['127.0.0.1', '127.0.0.1', true],
  ])('from %s fills the place of one from %s; it is let in: %s', (one, other, letIn) => {
    const gate = new ConnectionGate({ ...wide, perAddress: 1, isExempt: (address) => address === '127.0.0.1' });
    const first = seatOf(gate);
    expect(first.from(one)).toBe(true);
    const second = seatOf(gate);
    expect(second.from(other)).toBe(letIn);
    second.leave();
    first.leave();
    expect(seatOf(gate).from(other)).toBe(true);
  });

  test('of a tenant that has too many is refused, and of another is not', () => {
    const gate = new ConnectionGate({ ...wide, perTenant: 1 });
    const first = seatOf(gate);
    expect([first.loggedIn('acme'), seatOf(gate).loggedIn('acme'), seatOf(gate).loggedIn('other')]).toEqual([true, false, true]);
    first.leave();
    expect(seatOf(gate).loggedIn('acme')).toBe(true);
  });
});
