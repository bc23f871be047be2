import type { Command } from 'commander';
import type { Device } from '#contract/model.ts';
import { answering, type Answer } from '../output.ts';
import { withSession } from '../session.ts';

/** `devices`. */
export function addDevicesCommand(program: Command): void {
  program
    .command('devices')
    .description('what networks can be trained on here, tried: speed and whether gradients are right')
    .action(answering(listDevices));
}

async function listDevices(): Promise<Answer> {
  return withSession(async ({ client }) => {
    const devices = await client.model.devices();
    return { json: { devices }, lines: table([heading, ...devices.map(rowOf)]) };
  });
}

const heading = ['device', 'speed', 'gradients', 'name'];

/** A device that cannot be used has the reason in place of what was measured. */
export function rowOf({ id, name, reason, gflops, gradientError }: Device): readonly string[] {
  if (gflops === null || gradientError === null) return [id, '–', '–', `${name}: ${reason}`];
  const speed = gflops < 10 ? gflops.toPrecision(2) : Math.round(gflops).toString();
  return [id, `${speed} GFLOP/s`, `right within ${gradientError.toExponential(0)}`, name];
}

/** Columns as wide as their widest text, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
