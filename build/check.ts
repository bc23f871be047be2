import { spawnSync } from 'node:child_process';

/** Everything a change needs before it is pushed, in the order that fails fastest. Warnings are errors. */
const steps: readonly (readonly [name: string, command: string])[] = [
  ['format', 'prettier --check --log-level warn .'],
  ['types', 'tsc -b'],
  ['layers', 'depcruise src --config .dependency-cruiser.cjs'],
  ['lint', 'eslint --max-warnings 0 .'],
  ['unit tests and golden files', 'vitest run --project unit'],
];

for (const [name, command] of steps) {
  const started = performance.now();
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${name} (${seconds} s)`);
  if (status !== 0) process.exit(1);
}
