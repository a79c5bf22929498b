// docs/operations/: a page for each resource, made from the protocol's table, its comments and the programs in examples/operations.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '@holdpoint/protocol';
import { root } from '../root.mjs';
import { methodName, snakeCase } from './names.mjs';

/** The pages, in the order of the navigation: the file of the protocol's table → title, opening sentence, examples. */
const pages = [
  ['human-loop', 'Human loops', 'One request for review, by its name.', 'human-loops'],
  ['flow-definition', 'Flow definitions', 'The standing rules that human loops follow.', 'flow-definitions'],
  ['human-task-ui', 'Human task UIs', 'What a worker is shown: a Liquid template.', 'human-task-uis'],
  ['gold', 'Gold items', 'Inputs whose answer is known, and how workers answer them.', 'gold-items'],
  ['template', 'Checking templates', 'Before people see them.', 'templates'],
  ['workteam', 'Workteams', 'Some of the workers: those whom a flow definition asks.', 'workteams'],
  ['workforce', 'Workforces', 'Everyone who can be asked.', 'workforces'],
  ['worker', 'Workers', 'The people, in the built-in directory.', 'workers'],
  ['tags', 'Tags', 'Names and values on flow definitions, human task UIs and workteams.', 'tags'],
  ['access-key', 'Access keys', 'The key pairs with which requests are signed.', 'access-keys'],
  ['event-target', 'Event targets', 'Who is told when a human loop ends or an object is written.', 'event-targets'],
  ['activity', 'The activity log', 'Who changed what, when and from where.', 'activities'],
  ['consolidation', 'Consolidation', 'What several answers come to, and how far workers agree.', 'consolidation'],
  ['statistics', 'Statistics', 'What happened with human loops, what waits, and what workers did.', 'statistics'],
  ['installation', 'The installation', 'How the server itself is doing.', 'installation'],
];

const languages = [
  ['boto3', 'py', 'boto3'],
  ['javascript', 'mjs', 'AWS SDK for JavaScript'],
  ['holdpoint', 'ts', '@holdpoint/client'],
];

/** @returns file → text of all generated pages. */
export function operationPages(comments) {
  const known = new Set(pages.map(([resource]) => resource));
  const homeless = [...comments].filter(([, { resource }]) => !known.has(pageOf(resource))).map(([name]) => name);
  if (homeless.length > 0) throw new Error(`No page of scripts/docs/operation-pages.mjs has: ${homeless.join(', ')}.`);
  const files = pages.map((page) => [`docs/operations/${page[0]}.md`, pageText(page, comments)]);
  return Object.fromEntries([['docs/operations/index.md', indexText(comments)], ...files.filter(([, text]) => text)]);
}

/** Several files of the table may share a page. */
const pageOf = (resource) =>
  ({ 'preview-ui-template': 'template', 'human-loop-inspection': 'human-loop' })[resource] ?? resource;

/** In the table's order; what AWS has comes before what is ours. */
function operationsOf(resource, comments) {
  return Object.values(operations)
    .filter(({ name }) => pageOf(comments.get(name)?.resource) === resource)
    .sort((a, b) => Number(a.service === 'holdpoint') - Number(b.service === 'holdpoint'));
}

const services = {
  'sagemaker-a2i-runtime': 'Amazon Augmented AI Runtime',
  sagemaker: 'Amazon SageMaker',
  holdpoint: 'Holdpoint',
};

function indexText(comments) {
  const lines = pages.flatMap(([resource, title, sentence]) => {
    const own = operationsOf(resource, comments);
    if (own.length === 0) return [];
    const rows = own.map(({ name, service }) => [
      `[${name}](./${resource}.md#${name.toLowerCase()})`,
      services[service],
      firstSentence(comments.get(name).text),
    ]);
    return [`## [${title}](./${resource}.md)`, '', sentence, '', table(['Operation', 'API', 'What it does'], rows), ''];
  });
  return [
    '# Operations',
    '',
    'Everything that programs can ask of a server. The operations of Amazon Augmented AI Runtime and of Amazon SageMaker are',
    "AWS's own, in AWS's wire protocol: any AWS SDK and the aws CLI call them. The operations of Holdpoint are for what AWS does",
    'elsewhere; `@holdpoint/client` and the [command line](../command-line.md) call them. What is decided where AWS documents',
    'nothing stands in [Compatibility](../compatibility.md).',
    '',
    ...lines,
  ].join('\n');
}

function pageText([resource, title, sentence, examples], comments) {
  const own = operationsOf(resource, comments);
  if (own.length === 0) return undefined;
  const sections = own.map((operation) => operationText(operation, comments.get(operation.name), examples));
  return `# ${title}\n\n${sentence}\n\n${sections.join('\n')}`;
}

function operationText(operation, comment, examples) {
  if (!comment?.text) throw new Error(`${operation.name} has no comment in packages/protocol/src.`);
  const { name, service, http, target } = operation;
  const request = target ? `\`POST /\` with \`X-Amz-Target: ${target}\`` : `\`${http.method} ${http.uri}\``;
  return [
    `## ${name}`,
    '',
    comment.text,
    '',
    `${services[service]} · ${request} · ${spellings(operation)}`,
    '',
    ...exampleText(name, examples),
    ...membersText('Parameters', operation.input, comment, 'None.'),
    ...membersText('Answer', operation.output, comment, 'Nothing.'),
    ...errorsText(operation, comment),
    ...(comment.source ? [`Source: ${comment.source}.`, ''] : []),
  ].join('\n');
}

/** How the operation is called in boto3 and in TypeScript. */
function spellings({ name, service }) {
  const ours = `\`${methodName(name)}\``;
  return service === 'holdpoint'
    ? ours
    : `\`${snakeCase(methodName(name))}\` in boto3, ${ours} in \`@holdpoint/client\``;
}

function exampleText(name, examples) {
  const found = languages.flatMap(([folder, extension, label]) => {
    const file = `examples/operations/${folder}/${examples}.${extension}`;
    const has = existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8').includes(`#region ${name}\n`);
    const hasPython =
      existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8').includes(`# region ${name}\n`);
    return has || hasPython ? [`<<< ../../${file}#${name} [${label}]`] : [];
  });
  return found.length === 0 ? [] : ['::: code-group', '', ...found.flatMap((line) => [line, '']), ':::', ''];
}

function membersText(title, shape, comment, none) {
  const rows = memberRows(shape, comment, '');
  return [`**${title}**`, '', rows.length === 0 ? none : table(['Member', 'Type', 'Meaning'], rows), ''];
}

/** A row for each member, those inside it after it under dotted names. */
function memberRows(shape, comment, prefix) {
  return Object.entries(shape.members).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const required = shape.required?.includes(name) ? '' : ', optional';
    const inner = innermost(member);
    const row = [`\`${path}\``, `${typeText(member)}${required}`, meaningOf(name, path, comment)];
    const suffix = member.type === 'list' ? '[].' : '.';
    return [row, ...(inner.type === 'structure' ? memberRows(inner, comment, `${path}${suffix}`) : [])];
  });
}

function meaningOf(name, path, comment) {
  const text = comment.memberText(name);
  if (!text) throw new Error(`The member ${path} of ${comment.resource} has no comment in packages/protocol/src.`);
  return text;
}

const innermost = (shape) => (shape.type === 'list' ? innermost(shape.member) : shape);

function typeText(shape) {
  switch (shape.type) {
    case 'string':
      if (shape.enum) return shape.enum.map((word) => `\`${word}\``).join(' \\| ');
      return `string${bounds(shape, 'characters')}`;
    case 'integer':
    case 'long':
      return `integer${bounds(shape, '')}`;
    case 'list':
      return `list of ${typeText(shape.member)}${bounds(shape, 'items')}`;
    case 'map':
      return `map of string to ${typeText(shape.value)}${bounds(shape, 'entries')}`;
    case 'structure':
      return 'object';
    case 'timestamp':
      return 'moment';
    default:
      return shape.type;
  }
}

function bounds({ min, max }, unit) {
  const [low, high] = [min, max].map((bound) => bound?.toLocaleString('en-US'));
  const range =
    min !== undefined && max !== undefined
      ? `${low} to ${high}`
      : max !== undefined
        ? `at most ${high}`
        : min > 0
          ? `at least ${low}`
          : '';
  return range && ` (${[range, unit].filter(Boolean).join(' ')})`;
}

/** What the comment says comes first; what the table only names follows. */
function errorsText({ errors }, comment) {
  const told = comment.errors.map(({ name, when }) => [`\`${name}\``, when]);
  const others = errors
    .filter((name) => !comment.errors.some((error) => error.name === name))
    .map((name) => `\`${name}\``);
  if (told.length === 0 && others.length === 0) return [];
  return [
    '**Errors**',
    '',
    ...(told.length > 0 ? [table(['Error', 'When'], told), ''] : []),
    ...(others.length > 0 ? [`${told.length > 0 ? 'Also ' : ''}${others.join(', ')}.`, ''] : []),
  ];
}

const firstSentence = (text) => /^.*?[.:](?=\s|$)/s.exec(text)?.[0].replace(/:$/, '.') ?? text;

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
