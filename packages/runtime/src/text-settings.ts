import { resolve } from 'node:path';
import { noNetworks, readNetworks, type Networks } from './networks.ts';
import { Secret } from './secret.ts';
import { expected, read, type Setting, type SettingDetails } from './setting.ts';

/** Any text, without the spaces around it. */
export function text(details: SettingDetails): Setting<string> {
  return { ...details, quiet: false, read: (raw) => read(raw.trim()) };
}

/** A path of the file system, made absolute against the working folder of the process. */
export function path(details: SettingDetails): Setting<string> {
  return {
    ...details,
    quiet: false,
    read: (raw) => (raw.includes('\0') ? expected('a path without NUL characters') : read(resolve(raw))),
  };
}

/** A URL with one of the schemes (`https:` and the like). Problems never repeat it, since it may hold a password. */
export function url(details: SettingDetails & { readonly schemes: readonly string[] }): Setting<string> {
  const what = `a URL that begins with ${details.schemes.map((scheme) => `${scheme}//`).join(' or ')}`;
  return {
    ...details,
    quiet: true,
    read: (raw) => {
      const trimmed = raw.trim();
      return URL.canParse(trimmed) && details.schemes.includes(new URL(trimmed).protocol) ? read(trimmed) : expected(what);
    },
  };
}

/** A secret of at least `minimum` characters (1 unless told); it is taken as it stands, spaces and all. */
export function secret(details: SettingDetails & { readonly minimum?: number }): Setting<Secret> {
  const minimum = details.minimum ?? 1;
  return {
    ...details,
    quiet: true,
    read: (raw) => (raw.length >= minimum ? read(new Secret(raw)) : expected(`at least ${minimum} characters long`)),
  };
}

/** One of the given words. */
export function choice<const Word extends string>(
  details: SettingDetails & { readonly words: readonly Word[] },
): Setting<Word> {
  return {
    ...details,
    quiet: false,
    read: (raw) => {
      const word = details.words.find((one) => one === raw.trim());
      return word === undefined ? expected(`one of ${details.words.join(', ')}`) : read(word);
    },
  };
}

const flags: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

/** Yes or no: `true`, `yes`, `1` or `false`, `no`, `0`, in any case. */
export function flag(details: SettingDetails): Setting<boolean> {
  return {
    ...details,
    quiet: false,
    read: (raw) => {
      const key = raw.trim().toLowerCase();
      const value = Object.hasOwn(flags, key) ? flags[key] : undefined;
      return value === undefined ? expected('true or false') : read(value);
    },
  };
}

/** Networks with commas between, such as `10.0.0.0/8, 2001:db8::/32, 192.0.2.7`; `none` where a default shall not hold either. */
export function networks(details: SettingDetails): Setting<Networks> {
  return {
    ...details,
    quiet: false,
    absent: { value: noNetworks },
    read: (raw) => {
      if (raw.trim().toLowerCase() === 'none') return read(noNetworks);
      const reading = readNetworks(raw.split(',').map((part) => part.trim()).filter((part) => part !== ''));
      return reading.ok ? read(reading.networks) : expected('IP networks with commas between, such as 10.0.0.0/8, 192.0.2.7');
    },
  };
}
