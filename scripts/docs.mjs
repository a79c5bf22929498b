// `npm run docs`: writes the parts of docs/ that the code knows best; with --check only says what is out of date.
// A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; everything around it is written by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable, modelDeviations, operations } from '@holdpoint/protocol';
import { flagOf, settingDefinitions, variableOf } from '../packages/server/src/config.ts';
import { root } from './root.mjs';

const files = {
  'docs/configuration.md': { settings: settingsTable },
  'docs/compatibility.md': {
    'sagemaker-a2i-runtime': () => operationsTable('sagemaker-a2i-runtime'),
    sagemaker: () => operationsTable('sagemaker'),
    holdpoint: () => operationsTable('holdpoint'),
    errors: errorsTable,
    deviations: deviationsTable,
  },
};

function settingsTable() {
  const rows = settingDefinitions.map((setting) => {
    const flag = 'value' in setting ? `${flagOf(setting.name)} ${setting.value}` : flagOf(setting.name);
    const key = setting.name === 'data' ? '–' : code(setting.name);
    return [code(flag), code(variableOf(setting.name)), key, defaultOf(setting), setting.sentence];
  });
  return table(['Flag', 'Variable', 'Key in `config.json`', 'Default', 'What it does'], rows);
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
  ]);
  const place = own.every((operation) => operation.protocol === 'json-1-1') ? '`X-Amz-Target`' : 'Request';
  return table(['Operation', place, 'Modelled errors', 'Pages'], rows);
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

const code = (text) => `\`${text}\``;

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

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
if (outdated.length === 0) process.stdout.write('The generated documents are up to date.\n');
else if (!check) process.stdout.write(`Written: ${outdated.join(', ')}\n`);
else {
  process.stderr.write(`Out of date: ${outdated.join(', ')}. Run "npm run docs" and keep the result.\n`);
  process.exitCode = 1;
}
