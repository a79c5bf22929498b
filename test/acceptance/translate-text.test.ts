// AC-02: a notebook whose reviewers edit a table of machine translations.
import type { Output } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { expectCompleted } from '../testing/common-frame.ts';
import { useNotebook } from '../testing/notebook.ts';
import { describeWith } from '../testing/tools.ts';

interface Started {
  loop: string;
  arn: string;
  uri: string;
  pairs: { originalText: string; translation: string }[];
}

describeWith('Python with boto3', 'Chromium')('translate_text.py', () => {
  const notebook = useNotebook();

  test('rows 1 and 3 are edited, every text comes back character by character', async () => {
    const program = notebook.run('translate_text.py');
    const { loop, arn, uri, pairs } = await program.shown<Started>();
    expect(loop).toMatch(/^Translate-HumanLoop-Text\d+$/);
    expect(arn.split(':human-loop/')[1]).toBe(loop);
    expect(uri).toMatch(
      /^s3:\/\/translations\/translate-flow-\d+\/(\d\d(\d\d)?\/){6}Translate-HumanLoop-Text\d+\/output\.json$/,
    );

    const ada = await notebook.signIn();
    await ada.start('Review and Improve translation');
    const translation = (row: number) => ada.task.getByLabel(`Translation ${row}`, { exact: true });
    for (const [index, pair] of pairs.entries()) {
      await ada.task.getByRole('cell', { name: pair.originalText, exact: true }).waitFor();
      expect(await translation(index + 1).inputValue()).toBe(pair.translation);
    }
    const edited = [
      '«Espera», dijo & "se fue" de la <i>vieja</i> casa',
      pairs[1]!.translation,
      `${pairs[2]!.translation}\n¡Qué pena!`,
    ];
    await translation(1).fill(edited[0]!);
    await translation(3).fill(edited[2]!);
    for (const label of ['Good 1', 'Poor 2', 'Good 3']) await ada.task.getByLabel(label, { exact: true }).check();
    await ada.submit();
    await expectCompleted(notebook.server, notebook.events, { name: loop, uri });

    program.goOn();
    const { output, postEdits, names } = await program.shown<{ output: Output; postEdits: string; names: string[] }>();
    await program.end();
    expect(output.humanAnswers[0]?.answerContent).toEqual({
      rating1: { good: true, poor: false },
      rating2: { good: false, poor: true },
      rating3: { good: true, poor: false },
      translation1: edited[0],
      translation2: edited[1],
      translation3: edited[2],
    });
    expect(output.inputContent).toEqual({ translationPairs: pairs });
    expect(postEdits).toBe(edited.join('\n'));
    expect(names.filter((name) => name.endsWith('.json'))).toEqual([uri.replace('s3://translations/', '')]);
    expect(names).toContain(`post_edits/PO-${loop}.txt`);
  });
});
