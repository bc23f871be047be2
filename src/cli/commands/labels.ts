import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { LabelOrigin } from '#contract/images.ts';
import type { Skipped } from '#contract/job.ts';
import { answering, type Answer } from '../output.ts';
import { withProject } from '../session.ts';

/** `add`, `label`. */
export function addLabelCommands(program: Command): void {
  program
    .command('add <project> <folder>')
    .description('add the images below a folder; what was added before stays as it is')
    .addOption(
      new Option(
        '--labels <origin>',
        'folders, none, or a CSV file `path,label[,annotator,time,group,split]`',
      ).default('none'),
    )
    .option('--annotator <name>', 'who gave the labels')
    .action(answering(add));
  program
    .command('label <project>')
    .description('label images from a CSV file')
    .requiredOption('--from <file>', 'CSV `path,label[,annotator,time,group,split]`')
    .requiredOption('--annotator <name>', 'who gave the labels that do not say by whom')
    .action(answering(label));
}

async function add(
  project: string,
  folder: string,
  options: { labels: string; annotator?: string },
): Promise<Answer> {
  return withProject(project, async ({ client, finish }) => {
    const labels = labelOrigin(options.labels);
    const started = await client.images.add({ folder, labels, annotator: options.annotator ?? null });
    const { summary, id } = await finish(started);
    const skipped = await client.jobs.skipped({ job: id });
    return {
      json: { images: summary['images'], labels: summary['labels'], known: summary['known'], skipped },
      lines: [
        `Added ${summary['images']} images with ${summary['labels']} labels.`,
        ...skippedLines(skipped),
      ],
    };
  });
}

function labelOrigin(text: string): LabelOrigin {
  if (text === 'folders' || text === 'none') return { kind: text };
  return { kind: 'csv', file: resolve(text) };
}

async function label(project: string, options: { from: string; annotator: string }): Promise<Answer> {
  return withProject(project, async ({ client, finish }) => {
    const file = resolve(options.from);
    const { summary, id } = await finish(
      await client.labels.importCsv({ file, annotator: options.annotator }),
    );
    const skipped = await client.jobs.skipped({ job: id });
    return {
      json: { labels: summary['labels'], skipped },
      lines: [`Gave ${summary['labels']} labels.`, ...skippedLines(skipped)],
    };
  });
}

/** The files that were left out, for a person. */
export function skippedLines(skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return [];
  return [`Left out ${skipped.length}:`, ...skipped.map(({ path, reason }) => `  ${path}: ${reason}`)];
}
