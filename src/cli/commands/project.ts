import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { answering, exitStatus, type Answer } from '../output.ts';
import { showWaiting } from '../progress.ts';
import { withProject, withSession } from '../session.ts';

/** `create`, `sample`, `info`, `verify`, `export`. */
export function addProjectCommands(program: Command): void {
  program
    .command('create <project>')
    .description('make a project in a new or empty folder')
    .option('--name <name>', 'name of the project (the folder’s unless given)')
    .action(answering(create));
  program
    .command('sample <project>')
    .description('make a project of drawn cell images with planted label errors')
    .action(answering(sample));
  program.command('info <project>').description('the project in numbers').action(answering(info));
  program
    .command('verify <project>')
    .description('check the journal, the tables and the caches')
    .action(answering(verify));
  program
    .command('export <project> <file>')
    .description('write all labels and predictions as CSV')
    .action(answering(exportCsv));
}

async function create(project: string, options: { name?: string }): Promise<Answer> {
  return withSession(async ({ client }) => {
    const name = options.name ?? basename(resolve(project));
    const made = await client.project.create({ folder: project, name });
    return { json: made, lines: [`Made “${made.name}” in ${made.folder}.`] };
  });
}

async function sample(project: string): Promise<Answer> {
  return withSession(async ({ client, finish }) => {
    const { summary } = await finish(await client.project.sample({ folder: project }));
    return {
      json: { project: resolve(project), ...summary },
      lines: [`Drew ${summary['images']} images with ${summary['labels']} labels in ${resolve(project)}.`],
    };
  });
}

async function info(project: string): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    const found = await client.project.info();
    const lines = found
      ? [`${found.name}: ${found.images} images, ${found.labelled} labelled, ${found.suspects} suspects.`]
      : [];
    return { json: found, lines };
  });
}

async function verify(project: string): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    const report = await showWaiting('verify', client.project.verify());
    if (!report.ok) process.exitCode = exitStatus.failed;
    const sentence = `${report.entries} journal rows and ${report.records} records agree.`;
    return { json: report, lines: report.ok ? [sentence] : report.problems };
  });
}

async function exportCsv(project: string, file: string): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    const written = await client.project.exportCsv({ file });
    return { json: written, lines: [`Wrote ${written.rows} rows to ${written.file}.`] };
  });
}
