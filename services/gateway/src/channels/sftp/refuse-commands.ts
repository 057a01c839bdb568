import type { ServerChannel, Session } from 'ssh2';

/** What is said to a client that wants a command or a shell, such as `scp -O`. */
export const commandRefusal = 'This server speaks SFTP only. Use sftp, or scp without -O.\n';

/** Refuses commands and shells, with a line that says what to use; everything else that nobody listens for is refused by ssh2. */
export function refuseCommands(session: Session, onUnusable: () => void): void {
  const refuse = (accept: (() => ServerChannel) | undefined): void => {
    const channel = accept?.();
    if (channel === undefined) return;
    if (!isUsable(channel)) return onUnusable();
    channel.on('error', () => channel.destroy());
    // Unread input would hold up the end of the channel.
    channel.resume();
    channel.stderr.end(commandRefusal);
    channel.exit(1);
    channel.end();
  };
  session.on('exec', refuse);
  session.on('shell', refuse);
}

/** False for a channel that takes packets of next to nothing: ssh2 1.17 would spin for ever when it writes to one of 0 bytes. */
export function isUsable(channel: ServerChannel): boolean {
  const { outgoing } = channel as unknown as { readonly outgoing?: { readonly packetSize?: number } };
  return (outgoing?.packetSize ?? 0) >= 1024;
}
