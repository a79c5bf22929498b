// AC-09: reviewers correct what Textract read off a form; the program is written for AWS, and this server stands in front of it.
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Output } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { answerWith } from '../testing/ai-upstream.ts';
import { expectCompleted } from '../testing/common-frame.ts';
import { eventually } from '../testing/eventually.ts';
import { createManagedFlow, outputOf, startLoop, untilStatus } from '../testing/human-loops.ts';
import { useNotebook } from '../testing/notebook.ts';
import { onePixel } from '../testing/one-pixel.ts';
import { describeWith } from '../testing/tools.ts';

interface Collected {
  output: Output;
  /** Pairs of a consumer that takes lines before words, and of one that knows words only. */
  byLine: [key: string, value: string][];
  byWord: [key: string, value: string][];
}

type Block = Record<string, unknown>;

const source = 'AWS/Textract/AnalyzeDocument/Forms/V1';

/** Key, value, how sure it is that they belong together, and the top of their row as a part of the page's height. */
const pairsOnPage = [
  ['Full Name:', 'Jane D0e', 71.25, 0.1],
  ['Phone No.', '555-0100', 64.5, 0.3],
  ['Mail Address:', '1 Any Street & Co, Anytown', 99.5, 0.5],
] as const;

function blocksOfPage(): object[] {
  const blockAt = (BlockType: string, Id: string, Confidence: number, [left, top, width]: number[]) => {
    const [right, bottom] = [left! + width!, top! + 0.125];
    const BoundingBox = { Width: width, Height: 0.125, Left: left, Top: top };
    const corners = [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ];
    return { BlockType, Id, Confidence, Geometry: { BoundingBox, Polygon: corners.map(([X, Y]) => ({ X, Y })) } };
  };
  const parts = pairsOnPage.flatMap(([key, value, confidence, top], row) =>
    (['KEY', 'VALUE'] as const).flatMap((part) => {
      const [words, left] = part === 'KEY' ? [key.split(' '), 0.05] : [value.split(' '), 0.5];
      const [id, ids] = [
        `${part.toLowerCase()}-${row}`,
        words.map((_word, at) => `${part.toLowerCase()}-${row}-${at}`),
      ];
      const Relationships = [
        ...(part === 'KEY' ? [{ Type: 'VALUE', Ids: [`value-${row}`] }] : []),
        { Type: 'CHILD', Ids: ids },
      ];
      return [
        { ...blockAt('KEY_VALUE_SET', id, confidence, [left, top, 0.4]), EntityTypes: [part], Relationships },
        ...words.map((Text, at) => ({ ...blockAt('WORD', ids[at]!, 98.5, [left + at / 16, top, 1 / 16]), Text })),
      ];
    }),
  );
  const Ids = parts.filter(({ BlockType }) => BlockType === 'KEY_VALUE_SET').map(({ Id }) => Id);
  return [{ BlockType: 'PAGE', Id: 'page', Relationships: [{ Type: 'CHILD', Ids }] }, ...parts];
}

describeWith('Python with boto3', 'Chromium')('document_forms.py', () => {
  const notebook = useNotebook({ hasAiServices: true });

  test('7.2 — consumers read the corrected pairs; a key that is not there has none, and places stay as they were', async () => {
    const { server, events, upstream } = notebook;
    const page = { DocumentMetadata: { Pages: 1 }, Blocks: blocksOfPage(), AnalyzeDocumentModelVersion: '1.0' };
    upstream.play('Textract.AnalyzeDocument', answerWith(page));
    const program = notebook.run('document_forms.py');
    const { loop, uri, evaluated } = await program.shown<{ loop: string; uri: string; evaluated: boolean[] }>();
    // The alias of the last one is on the page.
    expect(evaluated).toEqual([true, true, true, false]);

    const ada = await notebook.signIn();
    await ada.start('Check a form');
    await ada.task.getByText('Correct the values; say which keys the page does not have.').waitFor();
    const tool = ada.task.locator('crowd-textract-analyze-document');
    const keys = tool.locator('.pair-key');
    // What was read surely is not asked for, and “Telephone” is there by another name.
    await eventually(() => keys.allTextContents()).toEqual(['Zip Code:', 'Date of Visit', 'Full Name:', 'Phone No.']);
    await ada.task.getByRole('button', { name: 'Submit', exact: true }).click();
    await ada.task.getByText('2 keys still need an answer').first().waitFor();

    const pair = (name: string) => tool.locator('.pair-head', { hasText: name });
    // The first one is open by now.
    await ada.task.getByLabel('Key not found').check();
    await pair('Date of Visit').click();
    await ada.task.getByText('Also called: Visited on, Date:').waitFor();
    await ada.task.getByRole('textbox', { name: 'Value', exact: true }).fill('3 May 2021');
    await pair('Full Name:').click();
    expect(await ada.task.getByRole('textbox', { name: 'Key', exact: true }).count()).toBe(0);
    expect(await ada.task.getByRole('button', { name: /(Move|Draw) (key|value) box/ }).count()).toBe(0);
    const value = ada.task.getByRole('textbox', { name: 'Value', exact: true });
    expect(await value.inputValue()).toBe('Jane D0e');
    await value.fill('Jane Doe\nMuster');
    // The value of “Full Name:” on the page, dragged as if it could be moved.
    const canvas = (await tool.locator('.upper-canvas').boundingBox())!;
    const at = (x: number, y: number) => [canvas.x + x * canvas.width, canvas.y + y * canvas.height] as const;
    await ada.page.mouse.click(...at(0.7, 0.16));
    await ada.page.mouse.move(...at(0.7, 0.16));
    await ada.page.mouse.down();
    await ada.page.mouse.move(...at(0.6, 0.7), { steps: 3 });
    await ada.page.mouse.up();
    await ada.submit();
    await expectCompleted(server, events, { name: loop, uri });

    program.goOn();
    const { output, byLine, byWord } = await program.shown<Collected>();
    await program.end();
    const pairs = [
      ['Full Name:', 'Jane Doe Muster'],
      ['Phone No.', '555-0100'],
      ['Date of Visit', '3 May 2021'],
    ];
    expect(byLine).toEqual(pairs);
    expect(byWord).toEqual(pairs);
    expect(output.awsManagedHumanLoopRequestSource).toBe(source);

    const { answerContent } = output.humanAnswers[0]!;
    expect(Object.keys(answerContent)).toEqual([source]);
    const { blocks } = answerContent[source] as unknown as { blocks: Block[] };
    const given = (output.inputContent as unknown as { selectedAiServiceResponse: { blocks: Block[] } })
      .selectedAiServiceResponse.blocks;
    // Whatever nobody touched is as it was given; of the corrected value all but its text and what it is made of.
    const touched = ({ id }: Block): boolean => id === 'value-0';
    const known = new Set(given.map(({ id }) => id));
    expect(blocks.filter((block) => known.has(block.id) && !touched(block))).toEqual(
      given.filter((block) => !touched(block)),
    );
    expect(blocks.find(touched)).toEqual({
      blockType: 'KEY_VALUE_SET',
      confidence: 71.25,
      entityTypes: ['VALUE'],
      geometry: {
        polygon: [
          { x: 0.5, y: 0.1 },
          { x: 0.9, y: 0.1 },
          { x: 0.9, y: 0.225 },
          { x: 0.5, y: 0.225 },
        ],
      },
      id: 'value-0',
      relationships: [{ ids: Array(4).fill(expect.any(String)), type: 'CHILD' }],
      text: 'Jane Doe Muster',
    });
    const added = blocks.filter(({ id }) => !known.has(id as string));
    expect(added.map(({ blockType, entityTypes, text }) => [blockType, entityTypes, text])).toEqual([
      ['KEY_VALUE_SET', ['KEY'], 'Date of Visit'],
      ['KEY_VALUE_SET', ['VALUE'], '3 May 2021'],
      ['WORD', undefined, 'Date'],
      ['WORD', undefined, 'of'],
      ['WORD', undefined, 'Visit'],
      ['LINE', undefined, 'Date of Visit'],
      ['WORD', undefined, '3'],
      ['WORD', undefined, 'May'],
      ['WORD', undefined, '2021'],
      ['LINE', undefined, '3 May 2021'],
      ['WORD', undefined, 'Jane'],
      ['WORD', undefined, 'Doe'],
      ['WORD', undefined, 'Muster'],
      ['LINE', undefined, 'Jane Doe Muster'],
    ]);
    // Pairs that people added have no confidence and no place of the service's.
    expect(added.filter((block) => 'confidence' in block || 'geometry' in block)).toEqual([]);
  });

  test('7.2 — the page that comes with the server asks for the missing keys', async () => {
    const { server } = notebook;
    await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key: 'page.png', Body: onePixel }));
    const flow = await createManagedFlow(server, source);
    const blocks = [
      { blockType: 'KEY_VALUE_SET', id: 'k', entityTypes: ['KEY'], relationships: [{ type: 'CHILD', ids: ['w'] }] },
      { blockType: 'WORD', id: 'w', text: "Ann's" },
    ];
    await startLoop(server, flow, 'by-default', {
      aiServiceRequest: { document: { s3Object: { bucket: 'holdpoint', name: 'page.png' } } },
      humanLoopContext: { importantFormKeys: [{ importantFormKey: 'Town' }] },
      selectedAiServiceResponse: { blocks },
    });
    const ada = await notebook.signIn();
    await ada.start(flow.name);
    const tool = ada.task.locator('crowd-textract-analyze-document');
    await eventually(() => tool.locator('.pair-key').allTextContents()).toEqual(['Town', "Ann's"]);
    await tool.locator('.pair-head', { hasText: 'Town' }).click();
    await ada.task.getByLabel('Key not found').check();
    await ada.submit();
    await untilStatus(server, 'by-default', 'Completed');
    const { humanAnswers } = await outputOf(server, 'by-default');
    expect(humanAnswers[0]?.answerContent).toMatchObject({ [source]: { blocks: [{ id: 'k' }, { id: 'w' }] } });
  });
});
