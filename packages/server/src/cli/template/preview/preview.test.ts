import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useEmptyFolder } from '../../../testing/empty-folder.ts';
import { runCommand } from '../../../testing/run-command.ts';

const entry = fileURLToPath(new URL('../../main.ts', import.meta.url));
const template = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><p>{{ task.input.text }}</p><img src="{{ task.input.image | grant_read_access }}"></crowd-form>
`;
const inputs = [
  { text: '<b>first</b>', image: 's3://photos/a.png' },
  { text: 'second', image: 's3://photos/b.png' },
  {},
];
let folder: string;
let child: ChildProcess;
let url: URL;

const path = (name: string): string => join(folder, name);
/** As an editor does it: a new file takes the place of the old one. */
async function save(name: string, content: string): Promise<void> {
  await writeFile(path(`${name}~`), content);
  await rename(path(`${name}~`), path(name));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-preview-'));
  await save('page.html', template);
  await save('input.json', JSON.stringify(inputs));
  const args = ['template', 'preview', 'page.html', '--input', 'input.json', '--json'];
  child = spawn(process.execPath, [...process.execArgv, entry, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = await once(child.stdout!, 'data');
  url = new URL(JSON.parse(String(first)).Url);
}, 60_000);
afterAll(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true });
});
async function get(target: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request(new URL(target, url), { method, headers, agent: false }).end();
  const [reply] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: reply.statusCode, headers: reply.headers, body: await text(reply) };
}
const view = async (input: number) => JSON.parse((await get(`/view?input=${input}`)).body);

/** The numbers of versions, as the page is told of them. */
async function follow() {
  const sent = request(new URL('/events', url), { agent: false }).end();
  const [reply] = (await once(sent, 'response')) as [IncomingMessage];
  const versions: number[] = [];
  reply.setEncoding('utf8').on('data', (part: string) => {
    for (const [, data] of part.matchAll(/^data: (.*)$/gm)) versions.push(JSON.parse(data!).version);
  });
  await expect.poll(() => versions.length).toBe(1);
  return { versions, end: () => sent.destroy() };
}

describe('the preview', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    await save('page.html', template);
    await save('input.json', JSON.stringify(inputs));
    await expect.poll(async () => (await view(0)).findings, { timeout: 50_000 }).toEqual([]);
  }, 60_000);

  it('is the page of the task in its sandbox, rendered for each input', async () => {
    const { status, headers, body } = await get('/frame?input=0');
    expect(status).toBe(200);
    expect(body).toContain('<p>&lt;b&gt;first&lt;/b&gt;</p>');
    expect(headers['content-security-policy']).toMatch(/^sandbox allow-scripts (?!.*allow-same-origin)/);
    const [, assets] = /<script src="(http:[^"]+)\/task-frame\.js"/.exec(body)!;
    expect((await fetch(`${assets}/task-frame.js`)).status).toBe(200);
    const [, image] = /<img src="(http:[^"]+)"/.exec(body)!;
    expect(new URL(image!).origin).toBe(new URL(assets!).origin);
    expect((await get('/frame?input=1')).body).toContain('<p>second</p>');
    for (const odd of ['', '?input=99', '?input=-1', '?input=x'])
      expect((await get(`/frame${odd}`)).status, odd).toBe(200);
  });

  it('tells what is wrong, and where', async () => {
    expect(await view(0)).toMatchObject({
      file: 'page.html',
      inputs: ['input.json 1', 'input.json 2', 'input.json 3'],
      input: JSON.stringify(inputs[0]),
      shown: true,
      errors: [],
      findings: [],
    });
    const { errors, findings } = await view(2);
    expect(errors).toMatchObject([{ Code: 'UndefinedTemplateVariable' }, { Code: 'UndefinedTemplateVariable' }]);
    expect(findings).toMatchObject([
      { Severity: 'Error', Line: 2, Column: 19, Source: template.split('\n')[1] },
      { Severity: 'Error', Line: 2 },
    ]);
  });

  it('follows the files, however they are written, and survives their absence', async () => {
    const { versions, end } = await follow();
    await save('page.html', template.replace('<p>', '<p>changed '));
    await expect.poll(() => versions.length).toBe(2);
    expect((await get('/frame?input=1')).body).toContain('<p>changed second</p>');
    await writeFile(path('page.html'), template);
    await expect.poll(() => versions.length).toBe(3);
    await save('input.json', '{"text": "third", "image": "s3://photos/c.png"}');
    await expect.poll(async () => (await get('/frame')).body).toContain('<p>third</p>');
    expect((await view(0)).inputs).toEqual(['input.json']);
    await save('input.json', '{"text": ');
    await expect
      .poll(async () => (await view(0)).problem)
      .toBe('input.json is not valid JSON: it breaks at line 1, column 10.');
    expect((await get('/frame')).body).toContain('<p>third</p>');
    await unlink(path('page.html'));
    await expect.poll(async () => (await view(0)).problem).toBe('page.html cannot be read: there is no such file.');
    await save('input.json', JSON.stringify(inputs));
    await save('page.html', template);
    await expect.poll(async () => (await view(0)).problem).toBeUndefined();
    // What is written anew without a change is no new version.
    const { length } = versions;
    await save('page.html', template);
    await save('input.json', `${JSON.stringify(inputs)}\n`.trim());
    await save('page.html', template.replace('<p>', '<p>last '));
    await expect.poll(() => versions.length).toBe(length + 1);
    end();
  });

  it('answers to its own names and its own page only', async () => {
    const own = url.host;
    for (const host of [own, own.replace('127.0.0.1', 'localhost')])
      for (const target of ['/', '/page.js', '/page.css', '/view', '/frame'])
        expect((await get(target, { host })).status, `${host}${target}`).toBe(200);
    for (const host of ['evil.example', `evil.example:${url.port}`, '127.0.0.1', `127.0.0.1:${url.port}.evil.example`])
      for (const target of ['/', '/view', '/frame', '/events'])
        expect((await get(target, { host })).status, `${host}${target}`).toBe(421);
    for (const site of ['cross-site', 'same-site'])
      for (const target of ['/', '/view', '/events', '/page.js'])
        expect((await get(target, { 'sec-fetch-site': site })).status, target).toBe(403);
    for (const method of ['POST', 'PUT', 'OPTIONS', 'DELETE'])
      expect((await get('/view', {}, method)).status).toBe(405);
    for (const target of ['/none', '/../package.json', '/page.html', '/constructor'])
      expect((await get(target)).status, target).toBe(404);
  });

  it('lets nobody else read, frame or run anything of it', async () => {
    for (const target of ['/', '/page.js', '/view', '/frame', '/none']) {
      const { headers } = await get(target, { origin: 'https://evil.example' });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['cache-control']).toBe('no-store');
    }
    expect((await get('/')).headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    // What the outer page is made of says nothing of template and input.
    expect((await get('/')).body).not.toContain('page.html');
    const { headers } = await get('/frame');
    expect(headers['content-security-policy']).toMatch(/; frame-ancestors 'self' http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('ends with Ctrl-C, also while somebody listens', async () => {
    const { end } = await follow();
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
    end();
  });
});

describe('wrong use', () => {
  useEmptyFolder();
  it.each([
    ['page.html --port x', "--port must be a whole number up to 65535, not 'x'."],
    ['page.html --port 65536', '--port must be a whole number up to 65535'],
    ['-', 'it cannot read standard input.'],
    ['page.html --input -', 'it cannot read standard input.'],
    ['none.html', 'none.html cannot be read: there is no such file.'],
    ['page.html --input page.html', 'page.html is not valid JSON: it breaks at line 1, column 1.'],
  ])('%s', async (words, sentence) => {
    const args = words.split(' ').map((word) => (word.endsWith('.html') ? path(word) : word));
    const result = await runCommand(['template', 'preview', ...args]);
    expect(result).toEqual({ stdout: '', stderr: expect.stringMatching(/^holdpoint: .*\n$/), code: 1 });
    expect(result.stderr).toContain(sentence);
  });
});
