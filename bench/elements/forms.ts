import { type Pages, script } from './pages.ts';
import { median, type Row, timeRow } from './table.ts';

const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 15);

const form = `<crowd-form><p>Is this right?</p><crowd-input name="a" label="Name" required></crowd-input>
  <crowd-text-area name="b" label="Notes"></crowd-text-area><crowd-checkbox name="c">Agree</crowd-checkbox>
  <crowd-radio-group><crowd-radio-button name="d" value="x">X</crowd-radio-button><crowd-radio-button name="d" value="y">Y</crowd-radio-button></crowd-radio-group>
  <crowd-slider name="e"></crowd-slider><short-instructions>Look.</short-instructions></crowd-form>`;
const bareForm = `<form><p>Is this right?</p><input name="a" required><textarea name="b"></textarea><input type="checkbox" name="c">
  <input type="radio" name="d"><input type="radio" name="d"><input type="range" name="e"><button>Submit</button></form>`;

/** From navigation until a form can be worked with. */
export async function measureReady(pages: Pages): Promise<(Row | string)[]> {
  const page = await pages.open('');
  const once = async (html: string): Promise<number> => {
    await pages.show(page, html);
    return page.evaluate('readyAt');
  };
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round <= rounds; round++) {
    const bare = await once(
      `<!DOCTYPE html>${bareForm}<script>addEventListener('load', () => { readyAt = performance.now() })</script>`,
    );
    const ours = await once(`<!DOCTYPE html>${script}${form}`);
    // The first round fills the caches.
    if (round === 0) continue;
    times.bare.push(bare);
    times.ours.push(ours);
  }
  await page.close();
  return [
    'From navigation to ready (ms, median); reference: a bare form until its load event',
    timeRow('a form, until all-crowd-elements-ready', median(times.ours), median(times.bare), '150 ms'),
  ];
}
