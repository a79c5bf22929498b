// packages/client/src/service-methods.ts: the clients' methods with their documentation, so that editors show it.
import { operations } from '@holdpoint/protocol';
import { methodName } from './names.mjs';

const interfaces = [
  ['sagemaker-a2i-runtime', 'A2IRuntimeMethods', 'Human loops.'],
  [
    'sagemaker',
    'SageMakerMethods',
    'The control plane: flow definitions, human task UIs, workteams, workforces, tags.',
  ],
  ['holdpoint', 'HoldpointMethods', "What AWS's API lacks: workers, access keys, event targets and more."],
];

/** The text of the file; written by `npm run docs`, compared by the check. */
export function clientMethods(comments) {
  const bodies = interfaces.map(([service, name, sentence]) => {
    const own = Object.values(operations).filter((operation) => operation.service === service);
    const methods = own.map((operation) => methodText(operation, comments.get(operation.name)));
    return `/** ${sentence} */\nexport interface ${name} {\n${methods.join('\n')}}\n`;
  });
  const map = interfaces
    .map(([service, name]) => `  ${/-/.test(service) ? `'${service}'` : service}: ${name};\n`)
    .join('');
  return `// Written by \`npm run docs\` from the comments in packages/protocol/src; changes belong there.
import type { Method } from './method-types.ts';

${bodies.join('\n')}
/** The methods of each service's client. */
export interface ServiceMethods {
${map}}
`;
}

function methodText({ name, errors }, { text, errors: told, source }) {
  const others = errors.filter((error) => !told.some((each) => each.name === error));
  const lines = [
    ...text.split('\n'),
    '',
    ...told.map((error) => `@throws ${error.name} ${error.when}`),
    ...(others.length > 0 ? [`@throws ${others.join(', ')}`] : []),
    ...(source ? [`@see ${source}`] : []),
  ];
  while (lines.at(-1) === '') lines.pop();
  const body = lines.flatMap((line) => wrap(line, 115)).map((line) => `   *${line && ` ${line}`}\n`);
  return `  /**\n${body.join('')}   */\n  readonly ${methodName(name)}: Method<'${name}'>;\n`;
}

function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
