import { fileURLToPath } from 'node:url';
import { InvalidArgumentError, type Command } from 'commander';
import { ProblemError } from '#base/problem.ts';
import { startServer } from '#server/server.ts';
import { answering, type Answer } from '../output.ts';
import { withSession } from '../session.ts';

/** `serve`. */
export function addServeCommand(program: Command): void {
  program
    .command('serve [project]')
    .description('serve the workstation to a browser on this machine, until Ctrl+C')
    .option('--port <port>', 'port on 127.0.0.1 (any free one unless given)', portNumber)
    .action(answering(serve));
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is 0 to 65535.');
  return port;
}

async function serve(
  project: string | undefined,
  options: { port?: number },
  command: Command,
): Promise<Answer> {
  return withSession(async ({ engine }) => {
    const stopped = stopSignal();
    if (project !== undefined) {
      const opened = await engine.open(project);
      if (!opened.ok) throw new ProblemError(opened.error);
    }
    const server = await startServer({ engine, assets: builtWindow(), ...options });
    if (!server.ok) throw new ProblemError(server.error);
    const { address, port } = server.value;
    const isJson = command.optsWithGlobals()['json'] === true;
    process.stdout.write(isJson ? `${JSON.stringify({ address, port })}\n` : `Emend: ${address}\n`);
    await stopped;
    await server.value.close();
    return { json: undefined, lines: [] };
  });
}

/** Resolves when a person or the system asks the program to end. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/** The built window: beside the built program, or in the build folder of a checkout. */
function builtWindow(): string {
  const path = import.meta.url.endsWith('.ts') ? '../../../out/renderer' : '../renderer';
  return fileURLToPath(new URL(path, import.meta.url));
}
