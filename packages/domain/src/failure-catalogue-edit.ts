import type { FailureEntry } from './failure-entry.ts';

/** Failures about changes by hand and about erasing people. */
export const editFailures = {
  bodyTooLarge: {
    kind: 'too-large',
    sentence: 'The body of the request is larger than {limit} bytes.',
    hint: 'Send less at once.',
    retry: false,
  },
  valueInvalid: {
    kind: 'invalid',
    sentence: 'The values cannot be taken: {problem}.',
    hint: 'Values follow the rules of files; /docs/issues explains each code.',
    retry: false,
  },
  valueTaken: {
    kind: 'conflict',
    sentence: 'The {field} cannot be taken: {problem}.',
    hint: 'Choose another value, or free this one first; inactive people hold none.',
    retry: false,
  },
  userManaged: {
    kind: 'conflict',
    sentence: 'The person belongs to the source `{source}`, whose files say what they are.',
    hint: 'Change the person where the files come from, or disable all feeds of the source first. Only `administrator` can be changed here.',
    retry: false,
  },
  groupManaged: {
    kind: 'conflict',
    sentence: 'The group belongs to the source `{source}`, whose files say what it is.',
    hint: 'Change the group where the files come from, or disable all feeds of the source first.',
    retry: false,
  },
  groupOfSource: {
    kind: 'conflict',
    sentence: 'The group was made by files of the source `{source}`; only a group that was made by hand can be removed.',
    hint: 'Take its people out of it where the files come from: a group without people does no harm. A revert of the job that made it removes it too.',
    retry: false,
  },
  groupInUse: {
    kind: 'conflict',
    sentence: 'The group cannot be removed: {problem}.',
    hint: 'Move the groups below it elsewhere, or have them moved up with `children=moveUp`; take people out where their files come from.',
    retry: false,
  },
  erasureUnconfirmed: {
    kind: 'invalid',
    sentence: 'Nobody was erased, since `confirm` does not name this person.',
    hint: 'Confirm with the external id of the person or, for one made by hand, with the id. What is erased cannot be brought back.',
    retry: false,
  },
  personInOpenJob: {
    kind: 'conflict',
    sentence: 'Nobody was erased, since the person stands in the file of the job {job}, which is {state}.',
    hint: 'Wait until the job has ended, or decide about it; then erase the person again.',
    retry: false,
  },
} as const satisfies Record<string, FailureEntry>;
