import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#base/result.ts';
import { root } from './window-build.ts';

// Electron's package comes without its program, which its own script downloads when it is first needed. That script
// waits as long as the network lets it, so here it gets a bound.

const electronPackage = join(root, 'node_modules/electron');
const releases = 'https://github.com/electron/electron/releases/download/';
const probeMs = 5_000;
const downloadMs = 10 * 60_000;
/** Enough to unpack a program that was downloaded before, without a network. */
const unpackMs = 20_000;

/** What decides whether a window can be shown. */
export interface Desk {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** User id, null where there is none. */
  readonly uid: number | null;
}

/** Why this machine could not show an Electron window even if Electron were there; null when it could. */
export function noWindowReason({ platform, env, uid }: Desk): string | null {
  if (platform !== 'linux') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display';
  return uid === 0 ? 'Electron does not run as root' : null;
}

/** Path of the Electron program, or null where it was not downloaded (or is of another version). */
export function installedElectron(folder: string = electronPackage): string | null {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    const there = readFileSync(join(folder, 'dist/version'), 'utf8').trim().replace(/^v/, '');
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return there === version && existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/** The Electron program, downloaded if it can be had; else why not. Never hangs on a closed network. */
export async function obtainElectron(): Promise<Result<string, string>> {
  const installed = installedElectron();
  if (installed !== null) return ok(installed);
  console.log('Fetching Electron, once…');
  const probe = isReachable();
  const download = spawn(process.execPath, [join(electronPackage, 'install.js')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    download.on('exit', () => resolve());
    download.on('error', () => resolve());
  });
  const timer = setTimeout(() => download.kill(), unpackMs);
  if (await Promise.race([probe, ended.then(() => true)])) {
    clearTimeout(timer);
    setTimeout(() => download.kill(), downloadMs).unref();
  }
  await ended;
  clearTimeout(timer);
  const obtained = installedElectron();
  return obtained === null ? err('Electron cannot be downloaded here') : ok(obtained);
}

/** Does the place that Electron comes from answer? A mirror is taken at its word. */
async function isReachable(): Promise<boolean> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
  const { version } = JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')) as {
    version: string;
  };
  const file = `${releases}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    const answer = await fetch(mirror ?? file, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) });
    return answer.ok || mirror !== undefined;
  } catch {
    return false;
  }
}
