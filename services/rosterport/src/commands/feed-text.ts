import type { Feed } from '@rosterport/access';
import { pen } from '@rosterport/reports';
import { counted } from './counted.ts';
import { guardsText } from './feed-options.ts';

/** All settings of a feed for people, each as the option that would make it so. */
export function feedText({ name, source, mode, enabled, matchesByEmail, policy }: Feed): string {
  const { schedule = 'no', timeZone, graceMinutes } = policy.expected ?? {};
  const expected = timeZone === undefined ? schedule : `${schedule} (${timeZone}, ${counted(graceMinutes ?? 0, 'minute')})`;
  const state = enabled ? 'enabled' : 'disabled';
  const lines: readonly (readonly [string, string])[] = [
    ['feed', name],
    ['source', source],
    ['state', matchesByEmail ? `${state}; its next file finds people by their e-mail first` : state],
    ['mode', mode],
    ['unknown-group', policy.unknownGroup],
    ['unknown-attribute', policy.unknownAttribute],
    ['row-error', policy.rowError],
    ['clear-token', policy.clearToken ?? 'no'],
    ['later-files', policy.laterFiles],
    ['same-name', policy.sameName],
    ['sidecar', policy.sidecar],
    ['close-waits', String(policy.closeWaits)],
    ['expect', expected],
    ['email-language', policy.emailLanguage],
    ...guardsText(policy.guards).map((guard) => ['guard', guard] as const),
  ];
  return lines.map(([label, value]) => pen(false)(`${label.padEnd(18)}${value}`)).join('');
}
