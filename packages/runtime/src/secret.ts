import { inspect } from 'node:util';

/** What is shown in place of a secret. */
export const mask = '***';

/** A text that does not print: in a template, in JSON and in the inspector it is `***`. Only `reveal` gives it away. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }

  /** The text itself. Call it where the text is used, and keep the result nowhere. */
  reveal(): string {
    return this.#value;
  }

  toString(): typeof mask {
    return mask;
  }

  toJSON(): typeof mask {
    return mask;
  }

  [inspect.custom](): typeof mask {
    return mask;
  }
}
