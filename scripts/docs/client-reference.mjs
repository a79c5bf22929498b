// docs/client/reference.md: the public face of @holdpoint/client, from its doc comments.
import { join } from 'node:path';
import ts from 'typescript-classic';
import { root } from '../root.mjs';

const entry = join(root, 'packages/client/src/index.ts');

/** Every export has a place here; one that has none stops the build of the documentation. */
const sections = [
  [
    'Sessions and clients',
    'Session',
    'createA2IRuntimeClient',
    'createSageMakerClient',
    'createHoldpointClient',
    'createClient',
  ],
  [
    'Settings',
    'ClientOptions',
    'ToolClientOptions',
    'Credentials',
    'CredentialsProvider',
    'ProvidedCredentials',
    'ServiceName',
  ],
  ['What every client has', 'CommonMethods', 'ClientMeta', 'CallOptions', 'ResponseMetadata'],
  ['Human loops', 'A2IRuntimeClient', 'A2IRuntimeMethods', 'Output', 'HumanAnswer'],
  ['Control plane', 'SageMakerMethods'],
  ["Holdpoint's own operations", 'HoldpointMethods'],
  ['Pages', 'Paginator', 'PaginationConfig', 'Pages'],
  ['Waiting', 'Waiter', 'WaiterName', 'WaitOptions'],
  ['Presigned URLs', 'PresignedUrlOptions'],
  [
    'Types',
    'Input',
    'Result',
    'Method',
    'Client',
    'ClientOf',
    'ServiceClient',
    'OperationName',
    'OperationInput',
    'OperationOutput',
  ],
  [
    'Sending',
    'Transport',
    'HttpRequest',
    'HttpResponse',
    'TransportLimits',
    'createFetchTransport',
    'FetchTransportOptions',
  ],
];
/** Errors come last, in the order of their file. */
const errorsTitle = 'Errors';

export function clientReference() {
  const program = ts.createProgram([entry], {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['holdpoint-source'],
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry));
  const exports = new Map(
    checker.getExportsOfModule(module).map((symbol) => {
      const actual = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return [symbol.name, actual.declarations[0]];
    }),
  );
  const errors = [...exports].filter(
    ([, node]) => node.getSourceFile().fileName.endsWith('/errors.ts') && ts.isClassDeclaration(node),
  );
  const placed = new Set([
    ...sections.flatMap(([, ...names]) => names),
    ...errors.map(([name]) => name),
    'ErrorFacts',
    'exceptionsOf',
    'serviceError',
  ]);
  const homeless = [...exports.keys()].filter((name) => !placed.has(name));
  if (homeless.length > 0)
    throw new Error(`No section of scripts/docs/client-reference.mjs has: ${homeless.join(', ')}.`);
  const texts = sections.map(([title, ...names]) => {
    const missing = names.filter((name) => !exports.has(name));
    if (missing.length > 0) throw new Error(`@holdpoint/client does not export ${missing.join(', ')}.`);
    return `## ${title}\n\n${names.map((name) => entryText(name, exports.get(name))).join('\n')}`;
  });
  const undescribed = errors.filter(([, node]) => !docOf(node)).map(([name]) => name);
  if (undescribed.length > 0) throw new Error(`These errors have no doc comment: ${undescribed.join(', ')}.`);
  const errorRows = errors.map(([name, node]) => [`\`${name}\``, parentOf(node), docOf(node)]);
  return [
    '# Client reference',
    '',
    'The public face of `@holdpoint/client`. [Client](./index.md) shows how it is used; what each operation takes and answers stands in',
    '[Operations](../operations/index.md).',
    '',
    ...texts,
    `## ${errorsTitle}`,
    '',
    entryText('SdkError', exports.get('SdkError')),
    table(['Class', 'Is a', 'When'], errorRows),
    '',
  ].join('\n');
}

function entryText(name, node) {
  const text = docOf(node);
  const example = tagsOf(node, 'example')[0];
  return [
    `### ${name}`,
    '',
    ...(text ? [text, ''] : []),
    ...throwsText(node),
    '```ts',
    signatureOf(name, node),
    '```',
    '',
    ...(example ? ['```ts', example, '```', ''] : []),
    ...memberTable(name, node),
  ].join('\n');
}

function throwsText(node) {
  const thrown = tagsOf(node, 'throws');
  return thrown.length === 0 ? [] : [`Throws: ${thrown.map((text) => text.replace(/\.$/, '')).join('; ')}.`, ''];
}

function signatureOf(name, node) {
  if (ts.isInterfaceDeclaration(node)) {
    const heritage = node.heritageClauses?.map((clause) => ` ${clause.getText()}`).join('') ?? '';
    return `interface ${name}${typeParameters(node)}${heritage} { … }`;
  }
  if (ts.isClassDeclaration(node)) {
    const make = node.members.find(ts.isConstructorDeclaration);
    return make ? `new ${name}(${make.parameters.map(bare).join(', ')})` : `class ${name}`;
  }
  if (ts.isFunctionDeclaration(node))
    return `function ${name}${typeParameters(node)}(${node.parameters.map(bare).join(', ')}): ${bare(node.type)}`;
  if (ts.isVariableDeclaration(node)) {
    const made = node.initializer;
    return ts.isArrowFunction(made)
      ? `function ${name}(${made.parameters.map(bare).join(', ')})${made.type ? `: ${bare(made.type)}` : ''}`
      : `const ${name}`;
  }
  return bare(node).replace(/^export /, '');
}

const typeParameters = (node) => (node.typeParameters ? `<${node.typeParameters.map(bare).join(', ')}>` : '');

/** Source text without comments, on one line where it was several. */
const bare = (node) =>
  node
    .getText()
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();

function memberTable(name, node) {
  if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return [];
  const shown = node.members.filter(
    (member) =>
      member.name &&
      !ts.isConstructorDeclaration(member) &&
      !ts.isPrivateIdentifier(member.name) &&
      !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private),
  );
  if (shown.length === 0) return [];
  const rows = shown.map((member) => [
    `\`${member.name.getText()}\``,
    `\`${memberType(member)}\``,
    meaningOf(name, member),
  ]);
  return [table(['Member', 'Type', 'Meaning'], rows), ''];
}

function meaningOf(owner, member) {
  const text = [docOf(member), ...throwsText(member)].filter(Boolean).join(' ');
  if (!text) throw new Error(`${owner}.${member.name.getText()} has no doc comment.`);
  return text;
}

function memberType(member) {
  if (ts.isMethodSignature(member) || ts.isMethodDeclaration(member))
    return `${typeParameters(member)}(${member.parameters.map(bare).join(', ')})${member.type ? ` => ${bare(member.type)}` : ''}`;
  return member.type ? bare(member.type) : '';
}

const parentOf = (node) => {
  const parent = node.heritageClauses?.[0]?.types[0]?.getText();
  return parent ? `\`${parent}\`` : '';
};

function docOf(node) {
  const host = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const [doc] = ts.getJSDocCommentsAndTags(host).filter(ts.isJSDoc);
  return oneLine(ts.getTextOfJSDocComment(doc?.comment) ?? '');
}

function tagsOf(node, name) {
  const host = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts
    .getJSDocTags(host)
    .filter((tag) => tag.tagName.text === name)
    .map((tag) => {
      const text = ts.getTextOfJSDocComment(tag.comment) ?? '';
      return name === 'example' ? text.trim() : oneLine(text);
    });
}

const oneLine = (text) => text.replace(/\s*\n\s*/g, ' ').trim();

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
