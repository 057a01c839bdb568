import { describe, expect, test } from '@jest/globals';
import { attributeProblem, type AttributeDefinition } from './attribute-definition.ts';
import { attributeReader } from './attribute-value.ts';
import { nearestOption } from './nearest-option.ts';

const text: AttributeDefinition = { name: 'City', type: 'text', options: [], required: false };
const list: AttributeDefinition = { name: 'City', type: 'list', options: ['Lund', 'Malmö'], required: false };

describe('a number', () => {
  const read = attributeReader({ ...text, type: 'number' });

  test.each([
    ['7', '7'],
    ['007', '7'],
    ['+7', '7'],
    ['-0,50', '-0.5'],
    ['-0', '0'],
    ['1234.50', '1234.5'],
    ['1234,567', '1234.567'],
    ['0,125', '0.125'],
    ['1.234', '1.234'],
    ['12345678901234567890.5', '12345678901234567890.5'],
  ])('%s is %s', (given, value) => expect(read(given)).toEqual({ ok: true, value }));

  test.each(['', 'seven', '1 234', '1.234,5', '1e3', '.5', '5.', '0x10', '−5', '1,234', '١٢'])('%s is refused', (given) =>
    expect(read(given)).toMatchObject({ ok: false }),
  );

  test('what may mean two numbers is told as both', () => {
    expect(read('1,234')).toEqual({ ok: false, expected: 'it must be 1.234 or 1234, which a comma does not tell' });
  });

  test.each(['1234.5', '-0.5', '0', '1.234'])('%s stays as it is when it is read again', (given) =>
    expect(read(given)).toEqual({ ok: true, value: given }),
  );
});

describe('a date', () => {
  const read = attributeReader({ ...text, type: 'date' });

  test.each([
    ['2026-01-31', '2026-01-31'],
    ['2024-02-29', '2024-02-29'],
    ['2026-01-31T00:00:00', '2026-01-31'],
  ])('%s is %s', (given, value) => expect(read(given)).toEqual({ ok: true, value }));

  test.each(['2026-02-29', '2026-02-30', '31.01.2026', '1/31/2026', '2026-1-31', '2026-01-31T08:00:00', '46053', 'today'])(
    '%s is refused',
    (given) => expect(read(given)).toEqual({ ok: false, expected: 'it must be a day such as 2026-01-31' }),
  );
});

describe('one of a list', () => {
  const read = attributeReader(list);

  test.each([
    ['Lund', { ok: true, value: 'Lund' }],
    ['lund', { ok: false, expected: 'it must be Lund, if that is meant' }],
    ['Malmo', { ok: false, expected: 'it must be Malmö, if that is meant' }],
    ['Oslo', { ok: false, expected: 'it must be one of Lund, Malmö' }],
  ])('%s', (given, reading) => expect(read(given)).toEqual(reading));

  test('passes what could be a new option where those are welcome', () => {
    const open = attributeReader(list, { newOptions: true });
    expect(open('Oslo')).toEqual({ ok: true, value: 'Oslo' });
    expect(open('x'.repeat(201))).toMatchObject({ ok: false });
  });

  test('names the first of many', () => {
    const many = attributeReader({ type: 'list', options: Array.from({ length: 12 }, (_, index) => `Option ${index}00`) });
    expect(many('Lund')).toMatchObject({ expected: expect.stringMatching(/Option 900 or 2 others$/) });
    const eleven = attributeReader({ type: 'list', options: Array.from({ length: 11 }, (_, index) => `Option ${index}00`) });
    expect(eleven('Lund')).toMatchObject({ expected: expect.stringMatching(/Option 900 or 1 other$/) });
  });
});

test.each([
  ['LUND', 'Lund'],
  ['Lunds', 'Lund'],
  ['und', 'Lund'],
  ['Lynd', 'Lund'],
  ['Nul', null],
  ['', null],
])('near to %s is %s', (given, option) => expect(nearestOption(given, ['Lund', 'A1'])).toBe(option));

test.each<[Partial<AttributeDefinition>, string | null]>([
  [{}, null],
  [{ name: '__proto__' }, null],
  [{ name: '' }, 'its name is empty'],
  [{ name: ' City' }, 'its name has space around it, or is not in Unicode NFC'],
  [{ name: 'Ci\u200Bty' }, 'its name holds a character that cannot be seen'],
  [{ name: 'x'.repeat(201) }, 'its name is longer than 200 characters'],
  [{ name: 'first name' }, 'its name is that of the column FirstName'],
  [{ options: ['Lund'] }, 'only a list has options'],
  [{ type: 'list' }, 'a list needs at least one option'],
  [{ type: 'list', options: ['Lund', 'Lund'] }, 'one of its options stands there twice'],
  [{ type: 'list', options: ['Lund', ''] }, 'one of its options is empty'],
  [{ type: 'list', options: Array.from({ length: 1001 }, (_, index) => `${index}`) }, 'a list has at most 1000 options'],
  [{ name: '', options: ['Lund'] }, 'its name is empty; only a list has options'],
  [{ type: 'list', options: ['Lund', 'Lund', ''] }, 'one of its options stands there twice; one of its options is empty'],
])('the definition %j: %s', (parts, problem) => expect(attributeProblem({ ...text, ...parts })).toBe(problem));
