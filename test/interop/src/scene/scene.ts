import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { until, withSftp } from '@rosterport/journeys';
import type { SFTPWrapper, Stats } from 'ssh2';
import type { Client, KeyKind, Login, StepName, Task } from '../client.ts';
import { openGate } from './gate.ts';
import { jobsOf, settledJobs, type LedgerJob } from './ledger.ts';
import { writePeople, type SentFile, type Wanted } from './people-file.ts';
import { runCommand, startCommand, type Outcome } from './run-command.ts';
import type { Account, Stage } from './stage.ts';

/** What a job must be. Its mode is `delta`, its channel `sftp`. */
export interface ExpectedJob {
  readonly fileName: string;
  readonly file: SentFile;
  readonly folder?: string;
  readonly state?: string;
}

/** Where a step differs from the ordinary: with a password, straight to the door. */
export interface Otherwise {
  readonly key?: KeyKind;
  readonly password?: string;
  readonly port?: number;
}

/** One client in one case. */
export class Scene {
  readonly #stage: Stage;
  readonly #client: Client;
  readonly #account: Account;
  readonly #folder: string;
  #seen = 0;

  private constructor(parts: { stage: Stage; client: Client; account: Account; folder: string; seen: number }) {
    this.#stage = parts.stage;
    this.#client = parts.client;
    this.#account = parts.account;
    this.#folder = parts.folder;
    this.#seen = parts.seen;
  }

  /** Begins a case in a folder of its own; jobs that are there already do not count. */
  static async begin(stage: Stage, client: Client, { account, name }: { account: Account; name: string }): Promise<Scene> {
    const folder = await stage.folder(join(account.user, name));
    const seen = (await jobsOf(stage.database, account.tenantId)).length;
    return new Scene({ stage, client, account, folder, seen });
  }

  /** A path on this machine, below the folder of the case. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Writes a users file into the folder of the case, with addresses that no other tenant has. */
  async file(name: string, { about, ...wanted }: Wanted): Promise<SentFile> {
    const path = this.path(name);
    await mkdir(join(path, '..'), { recursive: true });
    return writePeople(path, { about: `${this.#account.user}-${about}`, ...wanted });
  }

  /** Has the client do something, and gives what it left behind. */
  run(step: StepName, task: Partial<Task>, otherwise: Otherwise = {}): Promise<Outcome> {
    return runCommand(this.#command(step, task, otherwise));
  }

  /** Has the client do something that must succeed; throws with what it says otherwise. */
  async runWell(step: StepName, task: Partial<Task>, otherwise: Otherwise = {}): Promise<Outcome> {
    const outcome = await this.run(step, task, otherwise);
    if (outcome.code !== 0) throw new Error(`${this.#client.name} ended with ${outcome.code}:\n${outcome.out}\n${outcome.err}`);
    return outcome;
  }

  /** Has the client put a file through a gate that stops half-way, and kills it there. */
  async breakOff(task: Pick<Task, 'local' | 'remote'>, size: number): Promise<void> {
    const gate = await openGate(this.#stage.product.facts.sftpPort, Math.floor(size / 2));
    try {
      const running = startCommand(this.#command('put', task, { port: gate.port }));
      const early = running.ended.then(({ code, out, err }) => {
        throw new Error(`${this.#client.name} ended with ${code} before it was killed:\n${out}\n${err}`);
      });
      const half = gate.holds.then(() => until('the door has some of it', async () => ((await this.stat(task.remote))?.size ?? 0) > 0));
      await Promise.race([half, early]);
      early.catch(() => undefined);
      running.kill();
      await running.ended;
    } finally {
      await gate.close();
    }
  }

  /** Has the client do something that must succeed, and gives how many bytes it sent for that, all of SSH among them. */
  async bytesOf(step: StepName, task: Partial<Task>): Promise<number> {
    const gate = await openGate(this.#stage.product.facts.sftpPort, Number.POSITIVE_INFINITY);
    try {
      await this.runWell(step, task, { port: gate.port });
      return gate.sent();
    } finally {
      await gate.close();
    }
  }

  /** What STAT answers to somebody else with the same password; `null` for no such file. */
  stat(path: string): Promise<Stats | null> {
    return this.watching((sftp) => statOf(sftp, path));
  }

  /** Keeps a session of somebody else with the same password open while the work goes on. */
  watching<Result>(work: (sftp: SFTPWrapper) => Promise<Result>): Promise<Result> {
    const { user, password } = this.#account;
    return withSftp(this.#stage.product, work, { username: user, password });
  }

  /** The jobs of this case once there are this many and each has come to its end, as the ledger has them. */
  async jobs(count: number): Promise<readonly LedgerJob[]> {
    const { database } = this.#stage;
    return (await settledJobs(database, this.#account.tenantId, this.#seen + count)).slice(this.#seen);
  }

  /** Puts a file without the client, so that whatever was on its way before has come to its end too. */
  async putBeside(remote: string, file: SentFile): Promise<void> {
    await this.watching(
      (sftp) => new Promise<void>((resolve, reject) => sftp.fastPut(file.path, remote, (error) => (error == null ? resolve() : reject(error)))),
    );
  }

  #command(step: StepName, task: Partial<Task>, { key, password, port }: Otherwise) {
    const { product, tools } = this.#stage;
    const how = this.#client.steps[step];
    if ('cannot' in how) throw new Error(`${this.#client.name} cannot do ${step}: ${how.cannot}.`);
    const login: Login = {
      port: port ?? product.facts.sftpPort,
      user: this.#account.user,
      password: password ?? this.#account.password,
      key: key === undefined ? null : tools.keys[key],
      hostKeys: Object.values(tools.hostKeys),
      tools: tools.folder,
    };
    return how(login, { local: '', remote: '', temporary: '', ...task });
  }
}

/** What STAT answers; `null` for no such file. */
export function statOf(sftp: SFTPWrapper, path: string): Promise<Stats | null> {
  return new Promise((resolve, reject) => {
    sftp.stat(path, (error, stats) => {
      if (error === undefined) resolve(stats);
      else if ((error as { code?: unknown }).code === 2) resolve(null);
      else reject(error);
    });
  });
}
