import { runCommand } from './commands/run-command.ts';

// Where the reader of our output goes away, as `head` does, the write itself tells the command.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
