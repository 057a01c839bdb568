declare const brand: unique symbol;

/** A string that stands for one kind of thing and cannot be passed where another kind is wanted. */
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** UUID of one customer company. */
export type TenantId = Branded<'TenantId'>;
/** UUID of one origin of data within a tenant. */
export type SourceId = Branded<'SourceId'>;
/** UUID of a stream of files of one source with one policy. */
export type FeedId = Branded<'FeedId'>;
/** UUID of what a sender proves itself with. */
export type CredentialId = Branded<'CredentialId'>;
/** UUID of a job; given when the upload begins, so that the staged file and the job bear the same one. */
export type JobId = Branded<'JobId'>;

/** Any of the branded ids. */
export type AnyId = TenantId | SourceId | FeedId | CredentialId | JobId;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True when the text is a UUID in lower case (RFC 9562, section 4), the only form in which ids travel. */
export function isId(text: string): boolean {
  return uuid.test(text);
}
