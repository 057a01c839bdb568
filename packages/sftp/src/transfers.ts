import type { Bell } from './bell.ts';
import type { OutgoingReplies } from './outgoing-replies.ts';

interface Transfer {
  readonly cost: number;
  reply: Buffer | undefined;
}

/**
 * The READs and WRITEs under way. They may end in any order; their replies leave in the order of the requests, because
 * some clients (WinSCP, WS_FTP) are confused by any other.
 */
export class Transfers {
  readonly #replies: OutgoingReplies;
  readonly #bell: Bell;
  readonly #maxBytes: number;
  #underWay: Transfer[] = [];
  #bytes = 0;
  #full = false;

  constructor(settings: { readonly replies: OutgoingReplies; readonly bell: Bell; readonly maxBytes: number }) {
    this.#replies = settings.replies;
    this.#bell = settings.bell;
    this.#maxBytes = settings.maxBytes;
  }

  /** What is held in memory, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  get idle(): boolean {
    return this.#underWay.length === 0;
  }

  /** True from the moment the limit is passed until half of it is free again. */
  get full(): boolean {
    return this.#full;
  }

  /** Takes one in; the promise of its reply must not reject. */
  add(cost: number, reply: Promise<Buffer>): void {
    const transfer: Transfer = { cost, reply: undefined };
    this.#underWay.push(transfer);
    this.#bytes += cost;
    if (this.#bytes > this.#maxBytes) this.#full = true;
    void reply.then((bytes) => {
      transfer.reply = bytes;
      this.#release();
    });
  }

  #release(): void {
    for (let first = this.#underWay[0]; first?.reply !== undefined; first = this.#underWay[0]) {
      this.#underWay.shift();
      this.#bytes -= first.cost;
      this.#replies.send(first.reply);
    }
    if (this.#bytes <= this.#maxBytes / 2) this.#full = false;
    this.#bell.ring();
  }
}
