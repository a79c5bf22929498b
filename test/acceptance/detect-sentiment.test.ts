// AC-01: a notebook that lets people check the classifications of a text service.
import type { Output } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { expectCompleted, expectedUri } from '../testing/common-frame.ts';
import { describeLoop, statusOf } from '../testing/human-loops.ts';
import { useNotebook } from '../testing/notebook.ts';
import { describeWith } from '../testing/tools.ts';

const title = 'Detect Sentiment of Text';

describeWith('Python with boto3', 'Chromium')('detect_sentiment.py', () => {
  const notebook = useNotebook();

  test('one preselected label is kept, one is changed, one loop stays open and is not collected', async () => {
    const { server, events } = notebook;
    const program = notebook.run('detect_sentiment.py');
    const started = await program.shown<{ portal: string; loops: string[]; texts: string[] }>();
    expect(started.loops).toHaveLength(3);
    expect(started.portal).toBe(`https://localhost:${server.port}`);
    const uris = await Promise.all(started.loops.map((name) => uriOf(name)));

    const ada = await notebook.signIn();
    await ada.row(title).nth(2).waitFor();
    await ada.start(title);
    await ada.task.getByText(started.texts[0]!).waitFor();
    expect(await ada.task.getByRole('radio', { name: 'NEUTRAL' }).isChecked()).toBe(true);
    await ada.task.getByText('Choose the primary sentiment that is expressed by the text.').waitFor();
    await ada.submit();
    await ada.list();
    await ada.row(title).nth(1).waitFor();
    await ada.start(title);
    await ada.task.getByText(started.texts[1]!).waitFor();
    expect(await ada.task.getByRole('radio', { name: 'POSITIVE' }).isChecked()).toBe(true);
    await ada.task.getByText('NEGATIVE', { exact: true }).click();
    await ada.submit();
    await ada.list();
    for (const [index, name] of started.loops.slice(0, 2).entries())
      await expectCompleted(server, events, { name, uri: uris[index]! });

    program.goOn();
    const { outputs } = await program.shown<{ outputs: Output[] }>();
    await program.end();
    expect(outputs.map(({ humanLoopName }) => humanLoopName)).toEqual(started.loops.slice(0, 2));
    expect(outputs.map(({ humanAnswers }) => humanAnswers.map(({ answerContent }) => answerContent))).toEqual([
      [{ sentiment: { label: 'NEUTRAL' } }],
      [{ sentiment: { label: 'NEGATIVE' } }],
    ]);
    expect(outputs.map(({ inputContent }) => inputContent)).toEqual([
      { initialValue: 'NEUTRAL', taskObject: started.texts[0] },
      { initialValue: 'POSITIVE', taskObject: started.texts[1] },
    ]);
    expect(await statusOf(server, started.loops[2]!)).toBe('InProgress');
    expect(program.printed.at(-1)).toBe(`HumanLoop Output Destination: {'OutputS3Uri': '${uris[2]}'}`);
  });

  /** Where an open loop says that its output will be, which has to be the documented place. */
  async function uriOf(name: string): Promise<string> {
    const loop = await describeLoop(notebook.server, name);
    expect(loop.HumanLoopStatus).toBe('InProgress');
    const flowName = loop.FlowDefinitionArn.split('/').at(-1)!;
    const uri = loop.HumanLoopOutput!.OutputS3Uri;
    expect(uri).toBe(expectedUri('s3://sentiment-reviews/a2i-results', flowName, loop.CreationTime, name));
    return uri;
  }
});
