// What holds for every control of a form, as one battery.
import { expect, test } from 'vitest';
import type { CrowdPage } from '../testing/crowd-page.ts';
import { lockAll, restoreDrafts, takeDrafts } from '../testing/drafts.ts';

interface FormControlCase {
  readonly tag: string;
  /** Attributes besides name, id and the ones a test adds, and the content. */
  readonly attributes?: string;
  readonly content?: string;
  /** What the answer holds before and after `act`; `undefined` for nothing. */
  readonly before: unknown;
  readonly after: unknown;
  /** Answers by mouse or typing, on the element `#control`. */
  readonly act: (page: CrowdPage['page']) => Promise<void>;
  /** Answers by keys only; the focus is before the control. */
  readonly keys: readonly string[];
  /** A property set by script, and the answer that it gives. */
  readonly property: readonly [name: string, value: unknown, answer: unknown];
  /** Whether `required` blocks the state before `act`. */
  readonly requirable: boolean;
  /** The key in the answer of a control that the template gives no name. */
  readonly ownName?: string;
  /** Two of one name: merged, or the last one wins. */
  readonly twice: { readonly attributes: readonly [string, string]; readonly answer: unknown; readonly warns: boolean };
}

export function testFormControl(crowd: CrowdPage, each: FormControlCase): void {
  const { tag, attributes = '', content = '' } = each;
  const element = (more = 'name="q"') => `<${tag} id="control" data-watch ${attributes} ${more}>${content}</${tag}>`;
  const wrap = (value: unknown) => (value === undefined ? {} : { q: value });
  const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();

  test('has no accessibility faults, answered or not', async () => {
    const page = await crowd.openForm(element());
    expect(await crowd.faults()).toEqual([]);
    await each.act(page);
    expect(await crowd.faults()).toEqual([]);
  });

  test('adds its value to the answer under its name', async () => {
    const page = await crowd.openForm(element());
    expect(await crowd.answer()).toEqual(wrap(each.before));
    await each.act(page);
    expect(await crowd.answer()).toEqual(wrap(each.after));
    await submit();
    expect(await crowd.submitted()).toEqual([wrap(each.after)]);
    expect(crowd.complaints).toEqual([]);
  });

  test.each([
    ...(each.ownName ? [] : [['without a name', '']]),
    ['with an empty name', 'name=""'],
    ['disabled', 'name="q" disabled'],
  ])('adds nothing %s', async (_title, more) => {
    await crowd.openForm(element(more));
    await crowd.page.evaluate(
      ([name, value]) => Object.assign(document.querySelector('#control')!, { [name]: value }),
      each.property,
    );
    expect(await crowd.answer()).toEqual({});
  });

  test('is disabled by a fieldset and by its property, and enabled again', async () => {
    await crowd.openForm(`<fieldset disabled>${element()}</fieldset>`);
    const set = (script: string) => crowd.page.evaluate(script);
    await crowd.page.evaluate(
      ([name, value]) => Object.assign(document.querySelector('#control')!, { [name]: value }),
      each.property,
    );
    expect(await crowd.answer()).toEqual({});
    await set('document.querySelector("fieldset").disabled = false');
    expect(await crowd.answer()).toEqual(wrap(each.property[2]));
    await set('control.disabled = true');
    expect(await crowd.answer()).toEqual({});
    await set('control.disabled = false');
    expect(await crowd.answer()).toEqual(wrap(each.property[2]));
  });

  test('disabled in the template, it can be answered once a script has enabled it', async () => {
    const page = await crowd.openForm(element('name="q" disabled'));
    await page.evaluate('control.disabled = false');
    await each.act(page);
    expect(await crowd.answer()).toEqual(wrap(each.after));
  });

  test('fires change when the worker edits it and never when a script does', async () => {
    const page = await crowd.openForm(element());
    await page.evaluate(
      ([name, value]) => Object.assign(document.querySelector('#control')!, { [name]: value }),
      each.property,
    );
    expect(await crowd.answer()).toEqual(wrap(each.property[2]));
    expect(await crowd.events()).toEqual([]);
    await crowd.openForm(element());
    await page.evaluate(() => {
      const kinds = Object.assign(window, { kinds: new Set<string>() }).kinds;
      for (const type of ['input', 'change'])
        document
          .querySelector('#control')!
          .addEventListener(type, ({ bubbles, composed }) => kinds.add(`${type} ${bubbles} ${composed}`));
    });
    await each.act(page);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const fired = (await crowd.events()).filter((event) => event === 'control:change');
    expect(fired.length).toBeGreaterThan(0);
    // Templates listen at the form, and elements of others from inside their shadow trees.
    expect(await page.evaluate('[...kinds].sort()')).toEqual(['change true true', 'input true true']);
  });

  test('its name and its switches are attributes and properties', async () => {
    const page = await crowd.openForm(element());
    await each.act(page);
    await page.evaluate('control.name = "other"; control.required = true; control.updateComplete');
    expect(await page.evaluate('[control.getAttribute("name"), control.hasAttribute("required")]')).toEqual([
      'other',
      true,
    ]);
    expect(await crowd.answer()).toEqual({ other: each.after });
    await page.evaluate('control.setAttribute("name", "third"); control.setAttribute("disabled", "false")');
    expect(await page.evaluate('[control.name, control.disabled, control.willValidate]')).toEqual([
      'third',
      true,
      false,
    ]);
    await page.evaluate('control.removeAttribute("disabled"); control.removeAttribute("required")');
    expect(await page.evaluate('[control.disabled, control.required]')).toEqual([false, false]);
    expect(await crowd.answer()).toEqual({ third: each.after });
  });

  test('what a script finds wrong with it blocks submission, until the script takes it back', async () => {
    const page = await crowd.openForm(element());
    await each.act(page);
    await page.evaluate('control.setCustomValidity("Not yet.")');
    expect(await page.evaluate('[control.checkValidity(), control.validationMessage]')).toEqual([false, 'Not yet.']);
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.locator('#control #complaint').first().textContent()).toBe('Not yet.');
    await page.evaluate('control.setCustomValidity("")');
    expect(await page.evaluate('control.reportValidity()')).toBe(true);
    await submit();
    expect(await crowd.submitted()).toEqual([wrap(each.after)]);
  });

  test('can be answered by keys alone', async () => {
    const page = await crowd.openForm(`<button id="start" type="button">start</button>${element()}`);
    await page.locator('#start').focus();
    for (const key of each.keys) await page.keyboard.press(key);
    expect(await crowd.answer()).toEqual(wrap(each.after));
  });

  test('keeps properties that were set before the script was loaded', async () => {
    const [name, value, answer] = each.property;
    await crowd.open(
      `<!DOCTYPE html><crowd-form>${element()}</crowd-form>
       <script>document.querySelector('#control')[${JSON.stringify(name)}] = ${JSON.stringify(value)}</script>
       <script src="/crowd-html-elements.js"></script>`,
    );
    expect(await crowd.answer()).toEqual(wrap(answer));
  });

  test('goes back to its first value on reset', async () => {
    const page = await crowd.openForm(`${element()}<crowd-button form-action="reset">Again</crowd-button>`);
    await each.act(page);
    await page.getByRole('button', { name: 'Again' }).click();
    expect(await crowd.answer()).toEqual(wrap(each.before));
  });

  test('R2: its draft gives the page that is loaded anew the same answer; locked, it takes none', async () => {
    const html = `<button id="start" type="button">start</button>${element()}`;
    const page = await crowd.openForm(html);
    expect(await takeDrafts(page)).toEqual({});
    await each.act(page);
    const drafts = await takeDrafts(page);
    expect(Object.keys(drafts).length).toBe(1);
    await page.evaluate('document.querySelector("crowd-form").reset()');
    expect(await takeDrafts(page)).toEqual({});
    await lockAll(page);
    await page.locator('#start').focus();
    for (const key of each.keys) await page.keyboard.press(key);
    expect(await takeDrafts(page)).toEqual({});
    expect(await page.getByRole('button', { name: 'Submit', exact: true }).count()).toBe(0);
    await crowd.openForm(html);
    await restoreDrafts(page, drafts);
    expect(await crowd.answer()).toEqual(wrap(each.after));
    expect(await crowd.events()).toEqual(['control:input', 'control:change']);
    expect(await takeDrafts(page)).toEqual(drafts);
    await page.evaluate('document.querySelector("crowd-form").reset()');
    expect(await crowd.answer()).toEqual(wrap(each.before));
    await restoreDrafts(page, drafts);
    await submit();
    expect(await crowd.submitted()).toEqual([wrap(each.after)]);
  });

  test('shares its name as documented', async () => {
    const [first, second] = each.twice.attributes;
    await crowd.openForm(`<${tag} name="q" ${first}>${content}</${tag}><${tag} name="q" ${second}>${content}</${tag}>`);
    expect(await crowd.answer()).toEqual({ q: each.twice.answer });
    expect(crowd.complaints.some((text) => text.includes('"q"'))).toBe(each.twice.warns);
  });

  test('made by script and cloned, it counts as well', async () => {
    const page = await crowd.openForm(element());
    await each.act(page);
    await page.evaluate(
      ([name, value]) => {
        const original = document.querySelector('#control') as HTMLElement;
        const made = document.createElement(original.localName);
        for (const { name, value } of original.attributes) if (name !== 'checked') made.setAttribute(name, value);
        made.setAttribute('name', 'made');
        const clone = original.cloneNode(true) as HTMLElement;
        clone.setAttribute('name', 'cloned');
        Object.assign(clone, { [name]: value });
        document.querySelector('crowd-form')!.append(made, clone);
      },
      [...each.property] as [string, unknown, unknown],
    );
    await expect
      .poll(() => page.evaluate(() => document.querySelectorAll('crowd-form > form > [name]').length))
      .toBe(3);
    const expected = {
      q: each.after,
      ...(each.before === undefined ? {} : { made: each.before }),
      cloned: each.property[2],
    };
    expect(await crowd.answer()).toEqual(expected);
  });

  if (!each.requirable) return;
  test('blocks submission when it is required and unanswered', async () => {
    const page = await crowd.openForm(element('name="q" required'));
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('control');
    expect(await page.locator('#control #complaint').textContent()).not.toBe('');
    expect(await crowd.faults()).toEqual([]);
    await each.act(page);
    expect(await page.locator('#control #complaint').textContent()).toBe('');
    await submit();
    expect(await crowd.submitted()).toEqual([wrap(each.after)]);
  });
}
