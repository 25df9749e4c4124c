/**
 * A program of Moltbot's shape: `configure` with a repeatable `--section`, whose action rejects
 * unknown ones, and plugins' registrars that run before parsing. It loads the built plugin.
 */
import { Command } from 'commander';
import plugin from '../../dist/plugin/index.js';

const known = ['model', 'channels', 'gateway'];
const program = new Command('moltbot');
program
  .command('configure')
  .description('Interactive prompt to set up credentials, devices, and agent defaults')
  .option(
    '--section <section>',
    'Configuration sections (repeatable)',
    (value, previous) => [...previous, value],
    [],
  )
  .action((options) => {
    const wrong = options.section.filter((name) => !known.includes(name));
    if (wrong.length > 0) {
      console.error(
        `Invalid --section: ${wrong.join(', ')}. Expected one of: ${known.join(', ')}.`,
      );
      process.exit(1);
    }
    console.log(`CONFIGURED ${JSON.stringify(options.section)}`);
  });

plugin.register({
  runtime: { channel: {} },
  registerChannel: () => undefined,
  registerCli(register, { commands }) {
    const taken = program.commands.map((command) => command.name());
    if (commands.some((name) => taken.includes(name))) return;
    register({ program });
  },
});
await program.parseAsync(process.argv);
