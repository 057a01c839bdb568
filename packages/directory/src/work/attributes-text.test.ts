import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attributesText } from './attributes-text.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\0', '\x1f', '\x7f', '\ud800', '\udc00', '🙂', '\u2028', 'ö', 'a', '7'), maxLength: 6 }),
  fc.constantFrom('__proto__', 'constructor', 'City', '12', '0'),
);

test('is the JSON of the attributes, whatever their names and values are', () => {
  const prototype: object = Object.freeze(Object.create(null) as object);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.option(text)), { maxLength: 5 }), (entries) => {
      const attributes = Object.create(prototype) as Record<string, string | null>;
      for (const [name, value] of entries) attributes[name] = value;
      expect(attributesText(attributes)).toBe(entries.length === 0 ? null : JSON.stringify(attributes));
    }),
  );
});
