// @ts-check
// The page around the previewed template. What comes from template, input and answers is shown as text, never as markup.

/** @typedef {{ Severity: 'Error' | 'Warning', Code: string, Message: string, Line?: number, Column?: number, Source?: string }} Finding */
/** @typedef {{ version: number, file: string, inputs: string[], input?: string, problem?: string, shown: boolean, errors: { Code: string, Message: string }[], findings: Finding[] }} View */

/** @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} */
const byId = (id) => /** @type {T} */ (document.getElementById(id));

const frame = /** @type {HTMLIFrameElement} */ (byId('frame'));
const select = /** @type {HTMLSelectElement} */ (byId('input'));
const root = document.documentElement;

/** Of the server's present start; another one has other files. */
let run = '';
let loaded = 0;
/** Counts what was asked for, so that a late reply does not win over a newer one. */
let asked = 0;

/** @param {string} name @param {string} className @param {string} text */
function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** @param {Finding} finding */
function findingItem({ Severity, Code, Message, Line, Column, Source }) {
  const item = element('li', Severity === 'Error' ? 'error' : 'warning', '');
  const place = Line === undefined ? '' : ` line ${Line}${Column === undefined ? '' : `, column ${Column}`}`;
  item.append(element('span', 'severity', Severity), element('span', 'place', place));
  item.append(element('div', 'message', Message), element('span', 'code', Code));
  if (Source !== undefined && Source.trim() !== '') item.append(element('code', '', Source.trim()));
  return item;
}

/** @param {View} view */
function showInputs({ inputs, input }) {
  const names = [...select.options].map(({ text }) => text);
  if (JSON.stringify(names) !== JSON.stringify(inputs)) {
    const chosen = select.selectedIndex;
    select.replaceChildren(...inputs.map((name, index) => new Option(name, String(index))));
    select.selectedIndex = Math.max(0, Math.min(chosen, inputs.length - 1));
  }
  byId('choose-input').hidden = inputs.length < 2;
  byId('no-input').hidden = inputs.length > 0;
  byId('input-text').hidden = inputs.length === 0;
  byId('input-text').textContent = pretty(input ?? '');
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return `${text} …`;
  }
}

const verdicts = {
  withErrors:
    'No worker would see this page: with this input it has errors, and the human loop would fail. This is as much of it as could be made.',
  withoutInput:
    'The page needs an input: give a sample with --input. This is as much of it as could be made without one.',
};

/** @param {View} view */
function showFindings({ findings, errors, inputs, problem, shown }) {
  // Without a sample input nothing was rendered for the check, and errors have no place.
  const known = new Set(findings.map(({ Code }) => Code));
  const others = errors.filter(({ Code }) => !known.has(Code));
  const all = [...others.map((error) => /** @type {Finding} */ ({ Severity: 'Error', ...error })), ...findings];
  byId('findings').replaceChildren(...all.map(findingItem));
  byId('no-findings').hidden = all.length > 0 || problem !== undefined;
  const verdict = byId('verdict');
  verdict.hidden = problem === undefined && errors.length === 0;
  verdict.textContent = problem ?? (inputs.length === 0 ? verdicts.withoutInput : verdicts.withErrors);
  frame.hidden = !shown;
}

function clearAnswer() {
  byId('answer').hidden = true;
  byId('no-answer').hidden = false;
  byId('scripts').replaceChildren();
  byId('scripts-section').hidden = true;
}

async function load() {
  asked += 1;
  const mine = asked;
  const index = Math.max(0, select.selectedIndex);
  const reply = await fetch(`view?input=${index}`);
  const view = /** @type {View} */ (await reply.json());
  if (mine !== asked) return;
  loaded = view.version;
  const file = view.file.split(/[\\/]/).at(-1) ?? '';
  byId('file').textContent = file;
  document.title = `${file} – preview`;
  showInputs(view);
  showFindings(view);
  clearAnswer();
  frame.src = `frame?input=${index}&version=${view.version}.${mine}`;
}

function loadSafely() {
  load().catch(() => {
    byId('connection').textContent = 'The preview has ended; start it again.';
  });
}

window.addEventListener('message', ({ source, data }) => {
  if (source !== frame.contentWindow || typeof data !== 'object' || data === null) return;
  if (data.holdpoint === 'error') {
    byId('scripts-section').hidden = false;
    byId('scripts').append(element('li', 'error', String(data.message ?? '')));
  }
  if (data.holdpoint !== 'answer') return;
  byId('no-answer').hidden = true;
  byId('answer').hidden = false;
  byId('answer').textContent = JSON.stringify(data.answerContent, null, 2);
  // As the portal does when the answer is saved.
  frame.contentWindow?.postMessage({ holdpoint: 'accepted' }, '*');
});

for (const name of ['width', 'scheme']) {
  for (const radio of document.querySelectorAll(`input[name="${name}"]`)) {
    radio.addEventListener('change', () => {
      root.dataset[name] = /** @type {HTMLInputElement} */ (radio).value;
    });
  }
}
select.addEventListener('change', loadSafely);
byId('again').addEventListener('click', loadSafely);

const events = new EventSource('events');
events.addEventListener('version', (event) => {
  const now = JSON.parse(event.data);
  byId('connection').textContent = '';
  if (run !== '' && run !== now.run) location.reload();
  else if (now.version !== loaded) loadSafely();
  run = now.run;
});
events.addEventListener('error', () => {
  byId('connection').textContent = 'The preview has ended; start it again.';
});
