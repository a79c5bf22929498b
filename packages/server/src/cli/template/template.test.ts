import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandServer, startCommandServer } from '../../testing/command-server.ts';
import { useEmptyFolder } from '../../testing/empty-folder.ts';
import { openLossyProxy } from '../../testing/lossy-proxy.ts';
import { runCommand } from '../../testing/run-command.ts';

const good = '<crowd-form>\n  <p>{{ task.input.text }}</p>\n  <crowd-input name="note"></crowd-input>\n</crowd-form>\n';
const bad = '<crowd-form>\n\t<p>{{ taks.input.text }}</p>\n<crowd-input name="a"></crowd-input></crowd-form>\n';
/** A colour or the like of a terminal. */
const plain = (text: string): string => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
let stage: CommandServer;

beforeAll(async () => {
  stage = await startCommandServer();
  await stage.write('good.html', good);
  await stage.write('other.html', `${good}<!-- other -->\n`);
  await stage.write('bad.html', bad);
});
afterAll(() => stage?.close());

const template = (words: string, settings?: Parameters<typeof stage.run>[1]) =>
  stage.run(`template ${words}`, settings);
const ui = (HumanTaskUiName: string) => stage.client.call('DescribeHumanTaskUi', { HumanTaskUiName });

describe('template check', () => {
  it('has nothing to say about a good template', async () => {
    expect(await template('check good.html')).toEqual({
      stdout: `There is nothing to say about ${stage.path('good.html')}.\n`,
      stderr: '',
      code: 0,
    });
  });

  it('prints findings as editors read them, and fails for errors', async () => {
    const { stdout, stderr, code } = await template('check good.html bad.html');
    expect(stdout).toMatch(/^\S+bad\.html:2:8 error UndefinedTemplateVariable undefined variable taks: .*\n$/);
    expect([code, stderr]).toEqual([2, 'holdpoint: There is 1 error in 2 templates.\n']);
    const { Templates } = JSON.parse((await template('check good.html bad.html --json')).stdout);
    expect(Templates).toMatchObject([
      { File: stage.path('good.html'), Findings: [] },
      { File: stage.path('bad.html'), Findings: [{ Severity: 'Error', Line: 2, Column: 8 }] },
    ]);
  });

  it('and push print what the guide for template authors shows', async () => {
    const guide = readFileSync(new URL('../../../../../docs/templates/index.md', import.meta.url), 'utf8');
    const section = guide.slice(guide.indexOf('\n## Check, preview, push'));
    const [source, checked, , pushed] = [...section.matchAll(/```(?:liquid|text)\n(.*?)```/gs)].map(
      ([, block]) => block!,
    );
    await stage.write('mood.liquid.html', source!);
    const asInTheGuide = (text: string) =>
      text.replaceAll(stage.path('mood.liquid.html'), 'mood.liquid.html').replace(` --data ${stage.data}`, '');
    const { stdout, stderr } = await template('check mood.liquid.html');
    expect(asInTheGuide(stdout + stderr)).toBe(checked);
    expect(asInTheGuide((await template('push mood.liquid.html --no-check')).stdout)).toBe(pushed);
  });

  it('shows a person the place', async () => {
    const { stdout } = await template('check bad.html', { isTTY: true });
    const [, line, caret] = plain(stdout).split('\n');
    expect([line, caret]).toEqual(['     <p>{{ taks.input.text }}</p>', `${' '.repeat(4 + 7)}^`]);
    await stage.write('long.html', `<crowd-form>${'x'.repeat(500)}{{ taks }}${'y'.repeat(500)}</crowd-form>`);
    const long = plain((await template('check long.html', { isTTY: true, columns: 100 })).stdout).split('\n');
    expect(long[1]!.length).toBeLessThanOrEqual(100);
    expect(long[1]!.slice(long[2]!.indexOf('^')).startsWith('taks }}')).toBe(true);
  });

  it('renders with every sample input, and tells each thing once', async () => {
    await stage.write('one.json', '{"text": "x"}');
    await stage.write('list.json', '[{"text": "x"}, {"txt": "y"}, {"txt": "z"}]');
    await stage.write('lines.jsonl', '{"text":"x"}\n\n{"txt":"y"}\n');
    expect((await template('check good.html --input one.json')).code).toBe(0);
    for (const input of ['list.json', 'lines.jsonl']) {
      const { stdout, code } = await template(`check good.html --input one.json --input ${input}`);
      expect([code, stdout.trim().split('\n').length]).toEqual([2, 1]);
      expect(stdout).toContain('good.html:2:9 error UndefinedTemplateVariable');
    }
  });

  it('lets warnings pass unless it is strict', async () => {
    await stage.write('warned.html', '<crowd-form><input></crowd-form>');
    const { stdout, code } = await template('check warned.html');
    expect(code).toBe(0);
    expect(stdout).toMatch(/warned\.html:1:13 warning \w+ .*\n1 warning in \S+warned\.html\.\n$/);
    expect(await template('check warned.html --strict')).toMatchObject({
      stderr: expect.stringMatching(/^holdpoint: There is 1 warning in .*\n$/),
      code: 2,
    });
  });

  describe('without a data directory', () => {
    useEmptyFolder();

    it('reads standard input, and needs no server in particular', async () => {
      const { stdout, code, stderr } = await runCommand(['template', 'check', '-'], { input: bad });
      expect([code, stderr]).toEqual([2, 'holdpoint: There is 1 error in standard input.\n']);
      expect(stdout).toMatch(/^-:2:8 error /);
    });
  });

  it('shows nothing that would steer a terminal', async () => {
    await stage.write('steer.html', '<crowd-form>{{ ta\u001b]0;x\u0007ks }}</crowd-form>');
    const { stdout } = await template('check steer.html', { isTTY: true });
    for (const sign of ['\u0007', '\u001b']) expect(plain(stdout)).not.toContain(sign);
  });

  it.each([
    ['check', "missing required argument 'file'"],
    ['check none.html', 'cannot be read: there is no such file.'],
    ['check good.html --input broken.json', 'broken.json is not valid JSON: it breaks at line 1, column 8.'],
    ['check good.html --input broken.jsonl', 'broken.jsonl is not valid JSON: it breaks at line 1, column 2.'],
    ['check - --input -', 'Standard input can be read once only'],
    ['check latin.html', 'latin.html is not a text in UTF-8.'],
  ])('template %s is refused', async (words, sentence) => {
    await stage.write('broken.json', '{"a":1,}');
    await stage.write('broken.jsonl', '{}\n{');
    await stage.write('latin.html', Buffer.from([0x3c, 0xe9]) as unknown as string);
    const result = await template(words);
    expect(result).toEqual({ stdout: '', stderr: expect.stringMatching(/^holdpoint: .*\n$/), code: 1 });
    expect(result.stderr).toContain(sentence);
  });
});

describe('template push', () => {
  it('makes a human task UI, once', async () => {
    expect(await stage.json('template push good.html --tag a=1')).toEqual({
      HumanTaskUiArn: 'arn:aws:sagemaker:us-east-1:000000000000:human-task-ui/good',
      HumanTaskUiName: 'good',
      Change: 'Created',
    });
    const again = await template('push good.html');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toMatch(/^The human task UI good has this template already, so nothing was done\.\n/);
    expect(await stage.json('template push good.html')).toMatchObject({ Change: 'None' });
    const { stdout } = await template('push good.html --name named');
    expect(stdout).toMatch(/\n {2}holdpoint flow create named --human-task-ui named --data \S+\n$/);
  });

  it('replaces a template that no flow shows, with its tags', async () => {
    const refused = await template('push other.html --name good');
    expect(refused).toEqual({
      stdout: '',
      stderr:
        'holdpoint: The human task UI good has another template, and no flow shows it: --replace puts yours in its place, --as good-2 makes another human task UI of yours.\n',
      code: 2,
    });
    expect(await stage.json('template push other.html --name good --replace --tag b=2')).toMatchObject({
      Change: 'Replaced',
    });
    const { HumanTaskUiArn } = await ui('good');
    expect((await stage.client.call('ListTags', { ResourceArn: HumanTaskUiArn })).Tags).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ]);
    expect((await template('show good')).stdout).toBe(`${good}<!-- other -->\n`);
  });

  it('puts the former template back when its own is not taken', async () => {
    await stage.json('template push good.html --name lost --tag a=1');
    let lost = 0;
    const lossy = await openLossyProxy(
      stage.server.endpointUrl,
      (name) => name === 'CreateHumanTaskUi' && lost++ === 0,
    );
    try {
      expect(await stage.runAt(lossy.url, 'template push other.html --name lost --replace')).toEqual({
        stdout: '',
        stderr: `holdpoint: The server at ${lossy.url} closed the connection without an answer. The one that was there is back.\n`,
        code: 2,
      });
      expect(await stage.json('template show lost')).toMatchObject({
        UiTemplate: { Content: good },
        Tags: [{ Key: 'a', Value: '1' }],
      });
    } finally {
      await lossy.close();
    }
  });

  it('finds what it made where the answer was lost', async () => {
    await stage.json('template push good.html --name heard');
    let lost = 0;
    const lossy = await openLossyProxy(
      stage.server.endpointUrl,
      (name) => name === 'CreateHumanTaskUi' && lost++ === 0 && 'answer',
    );
    try {
      const { stdout, code } = await stage.runAt(lossy.url, 'template push other.html --name heard --replace', 3);
      expect([code, lost]).toEqual([0, 2]);
      expect(stdout).toContain('The human task UI heard is made anew.');
    } finally {
      await lossy.close();
    }
  });

  it('leaves a template alone that flows show, and makes another beside it', async () => {
    for (const name of ['first', 'second']) await stage.json(`flow create ${name} --human-task-ui good`);
    for (const more of ['', ' --replace'])
      expect(await template(`push good.html --name good${more}`)).toMatchObject({
        stderr:
          'holdpoint: The human task UI good has another template, which the flows second and first show: --as good-2 makes another human task UI of yours, for new flows.\n',
        code: 2,
      });
    expect(await stage.json('template push good.html --name good --as good-2')).toMatchObject({
      HumanTaskUiName: 'good-2',
      Change: 'Created',
    });
    expect(await stage.json('template push good.html --name good --as good-2')).toMatchObject({ Change: 'None' });
    expect((await template('push bad.html --name good --as good-2 --no-check')).stderr).toContain(
      'The human task UI good-2 has another template, too.',
    );
    expect((await template('push bad.html --name good --no-check')).stderr).toContain('--as good-3 makes');
  });

  it('makes nothing of a template with errors unless it is not to look', async () => {
    const { stdout, stderr, code } = await template('push bad.html');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^\S+bad\.html:2:8 error .*\nholdpoint: \S+bad\.html has 1 error, so nothing was made of it; --no-check makes it all the same\.\n$/,
    );
    await expect(ui('bad')).rejects.toMatchObject({ name: 'ResourceNotFound' });
    expect(await stage.json('template push bad.html --no-check')).toMatchObject({ Change: 'Created' });
  });

  it('prints warnings and goes on', async () => {
    await stage.write('warned.html', '<crowd-form><input></crowd-form>');
    const { stdout, stderr, code } = await template('push warned.html --json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { Change: 'Created' }]);
    expect(stderr).toMatch(/^\S+warned\.html:1:13 warning ControlWithoutName .*\n$/);
    expect(await template('push warned.html --no-check')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['push -', 'Say with --name what the human task UI is to be named.'],
    ['push good.html --name A', "--name 'A' must match the pattern"],
    ['push good.html --name a --as B', "--as 'B' must match the pattern"],
    ['push good.html --as x --replace', 'Give --as or --replace, not both.'],
    ['push empty.html', 'empty.html is empty, and no template.'],
    ['push good.html --tag x', '--tag takes KEY=VALUE'],
  ])('template %s is refused', async (words, sentence) => {
    await stage.write('empty.html', ' \n');
    const result = await template(words, { input: good });
    expect(result).toEqual({ stdout: '', stderr: expect.stringMatching(/^holdpoint: .*\n$/), code: 1 });
    expect(result.stderr).toContain(sentence);
  });
});

describe('template list, show and delete', () => {
  it('list them, and show the source as it is', async () => {
    expect((await template('list')).stdout).toMatch(/^NAME +CREATED\n(?:.*\n)*good +\d{4}-/);
    await stage.write('odd.html', '\ufeff<crowd-form>é\u001b[31m\r\n</crowd-form>');
    await stage.json('template push odd.html');
    expect((await template('show odd')).stdout).toBe('\ufeff<crowd-form>é\u001b[31m\r\n</crowd-form>');
    expect((await template('show odd', { isTTY: true })).stdout).not.toContain('\u001b');
    expect(await stage.json('template show good --json')).toMatchObject({
      HumanTaskUiName: 'good',
      UiTemplate: { Content: `${good}<!-- other -->\n` },
      Tags: [{ Key: 'a' }, { Key: 'b' }],
    });
  });

  it('delete says which flows end with it', async () => {
    const sentence = 'The flows second and first cannot start loops any more without it.';
    expect(await template('delete good', { isTTY: true, input: 'no\n' })).toMatchObject({
      stderr: `Delete the human task UI good? ${sentence} [y/N] holdpoint: Nothing was changed.\n`,
      code: 1,
    });
    expect(await template('delete good --yes')).toMatchObject({
      stdout: `The human task UI good is deleted. ${sentence}\n`,
      code: 0,
    });
    expect((await template('delete named --yes')).stdout).toContain('No flow shows it.');
    expect(await template('show good')).toMatchObject({
      stderr: "holdpoint: The HumanTaskUi 'good' does not exist.\n",
      code: 2,
    });
    expect((await template('delete good --yes')).code).toBe(2);
  });
});
