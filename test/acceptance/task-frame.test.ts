// What a template's own scripts can and cannot do on the page of a task.
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlow, outputOf, startLoop, untilStatus } from '../testing/human-loops.ts';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const email = 'ada@example.com';
/** One red point. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** A second of silence, 8000 samples of one byte. */
function silence(): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + 8000, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(8000, 40);
  return Buffer.concat([header, Buffer.alloc(8000, 128)]);
}

const template = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <img id="photo" crossorigin="anonymous" src="{{ task.input.image | grant_read_access }}" alt="photo">
  <audio id="sound" preload="auto" controls src="{{ task.input.sound | grant_read_access }}"></audio>
  <crowd-input name="handled" label="Handled"></crowd-input>
  <button type="button" onclick="document.querySelector('[name=handled]').value = 'by a handler'">Press</button>
  <input type="hidden" name="findings" id="findings">
  <p id="done"></p>
</crowd-form>
<script>
  const attempt = async (what) => {
    try { return await what(); } catch (error) { return error.name; }
  };
  const once = (target, event) => new Promise((resolve) => target.addEventListener(event, resolve, { once: true }));
  document.addEventListener('all-crowd-elements-ready', async () => {
    const photo = document.getElementById('photo');
    const sound = document.getElementById('sound');
    const findings = {
      upgraded: document.querySelector('crowd-input').shadowRoot !== null,
      storage: await attempt(() => { localStorage.setItem('key', 'kept'); return localStorage.getItem('key'); }),
      cookie: await attempt(() => document.cookie),
      parent: await attempt(() => parent.document.title),
      top: await attempt(() => { top.location.href = 'about:blank'; return 'navigated'; }),
      session: await attempt(async () => (await fetch('{{ task.input.portal }}/portal/api/session', { credentials: 'include' })).status),
      pixel: await attempt(async () => {
        if (!photo.complete) await once(photo, 'load');
        const context = document.createElement('canvas').getContext('2d');
        context.drawImage(photo, 0, 0);
        return [...context.getImageData(0, 0, 1, 1).data].length;
      }),
      seek: await attempt(async () => {
        if (sound.readyState < 1) await once(sound, 'loadedmetadata');
        sound.currentTime = 0.75;
        await once(sound, 'seeked');
        return [sound.duration, sound.currentTime];
      }),
    };
    document.getElementById('findings').value = JSON.stringify(findings);
    document.getElementById('done').textContent = 'All was tried.';
  });
</script>`;

describeWith('Chromium')('the page of a task', () => {
  const chromium = useChromium();
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await server.hire(email);
    const objects = { 'é photo.png': pixel, 'sound.wav': silence() };
    for (const [Key, Body] of Object.entries(objects)) {
      const ContentType = Key.endsWith('.png') ? 'image/png' : 'audio/wav';
      await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key, Body, ContentType }));
    }
  });
  afterAll(() => server?.close());

  test('runs its scripts with media and storage, and reaches nothing of the portal', async () => {
    const flow = await createFlow(server, 'scripts', { template });
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'scripts', {
      image: 's3://holdpoint/é photo.png',
      sound: 'https://s3.amazonaws.com/holdpoint/sound.wav',
      portal: server.url,
    });
    await ada.start(flow.name);
    await ada.task.getByText('All was tried.').waitFor();
    // The policy of the frame stops the request before it is sent, and says so twice.
    const refusal = expect.stringContaining('/portal/api/session');
    expect(chromium.complaints.splice(0)).toEqual([refusal, refusal]);
    await ada.task.getByRole('button', { name: 'Press' }).click();
    await ada.submit();
    await untilStatus(server, 'scripts', 'Completed');
    const answer = (await outputOf(server, 'scripts')).humanAnswers[0]!.answerContent;
    expect(answer.handled).toBe('by a handler');
    expect(JSON.parse(String(answer.findings))).toEqual({
      upgraded: true,
      storage: 'kept',
      cookie: '',
      parent: 'SecurityError',
      top: 'SecurityError',
      session: 'TypeError',
      pixel: 4,
      seek: [1, 0.75],
    });
  });

  test('opened by its own address, it has no more rights than in its frame', async () => {
    const flow = await createFlow(server, 'direct');
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'direct');
    await ada.start(flow.name);
    const address = await ada.page.locator('iframe[title=Task]').getAttribute('src');
    const reply = await ada.page.goto(new URL(address!, server.url).href);
    expect(reply!.headers()['content-security-policy']).toMatch(/(^|;\s*)sandbox\b(?!.*allow-same-origin)/);
    expect(await ada.page.evaluate('self.origin')).toBe('null');
  });

  test('a loop that is open shows its template although the human task UI was deleted', async () => {
    const flow = await createFlow(server, 'ui-gone');
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'ui-gone', { text: 'from the kept template' });
    await ada.row(flow.name).waitFor();
    await server.client.call('DeleteHumanTaskUi', { HumanTaskUiName: flow.name });
    await ada.start(flow.name);
    await ada.task.getByText('from the kept template').waitFor();
    await ada.task.getByLabel('Note').fill('fine');
    await ada.submit();
    await untilStatus(server, 'ui-gone', 'Completed');
  });
});
