// docs/command-line.md: every command with its options, from the commands themselves.
import { createProgram } from '../../packages/server/src/cli/program.ts';
import { flagOf, settingDefinitions } from '../../packages/server/src/config.ts';

/** What docs/command-line.md tells once. */
const commonFlags = ['--data', '--endpoint-url', '--profile', '--region', '--json'];
const settingFlags = new Set(settingDefinitions.map(({ name }) => flagOf(name)));

export function commandLine() {
  const program = createProgram({
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    environment: {},
  });
  const groups = new Map();
  for (const command of visible(program)) {
    const title = (command.helpGroup() || 'Commands:').replace(/:$/, '');
    groups.set(title, [...(groups.get(title) ?? []), command]);
  }
  return [...groups]
    .map(
      ([title, commands]) => `## ${title}\n\n${commands.flatMap((command) => leaves(command, 'holdpoint')).join('\n')}`,
    )
    .join('\n');
}

const visible = (command) =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter(({ _name }) => _name !== 'help');

function leaves(command, path) {
  const full = `${path} ${command.name()}`;
  const below = visible(command);
  return below.length > 0 ? below.flatMap((each) => leaves(each, full)) : [leafText(command, full)];
}

function leafText(command, path) {
  const help = command.createHelp();
  const words = command.registeredArguments.map(({ _name, required, variadic }) => {
    const name = `${_name}${variadic ? '…' : ''}`;
    return required ? `<${name}>` : `[${name}]`;
  });
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  const settings = options.filter(({ long }) => settingFlags.has(long));
  const common = commonFlags.filter((flag) => options.some(({ long }) => long === flag));
  // The server's settings have a page of their own, what all commands have its place above.
  const isServer = settings.length === settingFlags.size;
  const shown = options.filter((option) => !(isServer ? settings.includes(option) : common.includes(option.long)));
  const rows = shown.map((option) => [`\`${option.flags}\``, help.optionDescription(option)]);
  const after = textAfter(command);
  return [
    `### ${path}`,
    '',
    `${sentence(command.description())}${isServer ? ' Every [setting](./configuration.md) is an option.' : ''}`,
    '',
    '```sh',
    [path, ...words].join(' '),
    ...(after.example ? ['', '# Example', after.example] : []),
    '```',
    '',
    ...(after.text ? [after.text, ''] : []),
    ...(rows.length > 0 ? [table(['Option', 'What it does'], rows), ''] : []),
    ...(!isServer && common.length > 0
      ? [`${rows.length > 0 ? 'Also' : 'Options:'} ${common.map((flag) => `\`${flag}\``).join(', ')}.`, '']
      : []),
  ].join('\n');
}

/** The example at the end of the help, and what else stands there. */
function textAfter(command) {
  const parts = [];
  command.emit('afterHelp', { command, error: false, write: (text) => parts.push(text) });
  const text = parts.join('\n').trim();
  const [before, example] = text.split(/^Examples?:\n/m);
  return {
    text: before.trim() && `\`\`\`text\n${before.trim()}\n\`\`\``,
    example: example?.trim().replaceAll('\n  ', '\n'),
  };
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  // Outside of code, angle brackets would be taken for HTML.
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(([flags, text]) => line([flags, text.replaceAll('<', '&lt;')])),
  ].join('\n');
}
