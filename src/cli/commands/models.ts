import type { Command } from 'commander';
import { answering, type Answer } from '../output.ts';
import { percent } from '../percent.ts';
import { withProject } from '../session.ts';

/** `model list`, `promote`, `compare`, `export`, `remove`. */
export function addModelsCommands(program: Command): void {
  const model = program.command('model').description('what was trained');
  model.command('list <project>').description('list the models, newest first').action(answering(list));
  model
    .command('promote <project> <model>')
    .description('predict every image by it from now on')
    .action(answering(promote));
  model
    .command('compare <project> <first> <second>')
    .description('two models on the labels that neither had learned from')
    .action(answering(compare));
  model
    .command('export <project> <model> <file>')
    .description('write it as one ONNX file that takes images')
    .action(answering(exportTo));
  model
    .command('remove <project> <model>')
    .description('delete one that is not in use')
    .action(answering(remove));
}

async function list(project: string): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    const [models, current] = [await client.model.list(), await client.model.current()];
    return {
      json: { models, current: current?.id ?? null },
      lines: models.map(({ id, regime, backbone, units, crossValidated: { accuracy } }) => {
        const mark = id === current?.id ? '*' : ' ';
        return `${mark} ${id}: ${regime} of ${backbone}, ${units} labels, ${percent(accuracy.value)} right`;
      }),
    };
  });
}

async function promote(project: string, model: string): Promise<Answer> {
  return withProject(project, async ({ client, finish }) => {
    await finish(await client.model.promote({ model }));
    return { json: { model }, lines: [`${model} is in use.`] };
  });
}

async function compare(project: string, first: string, second: string): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    const comparison = await client.model.compare({ first, second });
    const { units, fixed, broken, difference } = comparison;
    const gain = difference === null ? '' : ` (${percent(difference.value)} of ${units})`;
    return {
      json: comparison,
      lines: [`Only the second is right on ${fixed}, only the first on ${broken}${gain}.`],
    };
  });
}

async function exportTo(project: string, model: string, file: string): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    const written = await client.model.export({ model, file });
    return { json: written, lines: [`Wrote ${written.file}.`] };
  });
}

async function remove(project: string, model: string): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    await client.model.remove({ model });
    return { json: { model }, lines: [`Deleted ${model}.`] };
  });
}
