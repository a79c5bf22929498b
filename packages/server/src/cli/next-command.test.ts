import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { nextCommand, quoted } from './next-command.ts';

it('reaches the same server', () => {
  const server = { data: "Ada's data", endpointUrl: 'http://127.0.0.1:7800', profile: 'review', region: 'us-east-1' };
  expect(nextCommand('flow list', server)).toBe(
    `holdpoint flow list --data 'Ada'\\''s data' --endpoint-url http://127.0.0.1:7800 --profile review --region us-east-1`,
  );
  expect(nextCommand('flow list', {})).toBe('holdpoint flow list');
});

const npx = { npm_lifecycle_event: 'npx' };
it.each([
  { how: 'by its name', path: '/usr/local/bin/holdpoint', environment: {}, command: 'holdpoint' },
  {
    how: 'by a launcher that says it',
    path: '/home/ada/checkout/packages/server/bin/holdpoint.mjs',
    environment: { HOLDPOINT_COMMAND: 'npm run holdpoint --' },
    command: 'npm run holdpoint --',
  },
  { how: "in npm's folder", path: '/home/ada/node_modules/.bin/holdpoint', environment: {}, command: 'npx holdpoint' },
  {
    how: 'by npx, where that folder has no links',
    path: 'C:\\ada\\node_modules\\holdpoint\\bin\\holdpoint.mjs',
    environment: { ...npx, npm_lifecycle_script: '"holdpoint" "flow" "list"' },
    command: 'npx holdpoint',
  },
  {
    how: 'by its name, under another program of npx',
    path: '/usr/local/bin/holdpoint',
    environment: { ...npx, npm_lifecycle_script: '"vitest"' },
    command: 'holdpoint',
  },
])('is called as the program was: $how', ({ path, environment, command }) => {
  const module = pathToFileURL(`${import.meta.dirname}/next-command.ts`).href;
  const program = `
    process.argv[1] = ${JSON.stringify(path)};
    console.log((await import(${JSON.stringify(module)})).nextCommand('flow list', {}));`;
  const args = [...process.execArgv, '--input-type=module', '--eval', program];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8', env: environment })).toBe(`${command} flow list\n`);
});

it.each(['plain', '', 'two words', "it's", '$HOME', 'a\nb', '*'])('%j is one word for a shell', (word) => {
  expect(execFileSync('sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' })).toBe(word);
});
