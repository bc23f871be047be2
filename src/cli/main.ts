import { Command, CommanderError } from 'commander';
import { addDevicesCommand } from './commands/devices.ts';
import { addLabelCommands } from './commands/labels.ts';
import { addBackboneCommands } from './commands/backbone.ts';
import { addModelsCommands } from './commands/models.ts';
import { addProjectCommands } from './commands/project.ts';
import { addServeCommand } from './commands/serve.ts';
import { addTrainCommands } from './commands/train.ts';
import { exitStatus } from './output.ts';

const program = new Command('emend')
  .description('Label images, find wrong labels and the patterns behind them, retrain locally.')
  .option('--json', 'print exactly one JSON document on stdout')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

addProjectCommands(program);
addLabelCommands(program);
addBackboneCommands(program);
addTrainCommands(program);
addModelsCommands(program);
addDevicesCommand(program);
addServeCommand(program);

// A command inherits nothing that its parent is told later, and `--json` is to work behind the command too.
const commandsBelow = (command: Command): Command[] =>
  command.commands.flatMap((below) => [below, ...commandsBelow(below)]);
for (const command of commandsBelow(program))
  command.exitOverride().option('--json', 'print one JSON document');

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
}
