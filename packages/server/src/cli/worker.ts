import type { Client } from '@holdpoint/client';
import type { OperationOutput } from '@holdpoint/protocol';
import { type Command, Option } from 'commander';
import { apiCommand, type Call, collect, withClient } from './api-command.ts';
import { parseEmail } from './parse-argument.ts';
import { readSecret } from './read-stdin.ts';
import { formatTable, minuteOf, printable } from './table.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `holdpoint worker`: the people who review. */
export function addWorkerCommands(program: Command, terminal: Terminal): void {
  const worker = program.command('worker').description('workers, the people who review');
  apiCommand(
    worker,
    'add',
    'add a worker, and print a link that sets the password',
    'holdpoint worker add --email ada@example.com --name "Ada" --workteam reviewers',
  )
    .requiredOption('--email <ADDRESS>', 'with which the worker signs in', parseEmail)
    .option('--name <NAME>', 'what others see; by default the part of the address before @')
    .option('--workteam <NAME>', 'a workteam to belong to, may be repeated (default reviewers)', collect)
    .option('--invite', 'mail the link to the address instead of printing it (needs --mail-url of the server)')
    .option('--operator', 'make the worker an operator, who runs the server in the console')
    .option('--password-stdin', 'read a password from standard input instead of printing a link')
    .action(withClient(terminal, add));
  apiCommand(worker, 'list', 'list the workers', 'holdpoint worker list').action(withClient(terminal, list));
  apiCommand(
    worker,
    'disable <email>',
    'end the sessions of a worker and refuse new ones',
    'holdpoint worker disable ada@example.com',
  ).action(withClient(terminal, disable));
  apiCommand(
    worker,
    'enable <email>',
    'let a disabled worker sign in again',
    'holdpoint worker enable ada@example.com',
  ).action(withClient(terminal, enable));
  apiCommand(
    worker,
    'reset <email>',
    'take password, passkeys and second factor from a worker, and print a link that sets a new password',
    'holdpoint worker reset ada@example.com',
  )
    .option('--invite', 'mail the link to the address instead of printing it (needs --mail-url of the server)')
    .action(withClient(terminal, reset));
  apiCommand(
    worker,
    'role <email> <role>',
    'make a worker an operator, who runs the server in the console, or a mere worker again',
    'holdpoint worker role ada@example.com operator',
  ).action(withClient(terminal, setRole));
  apiCommand(
    worker,
    'workteams <email> [name...]',
    'show the workteams of a worker, or replace them by those that are named',
    'holdpoint worker workteams ada@example.com reviewers invoices',
  )
    .option('--none', 'take the worker out of all workteams')
    .action(withClient(terminal, workteams));
  apiCommand(
    worker,
    'link <email>',
    'print a one-time link for a worker',
    'holdpoint worker link ada@example.com --purpose sign-in',
  )
    .addOption(
      new Option('--purpose <PURPOSE>', 'what it does: set a password, or sign in once')
        .choices(['set-password', 'sign-in'])
        .default('set-password'),
    )
    .action(withClient(terminal, link));
}

interface AddOptions {
  readonly email: string;
  readonly name?: string;
  readonly workteam?: readonly string[];
  readonly operator?: boolean;
  readonly passwordStdin?: boolean;
  readonly invite?: boolean;
}

const add: Call<AddOptions> = async ({ client, options, terminal }) => {
  if (options.invite && options.passwordStdin) throw new UsageError('Give either --invite or --password-stdin.');
  const output = await client.call('CreateWorker', {
    Email: options.email,
    Workteams: [...(options.workteam ?? ['reviewers'])],
    ...(options.name !== undefined && { Name: options.name }),
    ...(options.invite && { SendInvitation: true }),
    ...(options.operator && { Role: 'Operator' as const }),
    ...(options.passwordStdin && { Password: await readSecret(terminal, 'password') }),
  });
  const { Worker } = output;
  const added = `Added ${printable(Worker.Name)} <${printable(Worker.Email)}>, workteams: ${Worker.Workteams.join(', ') || 'none'}.`;
  return { output, text: [added, ...invitation(output)].join('\n') };
};

/** Where the link with which a password is set went. */
function invitation({ SetPasswordUrl, SentTo, MailProblem }: OperationOutput<'ResetWorker'>): readonly string[] {
  if (SentTo !== undefined) return [`The link with which a password is set was mailed to ${printable(SentTo)}.`];
  if (SetPasswordUrl === undefined) return [];
  const why = MailProblem === undefined ? [] : [`The invitation could not be mailed: ${printable(MailProblem)}`];
  return [...why, 'Within seven days a password is set, once, at', SetPasswordUrl];
}

const reset: Call<{ readonly invite?: boolean }> = async ({ client, options }, email = '') => {
  const output = await client.call('ResetWorker', {
    Email: parseEmail(email),
    ...(options.invite && { SendInvitation: true }),
  });
  const done = `${printable(output.Worker.Email)} has no password, passkeys or second factor any more, and is signed out.`;
  return { output, text: [done, ...invitation(output)].join('\n') };
};

const list: Call<unknown> = async ({ client }) => {
  const output = await client.call('ListWorkers', {});
  const rows = output.Workers.map((worker) => [
    worker.Email,
    worker.Name,
    worker.Status,
    worker.Workteams.join(', '),
    worker.Role,
    minuteOf(worker.CreationTime),
  ]);
  const headings = ['EMAIL', 'NAME', 'STATUS', 'WORKTEAMS', 'ROLE', 'CREATED'];
  return { output, text: formatTable(headings, rows, 'There are no workers.') };
};

const describe = ({ Worker }: OperationOutput<'EnableWorker'>): string =>
  `${printable(Worker.Email)} is ${Worker.Status.toLowerCase()}${Worker.Role === 'Operator' ? ' and an operator' : ''}, workteams: ${Worker.Workteams.join(', ') || 'none'}.`;

const disable: Call<unknown> = async ({ client }, email = '') => {
  const output = await client.call('DisableWorker', { Email: parseEmail(email) });
  return { output, text: describe(output) };
};

const enable: Call<unknown> = async ({ client }, email = '') => {
  const output = await client.call('EnableWorker', { Email: parseEmail(email) });
  return { output, text: describe(output) };
};

const setRole: Call<unknown> = async ({ client }, email = '', role = '') => {
  const chosen = role === 'operator' ? 'Operator' : role === 'worker' ? 'Worker' : undefined;
  if (chosen === undefined) throw new UsageError('The role is operator or worker.');
  const output = await client.call('SetWorkerRole', { Email: parseEmail(email), Role: chosen });
  return { output, text: describe(output) };
};

/** The names come as one array. */
const workteams: Call<{ readonly none?: boolean }> = async ({ client, options: { none } }, email = '', ...given) => {
  const names = given.flat();
  if (none && names.length > 0) throw new UsageError('Give either names of workteams or --none.');
  const Email = parseEmail(email);
  const output =
    none || names.length > 0
      ? await client.call('SetWorkerWorkteams', { Email, Workteams: names })
      : { Worker: await findWorker(client, Email) };
  return { output, text: describe(output) };
};

/** The server tells upper and lower case apart as little as this does. */
async function findWorker(client: Client, email: string): Promise<OperationOutput<'EnableWorker'>['Worker']> {
  const keyOf = (address: string): string => address.normalize('NFC').toLowerCase();
  const { Workers } = await client.call('ListWorkers', {});
  const worker = Workers.find(({ Email }) => keyOf(Email) === keyOf(email));
  if (worker === undefined) throw new Error(`No worker has the e-mail address ${printable(email)}.`);
  return worker;
}

const link: Call<{ purpose: string }> = async ({ client, options: { purpose } }, email = '') => {
  const Purpose = purpose === 'sign-in' ? 'SignIn' : 'SetPassword';
  const output = await client.call('CreateSignInLink', { Email: parseEmail(email), Purpose });
  return { output, text: `${output.Url}\nIt works once, until ${minuteOf(output.ExpirationTime)}.` };
};
