// The operators' console: its sections, and one page at a time.
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { failurePanel, loading } from '../components/message.ts';
import { PageElement } from '../page.ts';
import type { Section } from './section.ts';
import { sections } from './sections.ts';

class Console extends PageElement {
  static override properties = { path: { attribute: false } };

  /** The address of the page, from `/console` on. */
  declare path: string;
  /** Counts arrivals, so that each address gets a new page. */
  #loaded: { readonly section: Section; readonly rest: readonly string[]; readonly page: TemplateResult } | undefined;
  #failure: unknown;
  #turn = 0;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('path')) void this.#open();
  }

  async #open(): Promise<void> {
    const turn = ++this.#turn;
    this.#failure = undefined;
    this.#loaded = undefined;
    const found = find(this.path);
    if (!found) return;
    document.title = `${found.section.title} – Holdpoint`;
    try {
      const page = await found.section.load(found.rest);
      if (turn === this.#turn) this.#loaded = { ...found, page };
    } catch (error) {
      // After an upgrade the page's own files have other names.
      if (turn === this.#turn) this.#failure = error;
    }
    this.requestUpdate();
    await this.updateComplete;
    if (turn === this.#turn) this.querySelector<HTMLElement>('h1')?.focus();
  }

  protected override render() {
    const here = find(this.path)?.section;
    return html`<div class="console">
      <nav class="console-nav" aria-label="Console">
        ${sections.map(
          ({ path, title }) =>
            html`<a href=${path} aria-current=${here?.path === path ? 'page' : nothing}>${title}</a>`,
        )}
      </nav>
      <div class="console-page">${this.#renderPage(here)}</div>
    </div>`;
  }

  #renderPage(here: Section | undefined) {
    if (!here)
      return html`<div class="page"><h1 tabindex="-1">There is no such page</h1><p><a href="/console">Go to the overview</a></p></div>`;
    if (this.#failure !== undefined) return failurePanel(undefined, () => location.reload());
    if (!this.#loaded) return html`<div class="page">${loading('Opening the page…')}</div>`;
    return keyed(this.#turn, this.#loaded.page);
  }
}

/** The section of an address is the one whose path is the longest that leads to it; the rest of the path is its own. */
function find(path: string): { section: Section; rest: readonly string[] } | undefined {
  const segments = path.replace(/\/+$/, '').split('/').slice(2).map(decode);
  const section = sections.find((one) => (one.path.split('/')[2] ?? '') === (segments[0] ?? ''));
  if (!section || (segments.length > 1 && !section.hasPages)) return undefined;
  return { section, rest: segments.slice(1) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

customElements.define('holdpoint-console', Console);
