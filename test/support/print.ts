/**
 * Prints a line and waits until it is on its way. A program that never ends must wait: where the pipe is full, only the
 * event loop writes what is left, and awaiting what is done at once never gives it a turn.
 */
export function print(line: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${line}\n`, () => resolve()));
}
