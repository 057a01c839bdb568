import type { DoorkeeperOptions, SftpLimits, Startups } from '@rosterport/gateway';
import { bytes, count, duration, networks, optional, type Networks, type Setting, type SettingFields } from '@rosterport/runtime';

/** What the doors ask of clients. Times are in milliseconds. */
export interface DoorSettings {
  readonly allowNetworks: Networks;
  readonly denyNetworks: Networks;
  readonly proxyNetworks: Networks;
  readonly exemptNetworks: Networks;
  readonly banPoints: number;
  readonly banTime: number;
  readonly longestBan: number;
  /** `null` for any number. */
  readonly dailyBytes: number | null;
  /** `null` for any number. */
  readonly dailyFiles: number | null;
  readonly maxConnections: number;
  readonly maxStartups: Startups;
  readonly connectionsPerAddress: number;
  readonly connectionsPerTenant: number;
  readonly sessionsPerConnection: number;
  readonly channelOpensPerMinute: number;
  readonly handlesPerSession: number;
  readonly sessionMemory: number;
  readonly transferMemory: number;
  readonly loginGrace: number;
  readonly loginTries: number;
  readonly loginKeys: number;
  readonly idle: number;
  readonly stall: number;
  readonly slowestUpload: number;
  readonly rekeyBytes: number;
  readonly rekeyTime: number;
}

/** A moment that never comes is no limit; timers of Node hold 24 days. */
const time = { minimum: 100, maximum: 20 * 86_400_000 } as const;

const some = { minimum: 1, maximum: 1_000_000 } as const;

/** The settings in the order in which they are shown. */
export const doorSettingFields: SettingFields<DoorSettings> = {
  allowNetworks: networks({
    name: 'ROSTERPORT_ALLOW_NETWORKS',
    doc: 'Networks from which alone, beside the machine itself, SFTP and HTTPS take anybody, such as 10.0.0.0/8, 2001:db8::/32. All when it is empty.',
  }),
  denyNetworks: networks({
    name: 'ROSTERPORT_DENY_NETWORKS',
    doc: 'Networks from which SFTP and HTTPS take nobody, also within the allowed ones.',
  }),
  proxyNetworks: networks({
    name: 'ROSTERPORT_PROXY_NETWORKS',
    doc: 'Proxies in front of SFTP and HTTPS. Each connection from them must begin with a PROXY protocol header of version 2.',
  }),
  exemptNetworks: networks({
    name: 'ROSTERPORT_EXEMPT_NETWORKS',
    doc: 'Networks that are never banned and whose connections are not counted by address; none for no network at all.',
    default: '127.0.0.0/8, ::1',
  }),
  banPoints: count({
    name: 'ROSTERPORT_BAN_POINTS',
    doc: 'Points for offences at which an address is banned; one is forgotten each second. A wrong token costs 10.',
    default: '120',
    ...some,
  }),
  banTime: duration({
    name: 'ROSTERPORT_BAN_TIME',
    doc: 'How long the first ban of an address lasts. Each further one within a day lasts twice as long.',
    default: '10min',
    ...time,
  }),
  longestBan: duration({ name: 'ROSTERPORT_LONGEST_BAN', doc: 'How long a ban lasts at most.', default: '1d', ...time }),
  dailyBytes: optional(
    bytes({ name: 'ROSTERPORT_DAILY_BYTES', doc: 'What a tenant may send in a day of UTC unless the tenant has a quota of its own. Any amount when it is empty.' }),
  ),
  dailyFiles: optional(
    count({ name: 'ROSTERPORT_DAILY_FILES', doc: 'How many files a tenant may send in a day of UTC unless it has a quota of its own. Any number when it is empty.' }),
  ),
  maxConnections: count({ name: 'ROSTERPORT_MAX_CONNECTIONS', doc: 'SFTP connections that may be open at once.', default: '4000', ...some }),
  maxStartups: startups({
    name: 'ROSTERPORT_MAX_STARTUPS',
    doc: 'SFTP connections before their login, start:rate:full. From start on, rate percent of new ones are dropped, and all at full.',
    default: '64:30:200',
  }),
  connectionsPerAddress: count({ name: 'ROSTERPORT_CONNECTIONS_PER_ADDRESS', doc: 'SFTP connections from one address; IPv6 addresses are counted by their /64 network.', default: '100', ...some }),
  connectionsPerTenant: count({ name: 'ROSTERPORT_CONNECTIONS_PER_TENANT', doc: 'SFTP connections of one tenant.', default: '200', ...some }),
  sessionsPerConnection: count({ name: 'ROSTERPORT_SESSIONS_PER_CONNECTION', doc: 'Sessions at once on one SFTP connection.', default: '10', ...some }),
  channelOpensPerMinute: count({ name: 'ROSTERPORT_CHANNEL_OPENS_PER_MINUTE', doc: 'Channels that a connection may ask for in a minute, granted or not, before it is cut.', default: '300', ...some }),
  handlesPerSession: count({ name: 'ROSTERPORT_HANDLES_PER_SESSION', doc: 'Files and folders open at once in one SFTP session.', default: '128', ...some }),
  sessionMemory: bytes({ name: 'ROSTERPORT_SESSION_MEMORY', doc: 'Bytes of transfers in hand of one SFTP session, above which no more is read from it.', default: '2MiB', minimum: 262_144 }),
  transferMemory: bytes({ name: 'ROSTERPORT_TRANSFER_MEMORY', doc: 'Bytes of transfers in hand of all SFTP sessions together, above which they wait.', default: '256MiB', minimum: 1_048_576 }),
  loginGrace: duration({ name: 'ROSTERPORT_LOGIN_GRACE', doc: 'How long an SFTP client may take to log in.', default: '30s', ...time }),
  loginTries: count({ name: 'ROSTERPORT_LOGIN_TRIES', doc: 'Wrong passwords on an SFTP connection before it is ended.', default: '6', ...some }),
  loginKeys: count({ name: 'ROSTERPORT_LOGIN_KEYS', doc: 'Public keys that an SFTP client may try on a connection.', default: '20', ...some }),
  idle: duration({ name: 'ROSTERPORT_IDLE', doc: 'How long an SFTP client may stay without a request.', default: '15min', ...time }),
  stall: duration({ name: 'ROSTERPORT_STALL', doc: 'How long an upload over SFTP may stand still, or replies may lie unread.', default: '2min', ...time }),
  slowestUpload: bytes({ name: 'ROSTERPORT_SLOWEST_UPLOAD', doc: 'Bytes a second of the slowest upload over SFTP, measured over the time of ROSTERPORT_STALL; 0 for any that moves.', default: '1KiB' }),
  rekeyBytes: bytes({ name: 'ROSTERPORT_REKEY_BYTES', doc: 'Bytes on an SFTP connection after which its keys are exchanged again.', default: '1GiB', minimum: 65_536 }),
  rekeyTime: duration({ name: 'ROSTERPORT_REKEY_TIME', doc: 'Time on an SFTP connection after which its keys are exchanged again.', default: '1h', ...time }),
};

/** The limits of the SFTP door, as it takes them. */
export function sftpLimitsOf(settings: DoorSettings): Omit<SftpLimits, 'loginFailureMs'> {
  return {
    maxConnections: settings.maxConnections,
    startups: settings.maxStartups,
    perAddress: settings.connectionsPerAddress,
    perTenant: settings.connectionsPerTenant,
    channels: settings.sessionsPerConnection,
    channelOpensPerMinute: settings.channelOpensPerMinute,
    handles: settings.handlesPerSession,
    sessionBytes: settings.sessionMemory,
    processBytes: settings.transferMemory,
    loginGraceMs: settings.loginGrace,
    loginTries: settings.loginTries,
    loginKeys: settings.loginKeys,
    idleMs: settings.idle,
    stallMs: settings.stall,
    slowestUpload: settings.slowestUpload,
    rekeyBytes: settings.rekeyBytes,
    rekeyMs: settings.rekeyTime,
  };
}

/** Whom the doorkeeper serves; proxies are never banned for what comes through them. */
export function keepingOf(settings: DoorSettings): Pick<DoorkeeperOptions, 'rules' | 'penalties'> {
  const { allowNetworks, denyNetworks: deny, exemptNetworks, proxyNetworks } = settings;
  // The machine asks its own doors whether they answer.
  const allow = { texts: allowNetworks.texts, has: (address: string) => allowNetworks.has(address) || /^(?:127\.|::1$)/.test(address) };
  const exempt = {
    texts: [...exemptNetworks.texts, ...proxyNetworks.texts],
    has: (address: string) => exemptNetworks.has(address) || proxyNetworks.has(address),
  };
  const penalties = { points: settings.banPoints, banMs: settings.banTime, longestBanMs: settings.longestBan };
  return { rules: { allow, deny, exempt }, penalties };
}

/** The settings of the doors that are not as they are by default, in the words of the environment. */
export function changedLimits(settings: DoorSettings): Readonly<Record<string, string>> {
  const changed = Object.entries<Setting<DoorSettings[keyof DoorSettings]>>(doorSettingFields).flatMap(([key, field]) => {
    const usual = field.default === undefined ? { ok: true, value: field.absent?.value } as const : field.read(field.default);
    const [now, before] = [shown(settings[key as keyof DoorSettings]), usual.ok ? shown(usual.value) : ''];
    return now === before ? [] : [[field.name, now] as const];
  });
  return Object.fromEntries(changed);
}

function shown(value: DoorSettings[keyof DoorSettings] | undefined): string {
  if (value == null) return '';
  if (typeof value === 'number') return String(value);
  return 'texts' in value ? value.texts.join(', ') || 'none' : `${value.start}:${value.rate}:${value.full}`;
}

function startups(details: { readonly name: string; readonly doc: string; readonly default: string }): Setting<Startups> {
  const rule = 'start:rate:full, three whole numbers such as 64:30:200, with a rate up to 100 and full not below start';
  return {
    ...details,
    quiet: false,
    read: (raw) => {
      const [start = 0, rate = 0, full = 0] = (/^\s*(\d{1,7}):(\d{1,3}):(\d{1,7})\s*$/.exec(raw) ?? []).slice(1).map(Number);
      const isRule = full >= 1 && full >= start && rate <= 100;
      return isRule ? { ok: true, value: { start, rate, full } } : { ok: false, expected: rule };
    },
  };
}
