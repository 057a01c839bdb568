// Starts the product as the command does, but ends the process by SIGKILL just before a given step of the first file.
import { runStart, settingsFrom } from '@rosterport/rosterport';

const { JOURNEY_KILL_BEFORE: fatal, ...environment } = process.env;

process.exitCode = await runStart(settingsFrom(environment), {
  json: true,
  onStep: (_jobId, step) => {
    if (step === fatal) process.kill(process.pid, 'SIGKILL');
  },
});
