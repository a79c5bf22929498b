import { expect, it } from 'vitest';
import { runCommand } from '../testing/run-command.ts';

it.each([
  ['help', 'Usage: holdpoint [options]'],
  ['help loop', 'Usage: holdpoint loop [options]'],
  ['help loop start', 'Usage: holdpoint loop start [options]'],
  ['help help', 'Usage: holdpoint help [options]'],
  ['loop help', 'Usage: holdpoint loop [options]'],
  ['loop help start', 'Usage: holdpoint loop start [options]'],
])('%s shows a command', async (words, usage) => {
  const { stdout, stderr, code } = await runCommand(words.split(' '));
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toContain(usage);
});

it.each([
  ['help lop', 'There is no command "holdpoint lop"; "holdpoint help" lists those that there are.'],
  ['help loop begin', 'There is no command "holdpoint loop begin"; "holdpoint help loop" lists those that there are.'],
  ['loop help begin', 'There is no command "holdpoint loop begin"; "holdpoint help loop" lists those that there are.'],
  ['help loop start it', 'There is no command "holdpoint loop start it": nothing comes below "holdpoint loop start".'],
  ['help \u001b[2J', 'There is no command "holdpoint \ufffd[2J"; "holdpoint help" lists those that there are.'],
])('%j says what is unknown', async (words, sentence) => {
  expect(await runCommand(words.split(' '))).toEqual({ stdout: '', stderr: `holdpoint: ${sentence}\n`, code: 1 });
});
