/** Takes a constant sentence, with what varies in fields. */
export type Log = (message: string, fields?: Readonly<Record<string, unknown>>) => void;
