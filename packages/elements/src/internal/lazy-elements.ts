// Elements whose code is loaded when a page uses them for the first time: modules beside this script, by absolute address.
import { define } from './define.ts';
import { messages } from './messages.ts';
import { unavailableElement } from './unavailable.ts';

/** From the tag to the file of its module, relative to this script; the build puts it in. */
declare const toolFiles: Readonly<Record<string, string>>;

/** Read while the script runs: later the page has no current script. */
const scriptUrl = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';
const attempts = 3;
/** Milliseconds before the next attempt, and twice as long before each further one. */
const firstPause = 500;

const loading = new Map<string, Promise<void>>();

export const isLazy = (tag: string): boolean => Object.hasOwn(toolFiles, tag);

/** Whether the element is one whose code has not come yet. */
export const isAwaited = (element: Element): boolean => isLazy(element.localName) && !element.matches(':defined');

/** Settles when everything that was asked for so far is there, or has failed for good. */
export const lazyElementsLoaded = async (): Promise<void> => void (await Promise.all(loading.values()));

/** Loads whatever the page uses, now and later. */
export function loadLazyElements(): void {
  const look = (root: ParentNode) => {
    for (const element of root.querySelectorAll(':not(:defined)'))
      if (isLazy(element.localName)) load(element.localName);
  };
  look(document);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (isAwaited(node)) load(node.localName);
        look(node);
      }
    }
  }).observe(document, { childList: true, subtree: true });
  const sheet = new CSSStyleSheet();
  const tags = `:is(${Object.keys(toolFiles).join(', ')}):not(:defined)`;
  // What stands in it would be shown at a wrong place for a moment.
  sheet.replaceSync(`@layer crowd { ${tags} { display: block; min-height: 3em; } ${tags} > * { display: none; }
    ${tags}::before { color: var(--crowd-muted); content: ${JSON.stringify(messages.loading)}; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

function load(tag: string): void {
  if (!loading.has(tag)) loading.set(tag, loadAndDefine(tag));
}

async function loadAndDefine(tag: string): Promise<void> {
  try {
    const module = await importTool(new URL(toolFiles[tag]!, scriptUrl || document.baseURI).href);
    define(tag, module[classNameOf(tag)] as CustomElementConstructor);
  } catch (error) {
    console.error(`<${tag}> could not be loaded.`, error);
    define(tag, unavailableElement());
  }
}

async function importTool(url: string): Promise<Record<string, unknown>> {
  for (let attempt = 1; ; attempt++) {
    try {
      // A browser remembers that an address has failed, so that each further attempt needs another one.
      return await import(/* @vite-ignore */ attempt === 1 ? url : `${url}?attempt=${attempt}`);
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstPause * 2 ** (attempt - 1)));
    }
  }
}

/** `crowd-bounding-box` is `CrowdBoundingBox`. */
const classNameOf = (tag: string): string =>
  tag.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
