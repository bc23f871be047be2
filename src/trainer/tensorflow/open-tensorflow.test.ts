import util from 'node:util';
import { expect, test } from 'vitest';
import { openTensorFlow } from './open-tensorflow.ts';

async function reasonOf(error: Error): Promise<string> {
  const found = await openTensorFlow(() => Promise.reject(error));
  return found.ok ? 'none' : `${found.error.code}: ${found.error.reason}`;
}

function notFound(name: string): Error {
  const error = new Error(`Cannot find package '${name}' imported from /somewhere/open-tensorflow.ts`);
  return Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
}

test('a package that is not there is told with the command that adds it', async () => {
  const reason = await reasonOf(notFound('@tensorflow/tfjs-node-gpu'));
  expect(reason).toMatch(/^not-found: .*run npm install --no-save @tensorflow\/tfjs-node-gpu@4\.22\.0\.$/);
});

test('a package without its library says what it said', async () => {
  const library = await reasonOf(
    new Error('The Node.js native addon module can not be found.\nPlease run …'),
  );
  expect(library).toMatch(/^unsupported: .*native addon module can not be found/);
  expect(library).not.toContain('Please run');
  expect(await reasonOf(notFound('long'))).toContain('unsupported');
});

test('what Node has taken away is there when the package is loaded', async () => {
  const seen = await openTensorFlow(() => {
    const { isNullOrUndefined, isArray } = util as unknown as Record<string, (value: unknown) => boolean>;
    const answers = [undefined, null, 0, []].map((value) => [isNullOrUndefined?.(value), isArray?.(value)]);
    return Promise.resolve({ default: answers });
  });
  expect(seen).toEqual({
    ok: true,
    value: [
      [true, false],
      [true, false],
      [false, false],
      [false, true],
    ],
  });
});
