/** All commands as data: what can stand where on a command line. */
import type { Argument, Command, Option } from 'commander';

/** What can stand in one place: a file, a folder, one of some words, a name that a server knows, or anything. */
export type Value =
  | { readonly kind: 'file' | 'folder' | 'anything' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'names'; readonly of: NameKind };

export type NameKind = 'flows' | 'loops' | 'templates' | 'workteams' | 'workers' | 'keys' | 'event-targets';

export interface OptionNode {
  /** `-h`, `--help` */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined for a switch. */
  readonly value?: Value;
}

export interface CommandNode {
  /** The words after `holdpoint`, such as `flow create`; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  readonly children: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly OptionNode[];
  /** The places after the path; the last one again and again where `variadic`. */
  readonly places: readonly Value[];
  readonly variadic: boolean;
}

/** The commands that are shown in the help, the program itself first. */
export function commandTree(program: Command): readonly CommandNode[] {
  return [...walk(program, [])];
}

function* walk(command: Command, path: readonly string[]): Generator<CommandNode> {
  const children = childrenOf(command);
  yield {
    path: path.join(' '),
    description: command.description(),
    children: children.map(nameOf),
    options: command.createHelp().visibleOptions(command).map(optionNode),
    places: command.registeredArguments.map((each) => placeOf(each, path)),
    variadic: command.registeredArguments.at(-1)?.variadic ?? false,
  };
  for (const child of children) {
    const below = [...path, child.name()];
    yield* child.name() === 'help' ? walkHelp(command, below) : walk(child, below);
  }
}

/** Behind `help` stand the words of a command, and nothing else. */
function* walkHelp(command: Command, path: readonly string[]): Generator<CommandNode> {
  const children = childrenOf(command).filter((child) => child.name() !== 'help');
  yield {
    path: path.join(' '),
    description: command.description(),
    children: children.map(nameOf),
    options: [],
    places: [],
    variadic: false,
  };
  for (const child of children) yield* walkHelp(child, [...path, child.name()]);
}

const childrenOf = (command: Command): readonly Command[] => command.createHelp().visibleCommands(command);
const nameOf = (command: Command) => ({ name: command.name(), description: command.description() });

function optionNode(option: Option): OptionNode {
  const flags = [option.short, option.long].filter((flag) => flag !== undefined);
  const { description } = option;
  // commander takes --no-wait, which has no value, for none that is a switch.
  if (!option.required && !option.optional) return { flags, description };
  return { flags, description, value: optionValue(option) };
}

const ofOptions: Readonly<Record<string, NameKind>> = {
  '--workteam': 'workteams',
  '--human-task-ui': 'templates',
  '--flow': 'flows',
  '--worker': 'workers',
};

function optionValue({ argChoices, flags, long }: Option): Value {
  if (argChoices !== undefined) return { kind: 'words', words: argChoices };
  const placeholder = /[<[]([^>\]]+)/.exec(flags)?.[1]?.replace(/\.\.\.$/, '') ?? '';
  if (/(^|[^A-Z])FILES?$/.test(placeholder)) return { kind: 'file' };
  if (placeholder === 'DIR') return { kind: 'folder' };
  const of = placeholder === 'FLOW' ? 'flows' : ofOptions[long ?? ''];
  return of === undefined ? { kind: 'anything' } : { kind: 'names', of };
}

/** What the argument of a name means under a command; the deeper path counts first. */
const ofArguments: Readonly<Record<string, NameKind>> = {
  flow: 'flows',
  email: 'workers',
  'access-key-id': 'keys',
  'event-target id': 'event-targets',
  'flow name': 'flows',
  'loop name': 'loops',
  'loop names': 'loops',
  'template name': 'templates',
  'worker name': 'workteams',
  'workteam name': 'workteams',
};
/** Commands whose name is one that nobody has yet. */
const makesNames = new Set(['flow create', 'workteam create']);

function placeOf(argument: Argument, path: readonly string[]): Value {
  const { argChoices } = argument;
  if (argChoices !== undefined) return { kind: 'words', words: argChoices };
  const name = argument.name();
  if (name === 'file' || name === 'files') return { kind: 'file' };
  const of = ofArguments[`${path[0]} ${name}`] ?? ofArguments[name];
  return of === undefined || makesNames.has(path.join(' ')) ? { kind: 'anything' } : { kind: 'names', of };
}
