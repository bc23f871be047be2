import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { err, ok, type Result } from '#base/result.ts';

const names = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsPrograms = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

/** Where to look. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Programs that may be a browser of the Chromium family, most wanted first. */
export function browserCandidates({ platform, env }: Place): readonly string[] {
  if (platform === 'darwin') {
    return macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (platform === 'win32') {
    const homes = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return homes.flatMap((home) =>
      home === undefined ? [] : windowsPrograms.map((program) => join(home, program)),
    );
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * A browser for the end-to-end tests: the one named by `EMEND_BROWSER`, the system's, Playwright's own, or, on Debian
 * as root, the one that is installed now. Else what is missing, in one sentence.
 */
export function findBrowser(): Result<string, string> {
  const named = process.env['EMEND_BROWSER'];
  if (named !== undefined) {
    return existsSync(named) ? ok(named) : err(`EMEND_BROWSER names ${named}, which is not there.`);
  }
  const candidates = [...browserCandidates(process), chromium.executablePath()];
  const found = candidates.find(isBrowser) ?? installOnDebian();
  if (found !== null) return ok(found);
  return err('No Chrome, Chromium or Edge was found: install one, or name one in EMEND_BROWSER.');
}

/** Ubuntu has a `chromium-browser` that only says how to install one, so on Linux the program must tell its version. */
function isBrowser(program: string): boolean {
  if (!existsSync(program)) return false;
  if (process.platform !== 'linux') return true;
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

function installOnDebian(): string | null {
  if (process.getuid?.() !== 0 || !isDebian()) return null;
  console.log('Installing chromium for the end-to-end tests…');
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update'], options);
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  } catch {
    return null;
  }
  return isBrowser('/usr/bin/chromium') ? '/usr/bin/chromium' : null;
}

function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}
