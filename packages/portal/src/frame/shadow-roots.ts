// Every shadow root of the page, also those that are closed: styles of ours reach into them by no other way.

export interface ShadowRoots {
  /** Calls `found` for each root from now on, before anything is drawn of it. */
  each(found: (root: ShadowRoot) => void): void;
}

/** To be called before any script of the page. */
export function watchShadowRoots(): ShadowRoots {
  const listeners: ((root: ShadowRoot) => void)[] = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(init: ShadowRootInit): ShadowRoot {
    const root = attach.call(this, init);
    // Elements give their own styles to the root right after, in place of all that are there.
    if (listeners.length > 0) queueMicrotask(() => listeners.forEach((found) => void found(root)));
    return root;
  };
  return { each: (found) => void listeners.push(found) };
}

function createSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/** Adds a sheet to a document or a root. One that is in several is switched on and off in all of them at once. */
export function adopt(to: DocumentOrShadowRoot, sheet: CSSStyleSheet): void {
  to.adoptedStyleSheets = [...to.adoptedStyleSheets, sheet];
}

/** Adds a sheet of its own. */
export function addSheet(to: DocumentOrShadowRoot, css: string): CSSStyleSheet {
  const sheet = createSheet(css);
  adopt(to, sheet);
  return sheet;
}
