// AC-06: a notebook whose reviewers correct the boxes of a detector, and which trains with what they have drawn.
import { expect, test } from 'vitest';
import { untilStill } from '../../packages/elements/src/testing/stage-pointer.ts';
import { expectCompleted } from '../testing/common-frame.ts';
import { eventually } from '../testing/eventually.ts';
import { outputOf } from '../testing/human-loops.ts';
import { useNotebook } from '../testing/notebook.ts';
import type { Reviewer } from '../testing/reviewer.ts';
import { describeWith } from '../testing/tools.ts';

type At = readonly [x: number, y: number];

const sizes = [
  { width: 1280, height: 900 },
  { width: 900, height: 1100 },
] as const;

describeWith('Python with boto3', 'Chromium')('object_detection.py', () => {
  const notebook = useNotebook();

  test.each(sizes)(
    'boxes are whole pixels of the image in a window of $width × $height',
    async (viewport) => {
      const { server, events } = notebook;
      const program = notebook.run('object_detection.py');
      const { title, loops } = await program.shown<{ title: string; loops: [name: string, uri: string][] }>();
      expect(loops).toHaveLength(2);

      const ada = await notebook.signIn();
      await ada.page.setViewportSize(viewport);
      const { marks, scale, click, drag, zoomIn, press } = boxTool(ada);

      await ada.row(title).nth(1).waitFor();
      await ada.start(title);
      await ada.task.getByText('Correct the boxes, delete wrong ones').waitFor();
      await eventually(marks).toEqual([
        'person 64, 96 · 160 × 240',
        'bicycle 320, 240 · 128 × 96',
        'person 480, 48 · 64 × 96',
      ]);
      await click(512, 48);
      await press('Delete');
      // Selected by its border, moved by its inside.
      await click(144, 96);
      await zoomIn([100, 200]);
      await drag([100, 200], [115, 194]);
      await press('f');
      // Resized by its lower right corner.
      await click(384, 240);
      await zoomIn([448, 336]);
      await drag([448, 336], [460, 356]);
      await eventually(marks).toEqual(['person 79, 90 · 160 × 240', 'bicycle 320, 240 · 140 × 116']);
      await press('Escape', 'f');
      await zoomIn([230, 410]);
      await ada.task.getByRole('button', { name: 'bicycle' }).click();
      await drag([220, 400], [240, 425]);
      // Resized by its left side.
      await click(230, 400);
      await drag([220, 412], [213, 412]);
      await press('Escape', 'f', '1');
      // From beside the image to beside the image.
      await drag([-4, -4], [644, 484]);
      await ada.submit();
      await ada.list();

      await ada.start(title);
      await eventually(marks).toEqual(['bicycle 192, 300 · 608 × 300', 'person 800, 120 · 400 × 359']);
      // A pixel of the window is more than one of this image: from near, each can be met.
      expect(await scale()).toBeLessThan(0.5);
      await click(400, 300);
      await press('Shift+ArrowRight', 'ArrowDown', 'Escape');
      await zoomIn([800, 800]);
      await press('2');
      await drag([790, 780], [809, 803]);
      await press('1');
      await drag([818, 810], [819, 780]);
      await ada.submit();
      for (const [name, uri] of loops) await expectCompleted(server, events, { name, uri });

      program.goOn();
      const { lines } = await program.shown<{ lines: string[] }>();
      await program.end();
      const classes = { '0': 'person', '1': 'bicycle' };
      const box = (class_id: number, left: number, top: number, width: number, height: number) => ({
        class_id,
        left,
        top,
        width,
        height,
      });
      const line = async (index: number, width: number, height: number, annotations: readonly unknown[]) => {
        const [loop] = loops[index]!;
        const { submissionTime } = (await outputOf(server, loop)).humanAnswers[0]!;
        expect(submissionTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        return {
          'source-ref': `s3://object-detection/images/street ${index + 1}.png`,
          reviewed: { annotations, image_size: [{ width, depth: 3, height }] },
          'reviewed-metadata': {
            'job-name': loop,
            'class-map': classes,
            'human-annotated': 'yes',
            objects: annotations.map(() => ({ confidence: 1 })),
            'creation-date': submissionTime,
            type: 'groundtruth/object-detection',
          },
        };
      };
      expect(lines.map((text) => JSON.parse(text))).toEqual([
        await line(0, 640, 480, [
          box(0, 79, 90, 160, 240),
          box(1, 320, 240, 140, 116),
          box(1, 213, 400, 27, 25),
          box(0, 0, 0, 640, 480),
        ]),
        await line(1, 1600, 1200, [
          box(1, 202, 301, 608, 300),
          box(0, 800, 120, 400, 359),
          box(1, 790, 780, 19, 23),
          box(0, 818, 780, 1, 30),
        ]),
      ]);
      // Python's JSON tells 79.0 from 79.
      expect(lines.filter((text) => /"(left|top|width|height)": -?\d+[.e]/.test(text))).toEqual([]);
    },
    180_000,
  );
});

/** The tool of a task with boxes, driven by mouse and keys; places are pixels of its image. */
function boxTool({ page, task }: Reviewer) {
  const tool = task.locator('crowd-bounding-box');
  const picture = tool.locator('.upper-canvas');
  /** CSS pixels per pixel of the image. */
  const scale = async (): Promise<number> => {
    const box = await picture.boundingBox();
    return (
      box!.width / (await picture.evaluate((element) => (element as unknown as { offsetWidth: number }).offsetWidth))
    );
  };
  const place = async ([x, y]: At): Promise<At> => {
    await tool
      .locator('.stage')
      .evaluate((stage) =>
        (stage as unknown as { scrollIntoView(to: object): void }).scrollIntoView({ block: 'center' }),
      );
    await untilStill(picture);
    const perPixel = await scale();
    const box = await picture.boundingBox();
    return [box!.x + x * perPixel, box!.y + y * perPixel];
  };
  return {
    scale,
    /** What the list of marks says of each. */
    marks: async (): Promise<string[]> =>
      (await tool.getByRole('option').locator('.text').allTextContents()).map((text) => text.trim()),
    async click(...at: At) {
      await page.mouse.click(...(await place(at)));
    },
    async drag(from: At, to: At) {
      await page.mouse.move(...(await place(from)));
      await page.mouse.down();
      await page.mouse.move(...(await place(to)), { steps: 3 });
      await page.mouse.up();
    },
    /** Turns the wheel over a point, which stays where it is, until a mouse can tell the pixels of the image apart. */
    async zoomIn(at: At) {
      await page.mouse.move(...(await place(at)));
      for (let now = await scale(); now < 3; now = await scale()) {
        await page.mouse.wheel(0, -200);
        await eventually(scale).toBeGreaterThan(now);
      }
    },
    async press(...keys: readonly string[]) {
      for (const key of keys) await page.keyboard.press(key);
    },
  };
}
