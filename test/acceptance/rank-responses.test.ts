// AC-17: a notebook whose reviewers rank the answers of a language model in native controls.
import { expect, test } from 'vitest';
import { expectCompleted } from '../testing/common-frame.ts';
import { statusOf } from '../testing/human-loops.ts';
import { useNotebook } from '../testing/notebook.ts';
import { describeWith } from '../testing/tools.ts';

interface Started {
  loops: string[];
  uris: string[];
  prompts: { prompt: string; responses: string[] }[];
}

interface Collected {
  rows: { prompt: string; responses: string[]; ranks: number[] }[];
  answers: unknown[];
  seen: string[][];
}

const title = 'Rank the responses';

describeWith('Python with boto3', 'Chromium')('rank_responses.py', () => {
  const notebook = useNotebook();

  test('nothing is sent before both ranks are chosen; the next task comes by itself', async () => {
    const { server, events } = notebook;
    const program = notebook.run('rank_responses.py');
    const { loops, uris, prompts } = await program.shown<Started>();

    const ada = await notebook.signIn({ goesOn: true });
    await ada.row(title).nth(2).waitFor();
    await ada.start(title);
    await ada.task.getByText(prompts[0]!.prompt, { exact: true }).waitFor();
    await ada.task.getByRole('button', { name: 'Submit', exact: true }).click();
    const first = ada.task.getByLabel('Rank of response 1');
    expect(await first.evaluate((select) => select.matches(':focus:invalid'))).toBe(true);
    await first.selectOption('2');
    await ada.task.getByRole('button', { name: 'Submit', exact: true }).click();
    const second = ada.task.getByLabel('Rank of response 2');
    expect(await second.evaluate((select) => select.matches(':focus:invalid'))).toBe(true);
    expect(await statusOf(server, loops[0]!)).toBe('InProgress');
    await second.selectOption('1');
    await ada.submit();

    for (const { prompt } of prompts.slice(1)) {
      await ada.task.getByText(prompt, { exact: true }).waitFor();
      await ada.task.getByLabel('Rank of response 1').selectOption('1');
      await ada.task.getByLabel('Rank of response 2').selectOption('2');
      await ada.submit();
    }

    const { rows, answers, seen } = await program.shown<Collected>();
    await program.end();
    expect(answers).toEqual([
      { rank1: '2', rank2: '1' },
      { rank1: '1', rank2: '2' },
      { rank1: '1', rank2: '2' },
    ]);
    const ranks = [
      [2, 1],
      [1, 2],
      [1, 2],
    ];
    expect(rows).toEqual(prompts.map((prompt, index) => ({ ...prompt, ranks: ranks[index] })));
    expect(seen).toEqual(loops.map(() => ['InProgress', 'Completed']));
    for (const [index, name] of loops.entries()) await expectCompleted(server, events, { name, uri: uris[index]! });
  });
});
