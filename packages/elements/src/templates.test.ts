// Whole templates in the manner of those in use, answered as a worker would.
import { describe, expect, test } from 'vitest';
import { scriptTag, useCrowdPage } from './testing/crowd-page.ts';

const crowd = useCrowdPage({ loadsAnew: true });

async function openTemplate(source: string) {
  const page = await crowd.open(source);
  await page.evaluate(
    'document.querySelector("crowd-form").transport = ({ answerContent }) => { submitted.push(answerContent) }',
  );
  return page;
}

const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();

describe('templates', () => {
  test('a sentiment to confirm', async () => {
    const page = await openTemplate(`${scriptTag}
<crowd-form>
  <crowd-classifier name="sentiment" categories="['Positive', 'Negative', 'Neutral', 'Mixed']" initial-value="Neutral" header="What sentiment does this text convey?">
    <classification-target>&ldquo;It broke &lt;b&gt;twice&lt;/b&gt;&rdquo;</classification-target>
    <full-instructions header="Sentiment"><p><strong>Positive</strong> means …</p></full-instructions>
    <short-instructions>Choose the main sentiment.</short-instructions>
  </crowd-classifier>
</crowd-form>`);
    expect(await page.getByRole('radio', { name: 'Neutral' }).isChecked()).toBe(true);
    await page.getByText('Negative', { exact: true }).click();
    await submit();
    expect(await crowd.submitted()).toEqual([{ sentiment: { label: 'Negative' } }]);
  });

  test('a table of texts to correct, with native radios in each row', async () => {
    const rows = [1, 2, 3].map(
      (n) => `<tr><td>quelle ${n} &quot;&amp;ñ</td>
        <td><crowd-text-area name="translation${n}" value="source ${n} &quot;&lt;b&gt;&amp;ñ"></crowd-text-area></td>
        <td><input type="radio" id="g${n}" name="rating${n}" value="good" required> <label for="g${n}">Good ${n}</label>
            <input type="radio" id="b${n}" name="rating${n}" value="bad"> <label for="b${n}">Bad ${n}</label></td></tr>`,
    );
    const page = await openTemplate(`<!DOCTYPE html>${scriptTag}<style>table, td { border: 1px solid #ccc }</style>
<crowd-form><div><h1>Instructions</h1><p>Correct the text.</p></div><table><thead><tr><th>Original<th>Translation<th>Rating</tr></thead><tbody>${rows.join('')}</tbody></table></crowd-form>`);
    await page.locator('[name=translation2] textarea').fill('better\ntext');
    await page.getByLabel('Good 1').check();
    await page.getByLabel('Bad 2').check();
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    await page.getByLabel('Good 3').check();
    await submit();
    const good = { bad: false, good: true };
    expect(await crowd.submitted()).toEqual([
      {
        rating1: good,
        rating2: { bad: true, good: false },
        rating3: good,
        translation1: 'source 1 "<b>&ñ',
        translation2: 'better\ntext',
        translation3: 'source 3 "<b>&ñ',
      },
    ]);
  });

  test('two native choice lists that are required', async () => {
    const page = await openTemplate(`<!doctype html>${scriptTag}<crowd-form><h2>Rank</h2>
      <label>Response 1 <select name="rank 1" required><option value="">Choose<option value="1">1<option value="2">2</select></label>
      <label>Response 2 <select name="rank 2" required><option value="">Choose<option value="1">1<option value="2">2</select></label></crowd-form>`);
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    await page.getByLabel('Response 1').selectOption('2');
    await page.getByLabel('Response 2').selectOption('1');
    await submit();
    expect(await crowd.submitted()).toEqual([{ 'rank 1': '2', 'rank 2': '1' }]);
  });

  test('a script of its own that collects everything into one hidden field', async () => {
    const page = await openTemplate(`${scriptTag}
<crowd-form><input type="hidden" name="result" id="result"><div id="app"></div><crowd-button form-action="submit" style="display: none"></crowd-button></crowd-form>
<button id="own">Finish</button>
<script>
  app.innerHTML = '<input id="field" aria-label="Field">';
  document.querySelector('crowd-form').onsubmit = function () { result.value = JSON.stringify({ field: field.value }); };
  own.onclick = function () { document.querySelector('crowd-form').submit(); };
</script>`);
    await page.getByLabel('Field').fill('typed');
    await page.getByRole('button', { name: 'Finish' }).click();
    expect(await crowd.submitted()).toEqual([{ result: '{"field":"typed"}' }]);
  });

  test('a native form inside, cards made by script, a button that a checkbox enables', async () => {
    const page = await openTemplate(`<!DOCTYPE html>${scriptTag}
<crowd-form>
  <form id="own"><label>Blueprint <select name="blueprint"><option>invoice<option>receipt</select></label></form>
  <div id="fields"></div>
  <crowd-checkbox id="sure" onclick="toggle()">I have checked everything</crowd-checkbox>
  <crowd-button id="send" form-action="submit" disabled>Send</crowd-button>
</crowd-form>
<script>
  function toggle() { send.disabled = !sure.checked; }
  document.addEventListener('all-crowd-elements-ready', () => {
    for (const [name, value] of [['Invoice No.', 'A-1'], ['Total (EUR)', '12.50']]) {
      const card = document.createElement('crowd-card');
      const input = document.createElement('crowd-input');
      input.setAttribute('name', name); input.setAttribute('label', name); input.setAttribute('value', value);
      card.appendChild(input); fields.appendChild(card);
    }
  });
</script>`);
    await page.getByLabel('Total (EUR)').fill('13');
    await page.getByLabel('Blueprint').selectOption('receipt');
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await page.getByText('I have checked everything').click();
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await crowd.submitted()).toEqual([{ blueprint: 'receipt', 'Invoice No.': 'A-1', 'Total (EUR)': '13' }]);
    expect(crowd.complaints).toEqual([]);
  });

  test('a tick per row that is in the answer although it is off', async () => {
    const page = await openTemplate(`${scriptTag}<crowd-form><table>
      <tr><td><crowd-checkbox name="add1">Add</crowd-checkbox><tr><td><crowd-checkbox name="add2">Add</crowd-checkbox></table></crowd-form>`);
    await page.getByText('Add').nth(1).click();
    await submit();
    expect(await crowd.submitted()).toEqual([{ add1: { on: false }, add2: { on: true } }]);
  });

  test('a dependent question below the categories, and validation by the template', async () => {
    const page = await openTemplate(`${scriptTag}
<crowd-form><crowd-classifier id="c" name="kind" categories="['Damaged', 'Fine']" header="Kind?"><classification-target><img alt="" src="data:,"></classification-target></crowd-classifier>
<div id="more" hidden><label>Where <input id="where" name="where"></label></div><div id="problem"></div></crowd-form>
<script>
  const more = document.getElementById('more'), where = document.getElementById('where');
  document.addEventListener('all-crowd-elements-ready', () => {
    c.shadowRoot.querySelector('.annotation-area .category-picker-wrapper').insertAdjacentElement('afterend', more);
    c.addEventListener('change', (event) => { more.hidden = event.target.value !== 'Damaged'; });
    document.querySelector('crowd-form').addEventListener('submit', (event) => {
      copy.value = where.value;
      if (c.value === 'Damaged' && !where.value) { event.preventDefault(); problem.innerHTML = '<crowd-alert type="error" dismissible>Say where.</crowd-alert>'; }
    });
    const copy = Object.assign(document.createElement('input'), { type: 'hidden', name: 'place' });
    document.querySelector('crowd-form').form.appendChild(copy);
  });
</script>`);
    await page.keyboard.press('1');
    await submit();
    expect(await page.getByText('Say where.').isVisible()).toBe(true);
    await page.getByLabel('Where').fill('left edge');
    await submit();
    expect(await crowd.submitted()).toEqual([{ kind: { label: 'Damaged' }, place: 'left edge' }]);
  });

  test('instructions directly in the form, with controls in them, and a plain target', async () => {
    const page = await openTemplate(`<!DOCTYPE html><html lang="en"><title>Task</title>${scriptTag}<main><crowd-form>
      <short-instructions>Rate it.<br><crowd-slider name="clarity" min="1" max="5" required></crowd-slider></short-instructions>
      <full-instructions header="How to rate">Take your time.</full-instructions>
      <classification-target><p>A plain box</p></classification-target>
      <crowd-text-area name="why" label="Why" rows="4"></crowd-text-area></crowd-form></main>`);
    expect(await page.getByText('A plain box').isVisible()).toBe(true);
    await page.getByRole('slider').press('ArrowRight');
    await page.getByRole('button', { name: 'View full instructions' }).click();
    expect(await page.getByRole('dialog', { name: 'How to rate' }).innerText()).toContain('How to rate');
    await page.keyboard.press('Escape');
    await submit();
    expect(await crowd.submitted()).toEqual([{ clarity: 2 }]);
    expect(await crowd.faults()).toEqual([]);
  });
});
