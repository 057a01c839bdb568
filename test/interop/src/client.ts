/** Whom a client logs in as, and where. The host is always 127.0.0.1. */
export interface Login {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Path of the private key to log in with instead; the public one stands beside it as `.pub`, PuTTY's form as `.ppk`. */
  readonly key: string | null;
  /** Fingerprints of the host keys: `SHA256:…`. */
  readonly hostKeys: readonly string[];
  /** Folder with what clients need beside a command: `ssh_config`, `ask-pass`, and what `build` has made. */
  readonly tools: string;
}

/** What a step is about. What a step does not need is empty. */
export interface Task {
  /** Path of the file or folder on this machine. */
  readonly local: string;
  /** Absolute path on the other side. */
  readonly remote: string;
  /** Absolute path under which the bytes travel before they are renamed. */
  readonly temporary: string;
}

/** A program and what it is given. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed into it. */
  readonly input?: string;
}

/** What a client cannot do by its nature, with the reason: a full sentence without its end. */
export interface Cannot {
  readonly cannot: string;
}

/** How a client does one thing. */
export type Step = (login: Login, task: Task) => Command;

/** The things that clients do. Each command ends with 0 exactly when the client says that it was done. */
export const stepNames = ['put', 'putKeepingTime', 'putAndRename', 'resume', 'mkdir', 'mirror', 'mirrorNewer', 'list', 'stat', 'get'] as const;

/** The name of a step. */
export type StepName = (typeof stepNames)[number];

/** The kinds of keys that the door takes. */
export const keyKinds = ['ed25519', 'ecdsa', 'rsa'] as const;

/** The kind of a key. */
export type KeyKind = (typeof keyKinds)[number];

/** A client that customers have, and how it does each thing. */
export interface Client {
  readonly name: string;
  /** The files without which it does not run. */
  readonly needs: readonly string[];
  /** Something of the machine that not every one has: the client is left out where the command fails. */
  readonly surroundings?: { readonly name: string; readonly command: Command };
  /** Prints the version, which the pattern finds as its first group, on either output. */
  readonly version: { readonly command: Command; readonly pattern: RegExp };
  /** Makes what the steps need in the folder of tools, once. */
  readonly build?: (tools: string) => Command;
  readonly steps: Readonly<Record<StepName, Step | Cannot>>;
  readonly keys: Readonly<Record<KeyKind, true | Cannot>>;
}

/** Says why a client cannot do something. */
export function cannot(reason: string): Cannot {
  return { cannot: reason };
}

/** Why most clients do not send only what is newer. */
export const sendsAll = cannot('it sends every file of a folder again');

/** Keys of every kind. */
export const everyKey: Client['keys'] = { ed25519: true, ecdsa: true, rsa: true };

/** The path of a driver: a program of ours that calls a library. */
export function driver(name: string): string {
  return new URL(`../drivers/${name}`, import.meta.url).pathname;
}

/** What drivers read from their environment. */
export function driverEnv({ port, user, password, key }: Login): Readonly<Record<string, string>> {
  return { SFTP_PORT: String(port), SFTP_USER: user, SFTP_PASSWORD: password, SFTP_KEY: key ?? '' };
}

/** The steps of a library by the words of its driver: `put LOCAL REMOTE TEMPORARY`. */
export function driverSteps(command: (words: readonly string[], login: Login) => Command): Record<StepName, Step> {
  const step = (name: StepName): Step => (login, { local, remote, temporary }) => command([name, local, remote, temporary], login);
  return Object.fromEntries(stepNames.map((name) => [name, step(name)])) as Record<StepName, Step>;
}
