import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { noWindowReason, obtainElectron } from './electron-binary.ts';
import { ensureBuild, root } from './window-build.ts';

// `npm start [-- <project folder>] [--serve]`: the desktop window where there can be one, else the browser.

/** A window that ends with an error sooner than this never opened. */
const openedMs = 10_000;

const words = process.argv.slice(2);
const folders = words.filter((word) => !word.startsWith('-'));
// npm runs scripts in the checkout; what a person types is relative to where they are.
const folder = folders[0] === undefined ? null : resolve(process.env['INIT_CWD'] ?? '.', folders[0]);

if (!ensureBuild()) process.exit(1);
const reason = words.includes('--serve') ? 'asked with --serve' : await showWindow();
if (reason !== null) await serve(reason);

/** Runs the desktop window to its end; or says why there is none. */
async function showWindow(): Promise<string | null> {
  const { platform, env } = process;
  const noWindow = noWindowReason({ platform, env, uid: process.getuid?.() ?? null });
  if (noWindow !== null) return noWindow;
  const electron = await obtainElectron();
  if (!electron.ok) return electron.error;
  const startedMs = performance.now();
  const code = await runElectron(electron.value);
  if (code !== 0 && performance.now() - startedMs < openedMs) return `Electron ended at once with ${code}`;
  process.exitCode = code;
  return null;
}

function runElectron(program: string): Promise<number> {
  // Set by some editors' terminals; Electron would then be a bare Node.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: undefined };
  const child = spawn(program, [root, ...(folder === null ? [] : [folder])], { stdio: 'inherit', env });
  // Ctrl+C reaches the window too, which closes its project; we end when it has.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill());
  return new Promise((ended) => {
    child.on('error', () => ended(1));
    child.on('exit', (code, signal) => ended(code ?? (signal === null ? 1 : 0)));
  });
}

/** Serves the window on loopback until Ctrl+C. */
async function serve(why: string): Promise<void> {
  // Only here: the desktop window brings an engine of its own.
  const { createEngine } = await import('#engine/engine.ts');
  const { startServer } = await import('#server/server.ts');
  const engine = await createEngine();
  const opened = folder === null ? null : await engine.open(folder);
  if (opened?.ok === false) console.error(`${opened.error.subject}: ${opened.error.reason}`);
  const server = await startServer({ engine, assets: join(root, 'out/renderer') });
  if (!server.ok) {
    console.error(`${server.error.subject}: ${server.error.reason}`);
    await engine.close();
    process.exit(1);
  }
  const { address, close } = server.value;
  console.log(
    `No Electron window (${why}). Emend is served to this machine's browser; Ctrl+C ends it:\n${address}`,
  );
  openBrowser(address);
  const end = (): void => void close().then(() => engine.close().then(() => process.exit(0)));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

/** Opens the person's browser where there is one and `BROWSER` is not `none`; the address is printed anyway. */
function openBrowser(address: string): void {
  const { platform, env } = process;
  if (env['BROWSER'] === 'none') return;
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return;
  const commands: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open', address],
    // `start` takes its first quoted word as a title.
    win32: ['cmd', '/c', 'start', '""', address],
  };
  const [program, ...rest] = commands[platform] ?? ['xdg-open', address];
  const browser = spawn(program, rest, { stdio: 'ignore', detached: true });
  browser.on('error', () => undefined);
  browser.unref();
}
