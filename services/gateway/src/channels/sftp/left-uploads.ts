import type { PartialDetails, PartialNote, Staging } from '@rosterport/staging';
import type { CredentialId } from '@rosterport/domain';
import { uploadFolder } from '../../upload-folder.ts';
import type { HeldUpload } from './held-upload.ts';
import { keyOf, type UploadPlace } from './places.ts';

/** An upload whose bytes lie on disk and that no session writes: it broke off, or it waits for its real name or its proof. */
export interface LeftUpload {
  readonly place: UploadPlace;
  readonly note: PartialNote;
  /** Seconds since 1970: what the client told, else when it was left. */
  readonly modified: number;
}

/** The uploads that one credential has left, by any session and any process. */
export interface LeftUploads {
  /** In the order in which they were left. */
  all(): readonly LeftUpload[];
  /** The last of that place. */
  find(place: UploadPlace): LeftUpload | undefined;
  /** Gives it another place, or another time. */
  amend(left: LeftUpload, changes: { readonly place?: UploadPlace; readonly modified?: number }): Promise<void>;
  /** Removes all that was left in that place. */
  drop(place: UploadPlace): Promise<void>;
}

/** Looks at the staging area for one credential. */
export function leftUploads(staging: Staging, credentialId: CredentialId): LeftUploads {
  const all = (): readonly LeftUpload[] => staging.partials(credentialId).flatMap(leftUpload);
  const at = (place: UploadPlace): readonly LeftUpload[] => all().filter((left) => keyOf(left.place) === keyOf(place));
  return {
    all,
    find: (place) => at(place).at(-1),
    amend({ note, place }, changes) {
      const { jobId, tenantId, feedId, credentialId, size, isClosed, receivedAt } = note;
      const named = changes.place ?? place;
      const modifiedAt = changes.modified === undefined ? note.modifiedAt : momentOf(changes.modified);
      const same = { tenantId, feedId, credentialId, size, isClosed, receivedAt };
      return staging.amendPartial(jobId, { ...same, folder: named.folder.path, fileName: named.name, modifiedAt });
    },
    async drop(place) {
      for (const { note } of at(place)) await staging.dropPartial(note.jobId);
    },
  };
}

/** What is noted of an upload that is about to be left: what lies behind a gap does not count. */
export function noteOf(held: HeldUpload, isClosed: boolean): PartialDetails {
  const { place, modified, isTimeTold, incoming, sender, written } = held;
  return {
    ...sender,
    folder: place.folder.path,
    fileName: place.name,
    size: written.whole(),
    isClosed,
    modifiedAt: isTimeTold ? momentOf(modified) : null,
    receivedAt: incoming.receivedAt,
  };
}

/** None for a note whose folder this version does not have. */
function leftUpload(note: PartialNote): readonly LeftUpload[] {
  const folder = uploadFolder(note.folder);
  if (folder === null) return [];
  const modified = Math.floor(Date.parse(note.modifiedAt ?? note.leftAt) / 1000);
  return [{ place: { kind: 'upload', folder, name: note.fileName }, note, modified }];
}

function momentOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
