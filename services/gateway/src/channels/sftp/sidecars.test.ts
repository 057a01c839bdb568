import { describe, expect, test } from '@jest/globals';
import { uploadFolder } from '../../upload-folder.ts';
import type { UploadPlace } from './places.ts';
import { fileOfSidecar, readProof, sidecarOf } from './sidecars.ts';

const place = (name: string): UploadPlace => ({ kind: 'upload', folder: uploadFolder('/')!, name });
const [one, other] = ['ab'.repeat(32), 'cd'.repeat(32)];

test.each([
  ['done', 'a.csv.done', 'a.csv'],
  ['done', 'a.csv.sha256', null],
  ['done', '.done', null],
  ['sha256', 'a.csv.sha256', 'a.csv'],
] as const)('with %s, %s is the sidecar of %s', (kind, name, file) => {
  expect(fileOfSidecar(place(name), kind)?.name ?? null).toBe(file);
  expect(fileOfSidecar(place(name), 'none')).toBeNull();
  if (file !== null) expect(sidecarOf(place(file), kind).name).toBe(name);
});

describe('a checksum', () => {
  test.each([
    ['bare', one, one],
    ['in capitals, with a line end', `${one.toUpperCase()}\r\n`, one],
    ['of sha256sum', `${one}  a.csv\n`, one],
    ['of sha256sum, binary', `${one} *a.csv\n`, one],
    ['of another name alone', `${one}  /tmp/export\n`, one],
    ['in BSD form', `SHA256 (a.csv) = ${one}\n`, one],
    ['among others', `${other}  b.csv\n${one}  a.csv\n`, one],
  ])('%s is read', (_, text, sum) => {
    expect(readProof(Buffer.from(text), 'sha256', 'a.csv')).toEqual({ sha256: sum });
    expect(readProof(Buffer.from(`\uFEFF${text}`, 'utf16le'), 'sha256', 'a.csv')).toEqual({ sha256: sum });
  });

  test.each([
    ['empty', ''],
    ['too short', one.slice(1)],
    ['too long', `${one}a`],
    ['of SHA-512', one + other],
    ['of several others', `${other}  b.csv\n${one}  c.csv\n`],
  ])('%s is refused', (_, text) => {
    expect(() => readProof(Buffer.from(text), 'sha256', 'a.csv')).toThrow('no SHA-256');
  });
});
