// The operators' console: its sections, and one page at a time. It speaks English, whatever the portal around it does.
import { html, nothing } from 'lit';
import { loading } from '../components/message.ts';
import { onArrival } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { failurePanel } from './english.ts';
import { pathOf, placeOf, type Section, sections } from './sections.ts';

/** What became of the page before; every arrival gets a console of its own. */
let news: string | undefined;
onArrival(({ notice }) => {
  news = notice;
});

class Console extends PageElement {
  static override properties = { path: { attribute: false } };

  /** The address of the page, from `/console` on. */
  declare path: string;
  #page: HTMLElement | undefined;
  #hasFailed = false;
  /** On a phone, where a button opens the list of sections. */
  #isMenuOpen = false;
  /** Counts arrivals: the page of an earlier address may come late. */
  #turn = 0;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('path')) void this.#open();
  }

  async #open(): Promise<void> {
    const turn = ++this.#turn;
    this.#hasFailed = false;
    this.#page = undefined;
    const place = placeOf(this.path);
    if (!place) return;
    const { section, page, name } = place;
    document.title = `${name ?? section.title} – Holdpoint`;
    const isLoaded = await page.load().then(
      () => true,
      // After an upgrade the page's own files have other names.
      () => false,
    );
    if (turn !== this.#turn) return;
    if (isLoaded) this.#page = Object.assign(document.createElement(page.tag), { name, news });
    this.#hasFailed = !isLoaded;
    this.requestUpdate();
    await this.updateComplete;
    if (this.#page instanceof PageElement) await this.#page.updateComplete;
    if (turn === this.#turn) this.querySelector<HTMLElement>('h1')?.focus();
  }

  protected override render() {
    const here = placeOf(this.path)?.section;
    return html`<div class="console" lang="en" dir="ltr">
      ${this.#renderSections(here)}
      <div class="console-page">${this.#renderPage(here)}</div>
    </div>`;
  }

  #renderSections(here: Section | undefined) {
    return html`<nav class="console-nav" aria-label="Console" @keydown=${this.#closeMenu}>
      <button type="button" class="button console-menu-button" aria-expanded=${this.#isMenuOpen ? 'true' : 'false'}
        aria-controls="console-sections" @click=${() => this.#openMenu(!this.#isMenuOpen)}>${here?.title ?? 'Console'}</button>
      <div id="console-sections" class="console-sections ${this.#isMenuOpen ? 'console-sections-open' : ''}"
        @click=${() => this.#openMenu(false)}>
        ${sections.map(
          (section) =>
            html`<a href=${pathOf(section)} aria-current=${section === here ? 'page' : nothing}>${section.title}</a>`,
        )}
      </div>
    </nav>`;
  }

  #openMenu(isOpen: boolean): void {
    this.#isMenuOpen = isOpen;
    this.requestUpdate();
  }

  #closeMenu(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.#isMenuOpen) return;
    this.#openMenu(false);
    this.querySelector<HTMLElement>('.console-menu-button')?.focus();
  }

  #renderPage(here: Section | undefined) {
    if (!here)
      return html`<div class="page"><h1 tabindex="-1">There is no such page</h1><p><a href="/console">Go to the overview</a></p></div>`;
    if (this.#hasFailed) return failurePanel(undefined, () => location.reload());
    return this.#page ?? html`<div class="page">${loading('Opening the page…')}</div>`;
  }
}

customElements.define('holdpoint-console', Console);
