import { afterEach, describe, expect, it } from 'vitest';
import {
  createTemplateRenderer,
  type RenderResult,
  type TemplateRenderer,
  type TemplateRendererSettings,
  TemplateRendererUnavailable,
} from './templates.ts';

const presign = {
  endpoint: 'http://localhost:7800',
  region: 'us-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  expiresInSeconds: 3600,
  now: 0,
};
const request = (template: string, input: unknown = {}) => ({
  template,
  input: JSON.stringify(input),
  presign,
  assetsUrl: '/assets',
});
const limit = { errors: [{ code: 'RenderLimitExceeded' }] };
const loop = '{% for a in (1..9999) %}{% for b in (1..9999) %}{% endfor %}{% endfor %}';
/** One filter over millions of items: it asks for no time until it is done, so only ending the process ends it. */
const hang = `{{ (1..490000) ${'| reject: "a" '.repeat(12)}| size }}`;

const open: TemplateRenderer[] = [];
function renderer(settings: TemplateRendererSettings = {}): TemplateRenderer {
  const made = createTemplateRenderer(settings);
  open.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((made) => made.close()));
});

describe('createTemplateRenderer', () => {
  it('renders in a process', async () => {
    const { render } = renderer();
    const pages = await Promise.all([1, 2, 3].map((n) => render(request('<b>{{ task.input.n }}</b>', { n }))));
    expect(pages).toEqual([1, 2, 3].map((n) => ({ html: `<b>${n}</b>`, errors: [] })));
    expect(await render(request('{{ "s3://bucket/k" | grant_read_access }}'))).toMatchObject({ errors: [] });
  });

  it('gives every request its own answer', async () => {
    const { render } = renderer({ processes: 2 });
    const results = await Promise.all(
      Array.from({ length: 600 }, (_, n) => render(request(`${n % 7}:{{ task.input.n }}`, { n }))),
    );
    expect(results.map(({ html }) => html)).toEqual(Array.from({ length: 600 }, (_, n) => `${n % 7}:${n}`));
  });

  it.each([1, 2])(
    'serves others beside a bomb with %d processes',
    async (processes) => {
      const { render } = renderer({ processes, timeLimitMs: 200 });
      const order: string[] = [];
      const noted = async (kind: string, page: Promise<RenderResult>) => {
        const result = await page;
        order.push(kind);
        return result;
      };
      const bombs = Array.from({ length: 6 }, () => noted('bomb', render(request(loop))));
      const good = Array.from({ length: 200 }, (_, n) => noted('good', render(request('{{ task.input.n }}', { n }))));
      expect((await Promise.all(good)).every(({ errors }) => errors.length === 0)).toBe(true);
      for (const result of await Promise.all(bombs)) expect(result).toMatchObject(limit);
      expect(order.lastIndexOf('good')).toBeLessThan(order.lastIndexOf('bomb'));
      // Each bomb takes a process along, and a busy machine is slow to start another.
    },
    60_000,
  );

  it('ends a render that fills its memory', async () => {
    const { render } = renderer({ processes: 1, memoryLimitMb: 128, timeLimitMs: 20_000 });
    const lists = [...'abcdefghijkl'].map((name) => `{% assign ${name} = (1..2000000) %}`).join('');
    const [bad, after] = await Promise.all([render(request(lists)), render(request('still {{ 1 }}'))]);
    expect(bad.errors).toEqual([{ code: 'RenderLimitExceeded', message: 'the template needs too much memory' }]);
    expect(after).toEqual({ html: 'still 1', errors: [] });
  });

  it('ends a process that hangs inside one step', async () => {
    const { render } = renderer({ processes: 1, timeLimitMs: 100 });
    const [bad, after] = await Promise.all([render(request(hang)), render(request('{{ 1 }}'))]);
    expect(after).toEqual({ html: '1', errors: [] });
    expect(bad.errors).toEqual([{ code: 'RenderLimitExceeded', message: 'the template took longer than 100 ms' }]);
  });

  it('starts a new process after an idle one has gone', async () => {
    const { render } = renderer({ idleMs: 1 });
    for (const n of [1, 2, 3]) expect((await render(request('{{ task.input.n }}', { n }))).html).toBe(String(n));
  });

  it('refuses more than may wait, and everything once closed', async () => {
    const made = renderer({ queueLimit: 2 });
    const waiting = [1, 2].map(() => made.render(request('x')));
    await expect(made.render(request('x'))).rejects.toThrow(TemplateRendererUnavailable);
    expect(await Promise.all(waiting)).toHaveLength(2);
    const late = made.render(request('x'));
    await Promise.all([expect(late).rejects.toThrow(/closed/), made.close()]);
    await expect(made.render(request('x'))).rejects.toThrow(/closed/);
  });

  it('forgets old templates and still renders them', async () => {
    const { render } = renderer({ processes: 1 });
    for (let round = 0; round < 2; round++) {
      const results = await Promise.all(Array.from({ length: 400 }, (_, n) => render(request(`t${n} {{ 1 }}`))));
      expect(results.map(({ html }) => html)).toEqual(Array.from({ length: 400 }, (_, n) => `t${n} 1`));
    }
  });
});
