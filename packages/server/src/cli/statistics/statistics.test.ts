import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandServer, startCommandServer } from '../../testing/command-server.ts';

let stage: CommandServer;
beforeAll(async () => {
  stage = await startCommandServer();
  await stage.write('a.html', '<crowd-form><p>{{ task.input.text }}</p></crowd-form>');
  await stage.json('flow create first --template a.html');
  await stage.run('loop start first --name loop-1 --input {"text":"x"}');
}, 60_000);
afterAll(() => stage?.close());

it('O4 statistics are a table, JSON or lines for spreadsheets', async () => {
  const { stdout, stderr, code } = await stage.run('statistics --flow first --time-zone Europe/Berlin');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^FROM +STARTED +COMPLETED/);
  expect(stdout).toMatch(/\nTotal +1 +0 +0 +0 +0 +0 /);
  expect(stdout).toMatch(/\nNothing waits +never at this pace\n/);
  expect(await stage.json('statistics --range 7d --step 1d')).toMatchObject({
    Step: 'Day',
    Totals: { Started: 1 },
    Steps: { length: 7 },
  });
  const csv = (await stage.run('statistics --range 1h --csv')).stdout.trim().split('\n');
  expect(csv[0]).toMatch(/^From,Started,Completed,Failed,Expired,Stopped,Answers,AcceptanceP50Seconds/);
  expect(csv).toHaveLength(13);
});

it.each([
  ['statistics --csv --json', 1, 'Give either --csv or --json.'],
  ['statistics --flow nothing-here', 2, "The FlowDefinition 'nothing-here' does not exist."],
  ['statistics --time-zone Mars/Base', 2, "TimeZone 'Mars/Base' is not known; give a name such as Europe/Berlin."],
])('O4 %s is refused with a sentence', async (command, code, sentence) => {
  const result = await stage.run(command);
  expect(result.stderr).toContain(sentence);
  expect(result.code).toBe(code);
});
