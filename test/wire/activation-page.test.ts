// docs/activation-conditions.md, followed by somebody who types what stands there.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseActivationConditions } from '../../packages/server/src/domain/activation/parse-activation-conditions.ts';
import { type CommandServer, startCommandServer } from '../../packages/server/src/testing/command-server.ts';
import { eventually } from '../testing/eventually.ts';

const page = await readFile(new URL('../../docs/activation-conditions.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/<!-- (example: (\S+)|run|prints) -->\n```\w+\n(.*?)```\n/gs)].map(
  ([, kind = '', file, text = '']) => ({ kind, file, text }),
);

let stage: CommandServer;
beforeAll(async () => {
  stage = await startCommandServer();
});
afterAll(() => stage?.close());

test('7.3 – the commands of the page print what it says', async () => {
  let printed = '';
  let compared = 0;
  for (const { file, text } of blocks) if (file !== undefined) await stage.write(file, text);
  for (const { kind, text } of blocks) {
    if (kind === 'prints') {
      expect(printed.trimEnd()).toBe(text.trimEnd());
      compared++;
    }
    if (kind !== 'run') continue;
    for (const line of text.trimEnd().split('\n')) {
      const { stdout, stderr, code } = await stage.run(line.replace(/^holdpoint /, ''));
      expect([code, stderr]).toEqual([0, '']);
      printed = stdout;
    }
  }
  expect(compared).toBe(2);
  await eventually(async () => {
    const { HumanLoopStatus } = await stage.client.call('DescribeHumanLoop', { HumanLoopName: 'invoice-2041' });
    return HumanLoopStatus;
  }).toBe('Completed');
});

test('7.3 – all conditions of the page can be used', () => {
  const conditions = blocks.filter(({ text }) => text.includes('"Conditions"'));
  expect(conditions).toHaveLength(2);
  for (const { text } of conditions) expect(parseActivationConditions(text, undefined).violations).toEqual([]);
});
