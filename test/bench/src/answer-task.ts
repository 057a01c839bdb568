/**
 * Makes the running process the far side of `forkTask`: it does the one task that its parent sends, answers, and ends. It ends
 * as well when the parent is gone.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what the parent sends is what the program says
export function answerTask<Task>(work: (task: Task) => Promise<object>): void {
  const orphaned = (): never => process.exit(1);
  process.once('disconnect', orphaned);
  process.once('message', (task) => {
    work(task as Task).then(
      (answer) =>
        process.send?.(answer, () => {
          process.off('disconnect', orphaned);
          process.disconnect();
        }),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
