import util from 'node:util';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { TensorFlow } from './tensor-flow.ts';

const version = '4.22.0';
/** Not written where it is imported, so that nothing looks for it before it is asked for: few have it. */
const packageName = '@tensorflow/tfjs-node-gpu';
const subject = 'tensorflow';

/**
 * TensorFlow.js with TensorFlow's own library, on a graphics card by CUDA: an optional package that a person adds.
 * @param load brings the package; another one in tests
 */
export async function openTensorFlow(
  load: () => Promise<unknown> = () => import(packageName),
): Promise<Result<TensorFlow>> {
  addRemovedChecks();
  try {
    return ok(namespaceOf(await load()));
  } catch (error) {
    return err(isAbsent(error) ? absent : unusable(error));
  }
}

/** What TensorFlow computes on: the package falls back to the processor where it finds no card that CUDA can use. */
export async function tensorFlowName(): Promise<string> {
  const found = await openTensorFlow();
  const backend = (found.ok ? found.value.backend() : {}) as { readonly isUsingGpuDevice?: boolean };
  return `TensorFlow.js on the ${backend.isUsingGpuDevice === true ? 'graphics card' : 'processor'}`;
}

/**
 * The newest release calls functions that Node 23 and later took away (tensorflow/tfjs #8609; mended in #8425, never
 * released).
 */
function addRemovedChecks(): void {
  const removed = {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  };
  for (const [name, check] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: check });
  }
}

/** The package is CommonJS: its names need not all be found when it is imported. */
function namespaceOf(module: unknown): TensorFlow {
  return ((module as { default?: unknown }).default ?? module) as TensorFlow;
}

/** Not there at all, rather than one of the things that it needs itself. */
function isAbsent(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === 'ERR_MODULE_NOT_FOUND' && message?.includes(packageName) === true;
}

const absent = problem(
  'not-found',
  subject,
  `It is not installed; to train with it and CUDA 11, run npm install --no-save ${packageName}@${version}.`,
);

function unusable(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  const firstLine = (message.split('\n')[0] ?? '').trim().slice(0, 200);
  return problem(
    'unsupported',
    subject,
    `It is installed, but can't be loaded (${firstLine}); install it again where it can fetch its library.`,
  );
}
