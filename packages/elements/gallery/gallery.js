// @ts-check
// The page around an example. It takes the portal's side of the messages: what the form hands over is shown beside it, as text,
// and the form is told that it was accepted. What is shown stands in the address, so that it can be handed on.

/** @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} */
const byId = (id) => /** @type {T} */ (document.getElementById(id));

const frame = /** @type {HTMLIFrameElement} */ (byId('frame'));
const language = /** @type {HTMLSelectElement} */ (byId('language'));
const documentation = /** @type {HTMLAnchorElement} */ (byId('documentation'));
const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('nav a')]);
const schemes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('[name="scheme"]')]);

const asked = new URLSearchParams(location.search);
let shown = links.find(({ dataset }) => dataset.tag === asked.get('element')) ?? links[0];
if (language.querySelector(`[value="${CSS.escape(asked.get('lang') ?? '')}"]`))
  language.value = asked.get('lang') ?? '';
for (const radio of schemes) if (radio.value === asked.get('scheme')) radio.checked = true;

const scheme = () => schemes.find(({ checked }) => checked)?.value ?? 'light';

function show() {
  const { tag = '', example = '', page = '', about = '' } = shown?.dataset ?? {};
  document.documentElement.dataset.scheme = scheme();
  document.title = `${tag} · Gallery of elements`;
  byId('element').textContent = `<${tag}>`;
  byId('about').textContent = about;
  documentation.href = `/docs/templates/elements/${page}`;
  for (const link of links) {
    if (link === shown) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const look = new URLSearchParams({ lang: language.value, scheme: scheme() });
  history.replaceState(null, '', `?${new URLSearchParams({ element: tag })}&${look}`);
  byId('answer').hidden = true;
  byId('no-answer').hidden = false;
  byId('troubles').hidden = true;
  byId('trouble-list').replaceChildren();
  frame.title = `Example ${tag}`;
  // Not by `src`: each example would be a step back of its own.
  frame.contentWindow?.location.replace(new URL(`examples/${example}?${look}`, location.href));
}

window.addEventListener('message', ({ source, data }) => {
  if (source !== frame.contentWindow || typeof data !== 'object' || data === null) return;
  if (data.holdpoint === 'error') {
    const item = document.createElement('li');
    item.textContent = String(data.message ?? '');
    byId('trouble-list').append(item);
    byId('troubles').hidden = false;
  }
  if (data.holdpoint !== 'answer') return;
  byId('answer').textContent = JSON.stringify(data.answerContent, null, 2);
  byId('answer').hidden = false;
  byId('no-answer').hidden = true;
  // The frame's origin is opaque, so `*` is the only target that reaches it.
  frame.contentWindow?.postMessage({ holdpoint: 'accepted' }, '*');
});

for (const link of links) {
  link.addEventListener('click', (event) => {
    // In a window of its own it is an address like others.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    shown = link;
    show();
  });
}
for (const control of [...schemes, language]) control.addEventListener('change', show);
byId('again').addEventListener('click', show);
// A long answer is scrolled by keys.
byId('answer').tabIndex = 0;
show();
