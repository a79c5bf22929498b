// Live examples: pairs of a template and a sample input in docs/templates/examples/, rendered as the server renders them.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { threadClock } from '../../packages/server/src/templates/render-clock.ts';
import { defaultLimits } from '../../packages/server/src/templates/render-limits.ts';
import { createTemplateEngine } from '../../packages/server/src/templates/render-template.ts';
import { taskPage } from '../../packages/server/src/templates/task-page.ts';

export interface Example {
  readonly name: string;
  readonly template: string;
  readonly input: string;
}

const assetsUrl = '/assets';
/** Examples read no objects, so links to some are not worth more than this. */
const presign = {
  endpoint: 'http://localhost:7800',
  region: 'us-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'example',
  expiresInSeconds: 3600,
  now: Date.UTC(2026, 0, 1),
};

export function examplesIn(folder: string): Example[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.liquid'));
  return names.map((name) => readExample(folder, basename(name, '.liquid')));
}

export function readExample(folder: string, name: string): Example {
  const input = join(folder, `${name}.json`);
  if (!existsSync(input)) throw new Error(`The example ${name}.liquid has no sample input ${name}.json beside it.`);
  return { name, template: readFileSync(join(folder, `${name}.liquid`), 'utf8'), input: readFileSync(input, 'utf8') };
}

/** Writes the page of every example into `target`, beginning with `first`; throws when one cannot be rendered. */
export function renderExamples(examples: readonly Example[], target: string, first = ''): void {
  mkdirSync(target, { recursive: true });
  const engine = createTemplateEngine(defaultLimits, threadClock);
  for (const { name, template, input } of examples) {
    const { html, errors } = engine.render(engine.prepare(template), { input, presign, assetsUrl });
    if (errors.length > 0) {
      throw new Error(`The example ${name} cannot be rendered: ${errors.map(({ message }) => message).join('; ')}`);
    }
    writeFileSync(
      join(target, `${name}.html`),
      taskPage({ html: first + html, preludeUrl: `${assetsUrl}/task-frame.js` }) + heightScript,
    );
  }
}

/** Tells the page around it how high the content is; measured by its parts, as a quirks page always fills its window. */
const heightScript = `<script>
{
  const bottom = () => Math.max(...[...document.body.children].map((each) => each.getBoundingClientRect().bottom));
  const tell = () => parent.postMessage({ holdpoint: 'height', height: Math.ceil(bottom() + scrollY) }, '*');
  const observer = new ResizeObserver(tell);
  for (const each of document.body.children) observer.observe(each);
}
</script>
`;
