import { Failure } from '@rosterport/domain';
import { MIMEType } from 'node:util';

/** Where the name of a file that is the whole body may stand. */
interface NamePlaces {
  /** `?fileName=` */
  readonly query: string | undefined;
  /** The header `Content-Disposition`. */
  readonly disposition: string | undefined;
}

/**
 * The name that the sender gave: in the query, else in `Content-Disposition` (RFC 6266), where `filename*` goes before
 * `filename`. Fails with `requestInvalid` when there is none.
 */
export function sentFileName({ query, disposition }: NamePlaces): string {
  const name = query ?? (disposition === undefined ? null : nameIn(disposition));
  if (name !== null && name !== '') return name;
  const problem = 'the file has no name; give it as `?fileName=` or in `Content-Disposition`';
  throw new Failure('requestInvalid', { values: { problem } });
}

function nameIn(disposition: string): string | null {
  const parameters = parametersOf(disposition);
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(parameters?.get('filename*') ?? '')?.[1];
  return (encoded === undefined ? null : decoded(encoded)) ?? asUtf8(parameters?.get('filename') ?? null);
}

/** The header has the syntax of a media type but for its first word. */
function parametersOf(disposition: string): MIMEType['params'] | null {
  try {
    return new MIMEType(`x/${disposition}`).params;
  } catch {
    return null;
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Node reads headers as ISO 8859-1, and most clients write UTF-8 into them. */
function asUtf8(text: string | null): string | null {
  if (text === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}
