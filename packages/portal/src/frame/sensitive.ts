// Pictures and videos that nobody sees who has not asked for them: blurred until the worker points at them, focuses them, taps
// them, or shows all. A picture in a shadow tree belongs to the outermost element around it, the tool with which it is looked at:
// it is shown as long as the worker is anywhere in that.
import { addSheet, type ShadowRoots } from './shadow-roots.ts';
import type { wordsIn } from './words.ts';

const media = 'img, video, canvas, svg image, object, embed, input[type="image"]';
const shown = 'data-holdpoint-shown';
const blur = (pixels: number) => `filter: blur(${pixels}px) !important; clip-path: inset(0) !important;`;
const inDocument = `:is(${media}):not([${shown}]) { ${blur(40)} }
:is(img, video)[tabindex]:focus-visible { outline: 3px solid #1466b8; outline-offset: 2px; }`;
/** Tools make large pictures smaller, and the blur with them. */
const inRoot = `:is(${media}) { ${blur(120)} }`;

interface Unit {
  readonly roots: ShadowRoot[];
  readonly sheets: CSSStyleSheet[];
}

/** To be called before any script of the page. @returns what draws the bar with the switch, once there is a page */
export function blurMedia(roots: ShadowRoots, words: ReturnType<typeof wordsIn>): () => void {
  /** What has shadow trees; pictures of the document itself are no units but stand for themselves. */
  const units = new Map<Element, Unit>();
  let pointedAt: Element | undefined;
  let focused: Element | undefined;
  let tapped: Element | undefined;
  let areAllShown = false;
  const documentSheet = addSheet(document, inDocument);

  roots.each((root) => {
    const element = outermostHost(root);
    const unit = units.get(element) ?? { roots: [], sheets: [] };
    units.set(element, unit);
    unit.roots.push(root);
    const sheet = addSheet(root, inRoot);
    sheet.disabled = isShown(element);
    unit.sheets.push(sheet);
    root.addEventListener('play', stopUnseen, true);
  });

  const isShown = (element: Element) =>
    areAllShown || element === pointedAt || element === focused || element === tapped;

  function show(): void {
    documentSheet.disabled = areAllShown;
    for (const [element, { sheets }] of units) for (const sheet of sheets) sheet.disabled = isShown(element);
    for (const element of document.querySelectorAll(`[${shown}]`))
      if (!isShown(element)) element.removeAttribute(shown);
    for (const element of [pointedAt, focused, tapped]) if (element?.matches(media)) element.setAttribute(shown, '');
    for (const video of document.querySelectorAll('video')) if (!isShown(video)) video.pause();
  }

  /** The tool, or the picture, that an event happened in. */
  function pictureOf(event: Event): Element | undefined {
    const elements = event.composedPath().filter((node): node is Element => node instanceof Element);
    const hasMedia = (element: Element) => units.get(element)?.roots.some((root) => root.querySelector(media) !== null);
    return elements.findLast(hasMedia) ?? elements.find((element) => element.matches(media));
  }

  function stopUnseen(event: Event): void {
    const picture = pictureOf(event);
    if (event.target instanceof HTMLVideoElement && picture !== undefined && !isShown(picture)) event.target.pause();
  }

  const listen = (type: string, action: (event: Event) => void) => window.addEventListener(type, action, true);
  const point = (picture: Element | undefined): void => {
    if (picture === pointedAt) return;
    pointedAt = picture;
    show();
  };
  const isTouch = (event: Event) => (event as PointerEvent).pointerType === 'touch';
  listen('pointerover', (event) => isTouch(event) || point(pictureOf(event)));
  listen('pointerout', (event) => isTouch(event) || (event as PointerEvent).relatedTarget !== null || point(undefined));
  listen('focusin', (event) => {
    focused = pictureOf(event);
    show();
  });
  listen('focusout', () => {
    focused = undefined;
    show();
  });
  listen('play', stopUnseen);

  /** A tap on what is blurred shows it and does nothing else: nobody draws on what they do not see. */
  let unseen: Element | undefined;
  listen('pointerdown', (event) => {
    const picture = isTouch(event) ? pictureOf(event) : undefined;
    unseen = picture !== undefined && !isShown(picture) ? picture : undefined;
  });
  for (const type of [
    'pointerdown',
    'touchstart',
    'touchend',
    'pointermove',
    'pointerup',
    'mousedown',
    'mouseup',
    'click',
  ])
    listen(type, (event) => {
      if (unseen === undefined) return;
      event.stopImmediatePropagation();
      // The browser itself focuses what is pressed, which would show it before it is known to be a tap.
      if (type === 'mousedown' || type === 'click') event.preventDefault();
      if (type !== 'click') return;
      [tapped, unseen] = [unseen, undefined];
      show();
    });

  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function start(this: HTMLMediaElement) {
    if (!(this instanceof HTMLVideoElement) || isShown(unitAround(this))) return play.call(this);
    return Promise.reject(new DOMException('The video is blurred until it is asked for.', 'NotAllowedError'));
  };

  return () => {
    reachByKeyboard(words.picture);
    new MutationObserver(() => reachByKeyboard(words.picture)).observe(document, { childList: true, subtree: true });
    const { host, button, say } = drawBar(words);
    // Ahead of what takes the page all its input when it is only to be read.
    listen('click', (event) => {
      if (!event.composedPath().includes(button)) return;
      event.stopImmediatePropagation();
      areAllShown = !areAllShown;
      say(areAllShown);
      show();
    });
    (document.body ?? document.documentElement).prepend(host);
  };
}

function outermostHost(root: ShadowRoot): Element {
  const around = root.host.getRootNode();
  return around instanceof ShadowRoot ? outermostHost(around) : root.host;
}

const unitAround = (video: HTMLVideoElement): Element => {
  const root = video.getRootNode();
  return root instanceof ShadowRoot ? outermostHost(root) : video;
};

/** Pictures of the page itself get the focus, since that shows them; those that have no name get one, for what is focused needs it. */
function reachByKeyboard(name: string): void {
  for (const picture of document.querySelectorAll<HTMLElement>('img, canvas')) {
    if (picture.hasAttribute('tabindex') || picture.closest('a[href], button, label, summary, [aria-hidden="true"]'))
      continue;
    picture.tabIndex = 0;
    if (picture.matches('canvas')) picture.setAttribute('role', 'img');
    const alt = picture.getAttribute('alt')?.trim() ?? '';
    if (alt === '' && !picture.hasAttribute('aria-label')) picture.setAttribute('aria-label', name);
  }
  for (const video of document.querySelectorAll('video')) {
    video.autoplay = false;
    if (!video.controls && !video.hasAttribute('tabindex')) video.tabIndex = 0;
  }
}

/** In a shadow tree, so that styles of the page leave it alone. */
function drawBar(words: ReturnType<typeof wordsIn>) {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  addSheet(root, barStyle);
  const sentence = document.createElement('p');
  sentence.textContent = words.sensitive;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words.showAll;
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  root.append(sentence, button, status);
  const say = (areAllShown: boolean) => {
    button.textContent = areAllShown ? words.blurAll : words.showAll;
    status.textContent = areAllShown ? words.shown : words.blurred;
  };
  return { host, button, say };
}

const barStyle = `:host { all: initial; display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin: 0 0 12px; padding: 8px 16px;
  border: 1px solid #7d8894; border-radius: 6px; background: #eef1f4; color: #18212b; font: 15px/1.45 system-ui, sans-serif; }
p { flex: 1 1 20em; margin: 0; }
button { min-height: 36px; padding: 4px 14px; border: 1px solid #1d5b8f; border-radius: 6px; background: #1d5b8f; color: #fff; font: inherit; cursor: pointer; }
button:focus-visible { outline: 3px solid #1466b8; outline-offset: 2px; }
[role=status] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`;
