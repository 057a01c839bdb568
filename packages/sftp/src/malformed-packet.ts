/**
 * Bytes that are not the protocol: a length out of bounds, a field that runs past its packet, a request out of turn.
 * What follows them cannot be trusted, so the session ends.
 */
export class MalformedPacket extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'MalformedPacket';
  }
}
