import type { Login } from './client.ts';

/** Options with which PuTTY's programs log in without questions. */
export function puttyOptions({ port, password, key, hostKeys }: Login): readonly string[] {
  const by = key === null ? ['-pw', password] : ['-i', `${key}.ppk`];
  return ['-batch', ...by, ...hostKeys.flatMap((fingerprint) => ['-hostkey', fingerprint]), '-P', String(port)];
}
