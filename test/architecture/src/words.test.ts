import { describe, expect, test } from '@jest/globals';
import { files, textOf } from './repository.ts';

/** Something that no file may say. */
interface Rule {
  readonly what: string;
  readonly pattern: RegExp;
  /** Files in which it means something else, with the reason. */
  readonly except: Readonly<Record<string, string>>;
  readonly found: readonly string[];
  readonly passed: readonly string[];
}

/** Joins what a file may not hold in one piece, this one no more than others. */
const path = (...parts: readonly string[]): string => parts.join('/');
const host = (...parts: readonly string[]): string => parts.join('.');

const rules: readonly Rule[] = [
  {
    // What works on one machine only is not reproducible, and tells strangers about it.
    what: "a path of somebody's machine",
    pattern: /(?<![\w.~-])\/(?:work|root|Users|home\/[a-z][\w-]*)(?=\/[\w.])/,
    except: {},
    found: [path('see ', 'root', 'x'), path('"', 'home', 'ada', 'x"'), path('file:', '', '', 'Users', 'x', 'y'), path('(', 'work', 'a)')],
    passed: ['src/work/x', '/homes', './root/x', 'a/home/b/c', 'packages/x/work/y'],
  },
  {
    // Packages come from the registry of whoever installs.
    what: 'a registry or an address of a package in it',
    pattern: /\bregistry\.[a-z][\w-]*\.[a-z]+\b|^\s*(?:@[\w-]+:)?registry\s*=|\/-\/[\w.-]+\.tgz\b/i,
    except: {},
    found: [host('https://registry', 'example', 'org/a'), path('https://example.com/a', '-', 'a-1.0.0.tgz'), ['registry', 'https://example.com'].join('=')],
    passed: ['the registry of metrics', 'https://example.com/a.tgz', 'registry.add(x)'],
  },
  {
    // What is to be done stands in an issue, where somebody looks for it.
    what: 'something left to do',
    pattern: /\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/,
    except: {},
    found: [['// TO', 'DO: x'].join(''), ['FIX', 'ME'].join('')],
    passed: ['todos', 'fixme'],
  },
  {
    // A test that never runs is read as one that passes.
    what: 'a test that is passed over or left for later',
    pattern: /\b(?:test|it|describe)(?:\.(?:concurrent|failing))?\.(?:only|skip|todo)\b|(?<![\w.#])(?:xtest|xit|xdescribe|ftest|fit|fdescribe)\s*\(/,
    except: {
      'packages/sftp/src/openssh-client.test.ts': 'The OpenSSH client is not installed everywhere; the suite says so in its name.',
      'services/gateway/src/channels/sftp/open-ssh.test.ts': 'The same.',
      'services/gateway/src/channels/sftp/rekey.test.ts': 'The same, for the cases of that client.',
      'test/journeys/src/openssh.test.ts': 'The same.',
      'test/journeys/src/start.test.ts': 'The same, and curl too.',
    },
    found: [host('test', 'only('), host('describe', 'skip', 'each'), host('it', 'todo('), ['xit', '('].join(' ')],
    passed: ['options.only', 'skip(4)', 'fit', 'exit(1)', 'this.#fit(row)'],
  },
];

describe.each(rules)('$what', ({ pattern, except, found, passed }) => {
  test('stands in no file', () => {
    expect(files.length).toBeGreaterThan(200);
    const places = files.filter((file) => except[file] === undefined).flatMap((file) => placesOf(file, pattern));
    expect(places).toEqual([]);
  });

  test('is excepted only where it stands', () => {
    expect(Object.keys(except).filter((file) => placesOf(file, pattern).length === 0)).toEqual([]);
  });

  test('is found, and nothing else', () => {
    expect(found.filter((text) => !pattern.test(text))).toEqual([]);
    expect(passed.filter((text) => pattern.test(text))).toEqual([]);
  });
});

// A lockfile names packages by version and checksum; an address in it would bind everybody to one mirror.
test('the lockfile holds no address', () => {
  const lock = textOf('pnpm-lock.yaml') ?? '';
  expect(lock).toContain('resolution: {integrity: sha512-');
  expect(lock.split('\n').filter((line) => /\btarball:|\b(?:https?|git|ssh):\/\/|resolution: \{(?!integrity: sha512-[\w+/=]+\}$)/.test(line))).toEqual([]);
});

/** `file:line text` for each line of a text file that fits. */
function placesOf(file: string, pattern: RegExp): string[] {
  const lines = textOf(file)?.split('\n') ?? [];
  return lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : []));
}
