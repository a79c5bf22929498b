import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LoopStage, openLoopStage } from './loop/testing/loop-stage.ts';

let stage: LoopStage;
beforeAll(async () => {
  stage = await openLoopStage();
});
afterAll(() => stage?.close());

const worker = (...args: readonly string[]) => stage.holdpoint('worker', ...args);

it('lists workers under the names that outputs have, so that an answer leads to a person', {
  timeout: 60_000,
}, async () => {
  await worker('add', '--email', 'bystander@example.com');
  await stage.makeFlow('traced');
  await stage.startLoops('traced', { text: 'x' });
  const rules = await stage.write('rules.json', JSON.stringify([{ answer: { label: 'Yes' }, seconds: 0 }]));
  await stage.holdpoint('simulate', '--rules', rules, '--flow', 'traced', '--until-empty');
  await stage.holdpoint('loop', 'watch', 'traced-1');
  const [answer] = JSON.parse((await stage.holdpoint('loop', 'answers', 'traced-1', '--json')).stdout).humanAnswers;
  const { Workers } = JSON.parse((await worker('list', '--json')).stdout);
  const emailsWith = (key: string, value: string): string[] =>
    Workers.filter((one: Record<string, string>) => one[key] === value).map(({ Email }: { Email: string }) => Email);
  expect(emailsWith('WorkerId', answer.workerId)).toEqual(['simulated-1@simulated.invalid']);
  expect(emailsWith('Sub', answer.workerMetadata.identityData.sub)).toEqual(['simulated-1@simulated.invalid']);
});

it('shows the workteams of a worker, and changes them only where it is told to', async () => {
  await worker('add', '--email', 'Ada@Example.com');
  const ada = 'Ada@Example.com is active, workteams: ';
  const answers = async (...args: readonly string[]) => {
    const { stdout, stderr, code } = await worker('workteams', ...args);
    return [code, stdout, stderr];
  };
  expect(await answers('ada@example.com')).toEqual([0, `${ada}reviewers.\n`, '']);
  expect(await answers('ada@example.com', 'reviewers', '--none')).toEqual([
    1,
    '',
    'holdpoint: Give either names of workteams or --none.\n',
  ]);
  expect(await answers('ada@example.com')).toEqual([0, `${ada}reviewers.\n`, '']);
  expect(await answers('ada@example.com', '--none')).toEqual([0, `${ada}none.\n`, '']);
  expect(await answers('ada@example.com', 'reviewers')).toEqual([0, `${ada}reviewers.\n`, '']);
  expect(await answers('eve@example.com')).toEqual([
    2,
    '',
    'holdpoint: No worker has the e-mail address eve@example.com.\n',
  ]);
});

it('S2 resets a worker, and says why an invitation was not mailed', async () => {
  const { stdout } = await worker('add', '--email', 'ida@example.com', '--invite');
  expect(stdout).toMatch(
    /^Added ida <ida@example\.com>.*\nThe invitation could not be mailed: The server sends no mail: set --mail-url and --mail-from\.\nWithin seven days a password is set, once, at\nhttp:\S+\/portal\/link#\S+\n$/,
  );
  expect((await worker('reset', 'ida@example.com')).stdout).toMatch(
    /^ida@example\.com has no password, passkeys or second factor any more, and is signed out\.\nWithin .*\nhttp:\S+\n$/,
  );
  expect((await worker('reset', 'eve@example.com')).stderr).toBe(
    'holdpoint: No worker has the e-mail address eve@example.com.\n',
  );
  expect((await worker('add', '--email', 'x@example.com', '--invite', '--password-stdin')).stderr).toBe(
    'holdpoint: Give either --invite or --password-stdin.\n',
  );
});
