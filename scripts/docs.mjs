// `npm run docs`: writes the parts of docs/ that the code knows best; with --check only says what is out of date.
// A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; everything around it is written by hand. Pages of which
// nothing is written by hand are made whole, and so are the documented methods of the client.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorTable, extensionTags, formOf, modelDeviations, operations } from '@holdpoint/protocol';
import { flagOf, settingDefinitions, variableOf } from '../packages/server/src/config.ts';
import { benchmarks } from './docs/benchmarks.mjs';
import { clientMethods } from './docs/client-methods.mjs';
import { clientReference } from './docs/client-reference.mjs';
import { commandLine } from './docs/command-line.mjs';
import { elementPages } from './docs/element-pages.mjs';
import { elementsManifest } from './docs/elements-manifest.mjs';
import { readOperationComments } from './docs/operation-comments.mjs';
import { operationPages } from './docs/operation-pages.mjs';
import { readElements } from './docs/read-elements.mjs';
import { readResults, staleResults, takeResults } from './docs/results.mjs';
import { table } from './docs/table.mjs';
import { root } from './root.mjs';

if (process.argv.includes('--results')) takeResults();
const results = readResults();
const elements = readElements();

const files = {
  'docs/configuration.md': { settings: settingsTable, tags: tagsTable },
  'docs/compatibility.md': {
    'sagemaker-a2i-runtime': () => operationsTable('sagemaker-a2i-runtime'),
    sagemaker: () => operationsTable('sagemaker'),
    holdpoint: () => operationsTable('holdpoint'),
    suites: suitesTable,
    errors: errorsTable,
    deviations: deviationsTable,
  },
  'docs/quick-start.md': {
    'readme-credentials': () => readmeCode('AWS_SHARED_CREDENTIALS_FILE='),
    'readme-start': () => readmeCode('a2i.start_human_loop('),
    'readme-people': () => readmeCode('worker add'),
    'readme-read': () => readmeCode("['humanAnswers']"),
  },
  'docs/decisions/index.md': { decisions: decisionsList },
  'docs/command-line.md': { commands: commandLine },
  ...elementPages(elements),
};

const comments = readOperationComments();
const wholeFiles = {
  // Before the reference, which reads it.
  'packages/client/src/service-methods.ts': () => clientMethods(comments),
  'docs/client/reference.md': clientReference,
  'docs/benchmarks.md': benchmarks,
  'packages/elements/custom-elements.json': () => elementsManifest(elements),
  ...operationPages(comments),
};

function settingsTable() {
  const rows = settingDefinitions.map((setting) => {
    const flag = 'value' in setting ? `${flagOf(setting.name)} ${setting.value}` : flagOf(setting.name);
    const key = setting.name === 'data' ? '–' : code(setting.name);
    const choices = 'choices' in setting ? ` One of ${setting.choices.join(', ')}.` : '';
    return [code(flag), code(variableOf(setting.name)), key, defaultOf(setting), setting.sentence + choices];
  });
  return table(['Flag', 'Variable', 'Key in `config.json`', 'Default', 'What it does'], rows);
}

function tagsTable() {
  const rows = extensionTags.map((tag) => {
    const { name, default: value, sentence } = tag;
    return [
      code(name),
      tagForm(tag),
      /^(\d+|false)$/.test(value) ? code(value) : value.replace(/--[a-z-]+/, code),
      sentence,
    ];
  });
  return table(['Tag', 'Value', 'Default', 'What it does'], rows);
}

function tagForm(tag) {
  if (tag.kind === 'flag') return `${code('true')} or ${code('false')}`;
  if (tag.kind === 'seconds') return `seconds, 0 to ${tag.most.toLocaleString('en-US')}`;
  return formOf(tag);
}

function defaultOf({ default: value }) {
  return value === '' ? '–' : code(String(value));
}

function operationsTable(service) {
  const own = Object.values(operations).filter((operation) => operation.service === service);
  const rows = own.map(({ name, http, target, errors, paginator }) => [
    code(name),
    code(target ?? `${http.method} ${http.uri}`),
    errors.length > 0 ? errors.map(code).join(', ') : '–',
    paginator ? `${code(paginator.resultKey)} by ${code(paginator.inputToken)}, ${code(paginator.limitKey)}` : '–',
    clientsOf(name),
  ]);
  const place = own.every((operation) => operation.protocol === 'json-1-1') ? '`X-Amz-Target`' : 'Request';
  return table(['Operation', place, 'Modelled errors', 'Pages', 'Called in the tests by'], rows);
}

/** The clients whose examples of the operation ran. */
function clientsOf(operation) {
  const titles = { boto3: 'boto3', javascript: 'AWS SDK for JavaScript', holdpoint: '`@holdpoint/client`' };
  const found = Object.entries(titles).filter(([name]) => results.operations?.[name]?.includes(operation));
  return found.map(([, title]) => title).join(', ') || '–';
}

function suitesTable() {
  const rows = (results['protocol-suites'] ?? []).map(({ file, direction, count, passed, skipped }) => [
    code(file),
    direction,
    String(count),
    String(passed),
    String(skipped),
  ]);
  return table(['Suite', 'Read as', 'Cases', 'Passed', 'Left out'], rows);
}

function errorsTable() {
  const rows = Object.entries(errorTable).map(([name, { restStatus, jsonStatus, modelled }]) => [
    code(name),
    String(restStatus),
    String(jsonStatus),
    modelled.length > 0 ? 'yes' : 'no, a common error',
  ]);
  return table(['Error', 'REST-JSON', 'JSON 1.1', 'Modelled'], rows);
}

function deviationsTable() {
  const rows = modelDeviations.map(({ path, ours, theirs, reason }) => [
    code(path.replace(/^\./, '')),
    code(JSON.stringify(ours)),
    theirs === undefined ? 'not there' : code(JSON.stringify(theirs)),
    reason,
  ]);
  return table(['Fact', 'Here', 'In the model', 'Why'], rows);
}

/** The block of code in README.md that says this: what a new user reads first is the same everywhere. */
function readmeCode(text) {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```\w+\n.*?^```$/gms)].map(([block]) => block);
  const found = blocks.filter((block) => block.includes(text));
  if (found.length !== 1)
    throw new Error(`README.md has ${found.length} blocks of code with "${text}" instead of one.`);
  return found[0];
}

function decisionsList() {
  const folder = join(root, 'docs/decisions');
  const names = readdirSync(folder).filter((name) => /^\d{4}-.+\.md$/.test(name));
  const lines = names.sort().map((name) => {
    const [, number, heading] = /^# (\d+)\. (.+)$/m.exec(readFileSync(join(folder, name), 'utf8'));
    return `${number}. [${heading}](${name})`;
  });
  return lines.join('\n');
}

const code = (text) => `\`${text}\``;

/** The text with every generated part made anew; throws when a marker and the parts do not match one to one. */
function regenerate(text, parts, file) {
  const done = new Set();
  const result = text.replace(/(<!-- generated: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g, (_match, begin, name, end) => {
    if (!Object.hasOwn(parts, name) || done.has(name))
      throw new Error(`${file} has a part "${name}" that nothing makes, or has it twice.`);
    done.add(name);
    return `${begin}\n${parts[name]()}\n\n${end}`;
  });
  const missing = Object.keys(parts).filter((name) => !done.has(name));
  if (missing.length > 0) throw new Error(`${file} has no place for: ${missing.join(', ')}.`);
  return result;
}

if (process.argv.includes('--check-results')) {
  const stale = staleResults();
  if (stale.length > 0) {
    process.stderr.write(
      `The tests found something else than docs/results.json says: ${stale.join(', ')}. Run "npm run docs -- --results" and keep the result.\n`,
    );
    process.exit(1);
  }
}

const check = process.argv.includes('--check');
const outdated = [];
for (const [file, parts] of Object.entries(files)) {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const after = regenerate(before, parts, file);
  if (after === before) continue;
  outdated.push(file);
  if (!check) writeFileSync(path, after);
}
for (const [file, text] of Object.entries(wholeFiles)) {
  const path = join(root, file);
  const after = typeof text === 'function' ? text() : text;
  if (existsSync(path) && readFileSync(path, 'utf8') === after) continue;
  outdated.push(file);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, after);
}
if (outdated.length === 0) process.stdout.write('The generated documents are up to date.\n');
else if (!check) process.stdout.write(`Written: ${outdated.join(', ')}\n`);
else {
  process.stderr.write(`Out of date: ${outdated.join(', ')}. Run "npm run docs" and keep the result.\n`);
  process.exitCode = 1;
}
