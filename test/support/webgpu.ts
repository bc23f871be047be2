import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { ProblemError } from '../../src/base/problem.ts';
import { ModelBuilder } from '../../src/graph/builder.ts';
import { writeModel } from '../../src/graph/write-model.ts';
import { openSession } from '../../src/trainer/session.ts';

const loaderVariables = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'] as const;

/**
 * Makes sure that this process, and those it starts, have WebGPU: on Linux on the software device that comes with
 * Chromium, unless the environment names a driver. False, with the reason printed, where there is none; a skipped test
 * fails in CI.
 */
export async function hasWebGpu(): Promise<boolean> {
  const software = softwareDriver();
  const isNamed = loaderVariables.some((name) => process.env[name] !== undefined);
  if (!isNamed && software !== null) process.env['VK_ICD_FILENAMES'] = software;
  try {
    // Left open: programs that were compiled for one session then serve the next ones.
    await openSession(nothing(), { subject: 'test', provider: 'webgpu' });
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    console.log(`Not tested on WebGPU: ${error.problem.reason}`);
    return false;
  }
}

function softwareDriver(): string | null {
  const folders = ['/usr/lib/chromium', '/opt/google/chrome', dirname(chromium.executablePath())];
  return folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find(existsSync) ?? null;
}

function nothing(): Uint8Array {
  const builder = new ModelBuilder('nothing');
  const y = builder.node('Neg', [builder.input('x', 'float32', [1])]);
  return writeModel(builder.output('y', y, { type: 'float32', dims: [1] }).build());
}
