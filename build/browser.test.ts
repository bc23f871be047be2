import { expect, test } from 'vitest';
import { browserCandidates } from './browser.ts';

test('browsers are looked for where each system keeps them', () => {
  expect(browserCandidates({ platform: 'darwin', env: {} })[0]).toBe(
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  );
  const windows = browserCandidates({ platform: 'win32', env: { PROGRAMFILES: 'C:/Programs' } });
  expect(windows).toHaveLength(3);
  expect(windows[2]).toMatch(/^C:.Programs.Microsoft.Edge.Application.msedge\.exe$/);
});

test.skipIf(process.platform === 'win32')(
  'on Linux every folder of the path is searched, Chrome first',
  () => {
    const linux = browserCandidates({ platform: 'linux', env: { PATH: '/usr/bin:/snap/bin' } });
    expect(linux.slice(0, 2)).toEqual(['/usr/bin/google-chrome', '/snap/bin/google-chrome']);
    expect(linux).toContain('/usr/bin/chromium');
    expect(browserCandidates({ platform: 'linux', env: {} })).toEqual([]);
  },
);
