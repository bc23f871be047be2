import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const emend = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

export interface ServeOptions {
  /** Holds the person's home folder and Emend's own. */
  readonly home: string;
  /** The project to open; the start page without. */
  readonly project?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The `emend serve` program of a person, in a process of its own. */
export class Served {
  readonly address: string;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(child: ChildProcess, { address, port }: { address: string; port: number }) {
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', resolve));
    this.address = address;
    this.port = port;
  }

  static async start({ home, project, port, env }: ServeOptions): Promise<Served> {
    const wanted = [
      ...(project === undefined ? [] : [project]),
      ...(port === undefined ? [] : ['--port', `${port}`]),
    ];
    const settings = join(home, '.emend');
    mkdirSync(settings, { recursive: true });
    const child = spawn(process.execPath, [emend, 'serve', ...wanted, '--json'], {
      env: { ...process.env, ...env, HOME: home, USERPROFILE: home, EMEND_HOME: settings },
      cwd: dirname(emend),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await new Promise<string[]>((resolve, reject) => {
      createInterface(child.stdout).once('line', (text) => resolve([text]));
      child.once('exit', (status) => reject(new Error(`emend serve ended with ${status}.`)));
    });
    return new Served(child, JSON.parse(line ?? '{}') as { address: string; port: number });
  }

  /** Ends it as Ctrl+C does. */
  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    await this.#ended;
  }

  /** Ends it as a crash or a power cut does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
