import { describe, expect, test } from 'vitest';
import { scriptTag, useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
const form = 'document.querySelector("crowd-form")';

describe('crowd-form', () => {
  test('has no accessibility faults, with instructions, an error, a preview', async () => {
    const page =
      await crowd.open(`<main><crowd-form><short-instructions>Short</short-instructions><full-instructions>Full</full-instructions>
      <crowd-input name="a" label="A" required></crowd-input></crowd-form></main>`);
    expect(await crowd.faults()).toEqual([]);
    await submit();
    expect(await page.getByText('One answer still needs your attention.').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
    await page.getByRole('textbox', { name: 'A' }).fill('x');
    await submit();
    expect(await page.locator('#answers-box').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
  });

  describe('the answer', () => {
    test.each([
      [
        '<input name="a" value="x"><input type="hidden" name="h" value="1"><textarea name="t">line\nline</textarea>',
        { a: 'x', h: '1', t: 'line\nline' },
      ],
      ['<input name="a"><textarea name="t"></textarea><select name="s"><option value="">-</select>', {}],
      [
        '<input type="date" name="d" value="2024-01-31"><input type="number" name="n" value="4.5">',
        { d: '2024-01-31', n: '4.5' },
      ],
      ['<select name="s"><option value="1">one<option value="2" selected>two</select>', { s: '2' }],
      ['<select name="s" multiple><option selected>a<option>b<option selected>c</select>', { s: ['a', 'c'] }],
      [
        '<input type="checkbox" name="c"><input type="checkbox" name="d" value="v" checked>',
        { c: { on: false }, d: { v: true } },
      ],
      [
        '<input type="checkbox" name="c" value="a" checked><input type="checkbox" name="c" value="b">',
        { c: { a: true, b: false } },
      ],
      [
        '<input type="radio" name="r" value="a"><input type="radio" name="r" value="b" checked>',
        { r: { a: false, b: true } },
      ],
      ['<input type="radio" name="r" value="a"><input type="radio" name="r" value="b">', { r: { a: false, b: false } }],
      ['<input type="radio" name="r" value="a" checked><input type="radio" name="r" value="a">', { r: { a: true } }],
      [
        '<input name="a.b" value="1"><input name="c d" value="2"><input name="e[0]" value="3"><input name="$/-" value="4">',
        { 'a.b': '1', 'c d': '2', 'e[0]': '3', '$/-': '4' },
      ],
      ['<input name="_" value="1"><input name="_x" value="2">', { _: '1', _x: '2' }],
      [
        '<input value="1"><input name="" value="2"><input name="d" value="3" disabled><fieldset disabled><input name="f" value="4"></fieldset>',
        {},
      ],
      [
        '<button name="b" value="1">b</button><input type="submit" name="s" value="Go"><input type="reset" name="r">',
        {},
      ],
      [
        '<form><input name="nested" value="1"><div><form><input name="deep" value="2"></form></div></form>',
        { nested: '1' },
      ],
      ['<template><input name="no" value="1"></template>', {}],
    ])('%s', async (content, expected) => {
      await crowd.openForm(content);
      expect(await crowd.answer()).toMatchObject(expected);
      expect(crowd.complaints).toEqual([]);
    });

    test('a file is its name, with a warning; the format that MTurk asks for changes nothing here', async () => {
      const page = await crowd.openForm('<input type="file" name="f" aria-label="f"><input name="a.b" value="1">');
      await page.evaluate(`${form}.setAttribute('answer-format', 'flatten-objects')`);
      await page
        .locator('[name=f]')
        .setInputFiles({ name: 'page 1.txt', mimeType: 'text/plain', buffer: Buffer.from('content') });
      expect(await crowd.answer()).toEqual({ 'a.b': '1', f: 'page 1.txt' });
      expect(crowd.complaints[0]).toBe('The answer holds only the name of the file in "f", not its content.');
    });

    test('the last of equal names wins, with a warning; a hidden field blanks a widget out', async () => {
      await crowd.openForm(
        '<crowd-classifier name="_" categories="[\'a\']" initial-value="a"></crowd-classifier><input type="hidden" name="_" value="_">',
      );
      expect(await crowd.answer()).toEqual({ _: '_' });
      expect(crowd.complaints).toEqual([expect.stringContaining('"_"')]);
    });

    test('has its keys in ASCII order at every level, and no prototype to trip over', async () => {
      const page = await crowd.openForm(
        '<input name="b" value="1"><input name="a" value="2"><input name="B" value="3"><input name="__proto__" value="4"><input name="10" value="5"><input name="9" value="6"><input type="checkbox" name="x" value="z"><input type="checkbox" name="x" value="y">',
      );
      expect(await page.evaluate(`${form}._serializeForm()`)).toEqual({
        taskAnswers: '[{"10":"5","9":"6","B":"3","__proto__":"4","a":"2","b":"1","x":{"y":false,"z":false}}]',
      });
      await submit();
      expect(await page.evaluate('Object.getOwnPropertyNames(submitted[0]).includes("__proto__")')).toBe(true);
    });

    test('takes elements of others that have a name and a _submittableValue', async () => {
      const page = await crowd.openForm('<div id="box"></div>');
      await page.evaluate(
        `customElements.define('other-tool', class extends HTMLElement { get _submittableValue() { return { b: [1], a: 2 }; } }); box.innerHTML = '<other-tool name="t"></other-tool>'`,
      );
      expect(await crowd.answer()).toEqual({ t: { a: 2, b: [1] } });
    });
  });

  describe('the inner form', () => {
    test('holds the content, is found by .form and querySelector, and adopts what comes later', async () => {
      const page = await crowd.openForm('<p id="p">text</p><input name="a" value="1">');
      expect(
        await page.evaluate(`${form}.form === ${form}.querySelector('form') && p.parentElement === ${form}.form`),
      ).toBe(true);
      await page.evaluate(
        `${form}.append(Object.assign(document.createElement('input'), { name: 'late', value: '2' }))`,
      );
      expect(await crowd.answer()).toEqual({ a: '1', late: '2' });
      await expect.poll(() => page.evaluate(`document.querySelector('[name=late]').form === ${form}.form`)).toBe(true);
      await page.evaluate(
        `${form}.form.append(Object.assign(document.createElement('input'), { name: 'later', value: '3' }))`,
      );
      expect(await crowd.answer()).toEqual({ a: '1', late: '2', later: '3' });
      expect(await page.evaluate(`document.querySelector('[name=a]').form === ${form}.form`)).toBe(true);
    });

    test('frames inside are loaded once', async () => {
      const page = await crowd.open(
        `<!DOCTYPE html>${scriptTag}<script>loads = 0</script><crowd-form><iframe title="f" onload="loads += 1" srcdoc="<p>hello"></iframe></crowd-form>`,
      );
      await page.frameLocator('iframe').getByText('hello').waitFor();
      await page.waitForLoadState();
      expect(await page.evaluate('loads')).toBe(1);
    });
  });

  describe('submitting', () => {
    test.each([
      ['onsubmit property returning false', `${form}.onsubmit = () => false`],
      ['addEventListener with preventDefault', `${form}.addEventListener('submit', (event) => event.preventDefault())`],
      ['attribute returning false', `${form}.setAttribute('onsubmit', 'return false')`],
      [
        'listener on the inner form, for a native submit',
        `${form}.form.addEventListener('submit', (event) => event.preventDefault())`,
      ],
    ])('is cancelled by %s', async (title, script) => {
      const page = await crowd.openForm(
        '<input name="a" value="1"><input type="submit" value="Native"><crowd-button form-action="submit">Crowd</crowd-button>',
      );
      await page.evaluate(script);
      await page.getByRole('button', { name: 'Native' }).click();
      if (!title.includes('inner')) await page.getByRole('button', { name: 'Crowd' }).click();
      expect(await crowd.submitted()).toEqual([]);
    });

    test.each([
      ['the automatic button', '', submit],
      ['submit()', '', () => crowd.page.evaluate(`${form}.submit()`)],
      ['Enter in a native field', '', () => crowd.page.locator('[name=a]').press('Enter')],
      [
        'input type=submit',
        '<input type="submit" value="Go">',
        () => crowd.page.getByRole('button', { name: 'Go' }).click(),
      ],
      ['a button without a type', '<button>Go</button>', () => crowd.page.getByRole('button', { name: 'Go' }).click()],
      [
        'a button in a nested form',
        '<div id="n"></div>',
        async () => {
          await crowd.page.evaluate(
            `n.append(document.createElement('form')); n.firstChild.innerHTML = '<button type="submit">Go</button>'`,
          );
          await crowd.page.getByRole('button', { name: 'Go' }).click();
        },
      ],
      [
        'a button whose listener also calls submit()',
        `<button onclick="${form.replaceAll('"', "'")}.submit()">Go</button>`,
        () => crowd.page.getByRole('button', { name: 'Go' }).click(),
      ],
    ] as [string, string, () => Promise<void>][])(
      'by %s fires one submit event on the element and sends once, after the listeners',
      async (_title, content, act) => {
        const page = await crowd.openForm(`<input name="a" value="1"><input type="hidden" name="late">${content}`);
        await page.evaluate(
          `count = 0; ${form}.onsubmit = (event) => { count += event.target === ${form} && event.bubbles && event.cancelable ? 1 : 100; document.querySelector('[name=late]').value = 'filled' }`,
        );
        await act();
        expect(await crowd.submitted()).toEqual([{ a: '1', late: 'filled' }]);
        expect(await page.evaluate('count')).toBe(1);
        await page.evaluate(`${form}.submit()`);
        expect(await crowd.submitted()).toHaveLength(1);
      },
    );

    test('a listener that cancels and calls submit() itself sends once', async () => {
      const page = await crowd.openForm('<input type="hidden" name="h">');
      await page.evaluate(
        `${form}.onsubmit = (event) => { event.preventDefault(); document.querySelector('[name=h]').value = 'x'; ${form}.submit() }`,
      );
      await submit();
      expect(await crowd.submitted()).toEqual([{ h: 'x' }]);
    });

    test('onsubmit set before the script was loaded survives, and _submitHelperForm can be replaced', async () => {
      const page = await crowd.open(`<!DOCTYPE html><crowd-form><input name="a" value="1"></crowd-form>
        <script>fired = 0; posted = []; ${form}.onsubmit = () => { fired += 1 }; ${form}._submitHelperForm = function () { posted.push(this._serializeForm()) }</script>${scriptTag}`);
      await submit();
      expect(await page.evaluate('[fired, posted]')).toEqual([1, [{ taskAnswers: '[{"a":"1"}]' }]]);
    });

    test('the automatic button gives way to a submit button, hidden or native', async () => {
      for (const [content, buttons] of [
        ['<crowd-button form-action="submit" style="display:none">x</crowd-button>', 0],
        ['<input type="submit" value="Send">', 0],
        ['<button type="submit">Send</button>', 0],
        ['<button>Other</button>', 1],
        ['<crowd-button>Other</crowd-button>', 1],
      ] as const) {
        const page = await crowd.openForm(content);
        expect(await page.getByRole('button', { name: 'Submit', exact: true }).count(), content).toBe(buttons);
      }
    });

    test('a rejected transport shows its message and allows another attempt', async () => {
      const page = await crowd.openForm('<input name="a" value="1">');
      await page.evaluate(
        `tries = 0; ${form}.transport = async (submission) => { tries += 1; sent = submission; if (tries === 1) throw new Error('The time is over.') }`,
      );
      await submit();
      expect(await page.getByText('The time is over.').isVisible()).toBe(true);
      await submit();
      expect(await page.getByText('Your answer was submitted.').isVisible()).toBe(true);
      expect(await page.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true);
      expect(await page.evaluate('[tries, sent.answerContent, sent.startedAt <= sent.submittedAt]')).toEqual([
        2,
        { a: '1' },
        true,
      ]);
    });
  });

  describe('validation', () => {
    test('native controls come first, then crowd controls, then widgets; the first offender has the focus', async () => {
      const page = await crowd.openForm(`<crowd-classifier id="w" name="w" categories="['a']"></crowd-classifier>
        <crowd-input id="c" name="c" required></crowd-input><select id="s" name="s" required><option value="">-<option>1</select>`);
      const focus = async () => {
        await submit();
        return page.evaluate(() => document.activeElement?.id);
      };
      expect(await focus()).toBe('s');
      expect(await page.getByText('3 answers still need your attention.').isVisible()).toBe(true);
      await page.locator('#s').selectOption('1');
      expect(await focus()).toBe('c');
      await page.locator('#c input').fill('x');
      expect(await focus()).toBe('w');
      await page.getByRole('radio', { name: 'a' }).check();
      await submit();
      expect(await crowd.submitted()).toEqual([{ c: 'x', s: '1', w: { label: 'a' } }]);
    });

    test('native required radios, in nested forms too, block; the submit event is not fired', async () => {
      const page = await crowd.openForm('<div id="n"></div>');
      await page.evaluate(
        `n.append(document.createElement('form')); n.firstChild.innerHTML = '<input type="radio" name="r" value="a" required><input type="radio" name="r" value="b">'; fired = 0; ${form}.onsubmit = () => { fired += 1 }`,
      );
      await submit();
      expect(await page.evaluate('fired')).toBe(0);
      expect(await page.getByText('One answer still needs your attention.').isVisible()).toBe(true);
      await page.locator('[value=b]').check();
      await submit();
      expect(await crowd.submitted()).toEqual([{ r: { a: false, b: true } }]);
    });

    test('a control in a hidden instructions pane is shown again', async () => {
      const page = await crowd.openForm(
        '<short-instructions><crowd-input id="i" name="a" required></crowd-input></short-instructions>',
      );
      await page.getByRole('button', { name: 'Instructions' }).click();
      await expect.poll(() => page.locator('#i').isVisible()).toBe(false);
      await submit();
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('i');
    });
  });

  test('reset fires a cancelable event and restores crowd and native controls, those in regions too', async () => {
    const page =
      await crowd.openForm(`<short-instructions><input id="r" name="r" value="0"><crowd-input id="cr" name="cr" value="0"></crowd-input></short-instructions>
      <input id="n" name="n" value="0"><crowd-input id="c" name="c" value="0"></crowd-input><button type="reset">Native</button>`);
    const change = () => page.evaluate('for (const each of [r, cr, n, c]) each.value = "1"');
    const first = { c: '0', cr: '0', n: '0', r: '0' };
    await change();
    await page.evaluate(`${form}.reset()`);
    expect(await crowd.answer()).toEqual(first);
    await change();
    await page.getByRole('button', { name: 'Native' }).click();
    expect(await crowd.answer()).toEqual(first);
    await change();
    await page.evaluate(`${form}.onreset = () => false; ${form}.reset()`);
    expect(await crowd.answer()).toEqual({ c: '1', cr: '1', n: '1', r: '1' });
  });

  describe('in a portal', () => {
    const task = `<!DOCTYPE html>${scriptTag}<crowd-form><input name="a" value="1"></crowd-form>`;
    const openFramed = () =>
      crowd.open(`<!DOCTYPE html>${scriptTag}<script>
        messages = []; addEventListener('message', (event) => { if (event.source === frame.contentWindow) messages.push(event.data) });
        tell = (message) => frame.contentWindow.postMessage(message, '*');
      </script><iframe id="frame" title="Task" sandbox="allow-scripts allow-forms" srcdoc="${task.replaceAll('"', '&quot;').replace('/crowd-html', `${crowd.origin}/crowd-html`)}"></iframe>
      <iframe id="stranger" title="Stranger" srcdoc="<script>tell = () => parent.frames[0].postMessage({ holdpoint: 'accepted' }, '*')</script>"></iframe>`);

    test('posts the answer to the parent and waits for its word', async () => {
      const page = await openFramed();
      const button = page.frameLocator('#frame').getByRole('button', { name: 'Submit' });
      await button.click();
      await expect.poll(() => page.evaluate('messages')).toEqual([{ holdpoint: 'answer', answerContent: { a: '1' } }]);
      expect(await button.isDisabled()).toBe(true);
      await page.evaluate(`tell({ holdpoint: 'rejected', message: 'The task is gone.' })`);
      await page.frameLocator('#frame').getByText('The task is gone.').waitFor();
      await button.click();
      await expect.poll(() => page.evaluate('messages.length')).toBe(2);
      await page.evaluate(`tell({ holdpoint: 'accepted' })`);
      await page.frameLocator('#frame').getByText('Your answer was submitted.').waitFor();
      expect(await button.isDisabled()).toBe(true);
    });

    test('hears nobody but the parent', async () => {
      const page = await openFramed();
      const frame = page.frameLocator('#frame');
      await frame.getByRole('button', { name: 'Submit' }).click();
      await expect.poll(() => page.evaluate('messages.length')).toBe(1);
      await page.evaluate('stranger.contentWindow.tell()');
      // The stranger's message comes before the parent's, so a form that heard it would never show this one.
      await page.evaluate(`tell({ holdpoint: 'rejected', message: 'Not yet.' })`);
      await frame.getByText('Not yet.').waitFor();
      expect(await frame.getByText('Your answer was submitted.').count()).toBe(0);
    });
  });
});
