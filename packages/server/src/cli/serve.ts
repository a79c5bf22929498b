import { constants } from 'node:os';
import { type Command, Option } from 'commander';
import { flagOf, readConfig, settingDefinitions, strayVariables } from '../config.ts';
import type { Server } from '../main.ts';
import { heedSignals } from './interruption.ts';
import { nextCommand, quoted } from './next-command.ts';

/** `holdpoint serve` and `holdpoint up`: every setting is a flag; the table in config.ts says what each does. */
export function addServeCommands(program: Command): void {
  settings(program.command('serve').description('start the server on a data directory'))
    .option('--sample', 'add sample flows with a few waiting tasks, and sign the first reviewer in by a link')
    .action(({ sample, ...flags }: Record<string, unknown>) => serve(flags, sample === true))
    .addHelpText('after', '\nExample:\n  holdpoint serve --data ./data --port 7800\n');
  settings(program.command('up').description('start the server with sample flows and waiting tasks'))
    .action((flags: Record<string, unknown>) => serve(flags, true))
    .addHelpText('after', '\nExample:\n  holdpoint up\n');
}

function settings(command: Command): Command {
  for (const setting of settingDefinitions) {
    const value = 'value' in setting ? ` <${setting.value}>` : '';
    const option = new Option(`${flagOf(setting.name)}${value}`, describe(setting));
    // What was given is judged by readConfig, wherever it stands.
    if ('choices' in setting) option.choices(setting.choices).argParser((given) => given);
    command.addOption(option);
  }
  return command;
}

function describe(setting: (typeof settingDefinitions)[number]): string {
  const standard = setting.default === '' || setting.default === false ? '' : ` (default ${setting.default})`;
  return `${setting.sentence}${standard}`;
}

async function serve(flags: Record<string, unknown>, sample: boolean): Promise<void> {
  const started = Date.now();
  const config = readConfig(flags, process.env);
  for (const sentence of strayVariables(process.env)) process.stderr.write(`holdpoint: ${sentence}\n`);
  let server: Server | undefined;
  stopInOrder(() => server, (config.stopDelaySeconds + config.drainSeconds + unfinishedSeconds) * 1000);
  const { startServer } = await import('../main.ts');
  server = await startServer(config);
  const link = sample ? await (await import('./samples.ts')).addSamples(server) : undefined;
  const add = nextCommand('worker add --email you@example.com --name "Your Name"', flags);
  process.stdout.write(welcome(server, link, add, Date.now() - started));
}

/** How long jobs may take that are under way when no request is any more. Whatever is not done then is done by the next start. */
const unfinishedSeconds = 25;

/** Ctrl-C and SIGTERM stop in order, within a time; a second one at once. What has not started yet has nothing to bring to an end. */
function stopInOrder(started: () => Server | undefined, limitMs: number): void {
  const stop = (signal: NodeJS.Signals): void => {
    process.stdout.write(`\nStopping (${signal}) …\n`);
    const server = started();
    if (server === undefined) process.exit(128 + constants.signals[signal]);
    setTimeout(() => {
      process.stderr.write('holdpoint: Jobs that did not end in time are begun again at the next start.\n');
      process.exit(1);
    }, limitMs);
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`holdpoint: ${(error as Error).message}\n`);
        process.exit(2);
      },
    );
  };
  heedSignals(['SIGINT', 'SIGTERM'], stop, () => process.exit(1));
}

function welcome(server: Server, link: string | undefined, next: string, milliseconds: number): string {
  const lines = [
    '',
    `Holdpoint is serving (started in ${(milliseconds / 1000).toFixed(1)} s).`,
    '',
    ...(link === undefined
      ? [`  Portal       ${server.url}/portal`]
      : [`  Portal       ${link}`, '               (signs the first reviewer in, once; opens the sample tasks)']),
    `  Endpoint     ${server.endpointUrl}   for sagemaker, sagemaker-a2i-runtime, s3 and sts`,
    `  Docs         ${server.url}/docs`,
    `  Region       ${server.region}, account ${server.accountId}`,
    '  Credentials  point the AWS SDKs and the aws CLI at these two files:',
    `                 export AWS_SHARED_CREDENTIALS_FILE=${quoted(server.files.credentialsFile)}`,
    `                 export AWS_CONFIG_FILE=${quoted(server.files.configFile)}`,
    '',
    `  Next         ${next}`,
    '               README.md shows the first human loop in ten lines of boto3. Ctrl-C stops the server.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}
