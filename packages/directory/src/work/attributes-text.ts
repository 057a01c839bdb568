import type { UserRecord } from '@rosterport/domain';

/** What JSON may write otherwise than it is: its own signs, control characters and halves of characters. */
const unlikeJson = /["\\\p{Cc}\p{Cs}]/u;

/** The JSON of a row's attributes, and `null` where it has none. As `JSON.stringify` makes it, but sooner of what is mostly in it. */
export function attributesText(attributes: UserRecord['attributes']): string | null {
  let text = '';
  for (const name in attributes) {
    const value = attributes[name];
    const isPlain = typeof value === 'string' && !unlikeJson.test(value) && !unlikeJson.test(name);
    text += `${text === '' ? '' : ','}${isPlain ? `"${name}":"${value}"` : `${JSON.stringify(name)}:${JSON.stringify(value)}`}`;
  }
  return text === '' ? null : `{${text}}`;
}
