// The reviewers' portal: header, one page at a time, and the way between pages.
import type { PortalSession } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { api } from './api.ts';
import { keyHint, keyShortcut } from './components/key-hint.ts';
import { showKeys } from './components/keys-dialog.ts';
import { failurePanel, loading } from './components/message.ts';
import './components/undo-bar.ts';
import { showDisplayDialog } from './display/display-dialog.ts';
import { startDisplay } from './display/present-display.ts';
import { onKeysChanged, onShortcut } from './keys.ts';
import { type Arrival, goTo, onArrival, type Route, routeOf, signInPath } from './navigation.ts';
import { forgetChoices } from './notices/choices.ts';
import { PageElement } from './page.ts';
import { codeOf } from './portal-error.ts';
import { addressOf, keptWish } from './task-wish.ts';
import { withdrawUndo } from './undo.ts';
import { onWords, words } from './words/words.ts';
import { forgetAllLocally } from './worker/draft-keeper.ts';
import './security/forgot-password.ts';
import './security/second-factor.ts';
import './security/security.ts';
import './styles/app.css';
import './notices/notices-page.ts';
import './notices/waiting.ts';
import './worker/answers.ts';
import './worker/link.ts';
import './worker/sessions.ts';
import './worker/sign-in.ts';
import './worker/task-list.ts';
import type { Work } from './worker/work.ts';
import './worker/work.ts';

class App extends PageElement {
  #route: Route = { page: 'unknown' };
  #arrival: Arrival = {};
  /** Counts arrivals, so that each gets a new page. */
  #turn = 0;
  #session: PortalSession | undefined;
  #failure: unknown;
  #broken = false;
  #isMenuOpen = false;
  #stops: (() => void)[] = [];
  #console: 'coming' | 'here' | 'failed' | undefined;
  #stopArrivals: (() => void) | undefined;
  #stopTitles: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopArrivals = onArrival((arrival) => void this.#arrive(arrival));
    this.#stops = [
      onKeysChanged(() => this.#drawAnew()),
      onShortcut('help', () => this.#session && void this.#showKeys()),
      onShortcut('list', () => this.#session && goTo(addressOf(keptWish()))),
    ];
    this.addEventListener('click', this.#followLink);
    window.addEventListener('error', this.#break);
    window.addEventListener('unhandledrejection', this.#break);
    this.#stopTitles = onWords(() => this.#entitle());
    this.#open({});
  }

  override disconnectedCallback(): void {
    this.#stopArrivals?.();
    this.#stopTitles?.();
    for (const stop of this.#stops) stop();
    this.removeEventListener('click', this.#followLink);
    window.removeEventListener('error', this.#break);
    window.removeEventListener('unhandledrejection', this.#break);
    super.disconnectedCallback();
  }

  #open(arrival: Arrival): void {
    this.#route = routeOf(new URL(location.href));
    this.#arrival = arrival;
    this.#turn += 1;
    this.#isMenuOpen = false;
    this.#broken = false;
    this.#entitle();
    if (this.#isForWorkers() && this.#session === undefined) void this.#findSession();
    this.requestUpdate();
  }

  #entitle(): void {
    document.title = `${words.pages[this.#route.page]} – Holdpoint`;
  }

  async #arrive(arrival: Arrival): Promise<void> {
    if (arrival.stays) {
      this.#route = routeOf(new URL(location.href));
      return this.requestUpdate();
    }
    this.#open(arrival);
    await this.updateComplete;
    window.scrollTo(0, 0);
    const page = this.querySelector<PageElement>('main > *');
    await page?.updateComplete;
    if (this.#route.page !== 'sign-in') this.querySelector<HTMLElement>('h1')?.focus();
  }

  #isForWorkers(): boolean {
    return ['tasks', 'work', 'answers', 'answer', 'sessions', 'security', 'notices', 'console'].includes(
      this.#route.page,
    );
  }

  async #findSession(): Promise<void> {
    this.#failure = undefined;
    this.requestUpdate();
    try {
      this.#session = await api.session();
    } catch (error) {
      if (codeOf(error) === 'signed-out')
        return goTo(signInPath(location.pathname + location.search), { replace: true });
      this.#failure = error;
    }
    this.requestUpdate();
  }

  /** A fault in our own code: said aloud, and what is on the page stays. */
  #break = (event: ErrorEvent | PromiseRejectionEvent): void => {
    if (event instanceof ErrorEvent && event.error === null) return;
    this.#broken = true;
    this.requestUpdate();
  };

  #followLink = (event: MouseEvent): void => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element).closest('a');
    if (link?.target !== '' || link.origin !== location.origin || !/^\/(portal|console)(\/|$)/.test(link.pathname))
      return;
    event.preventDefault();
    goTo(link.pathname + link.search);
  };

  async #signOut(): Promise<void> {
    try {
      const { goOn } = await api.signOut();
      this.#forgetWorker();
      if (goOn !== undefined) return location.assign(goOn);
    } catch (error) {
      if (codeOf(error) !== 'signed-out') {
        this.#failure = error;
        return this.requestUpdate();
      }
    }
    this.#forgetWorker();
    this.#session = undefined;
    goTo('/portal/sign-in');
  }

  /** The next one at this browser may be somebody else. */
  #forgetWorker(): void {
    withdrawUndo();
    forgetAllLocally();
    forgetChoices();
  }

  #signedIn({ detail }: CustomEvent<PortalSession>): void {
    this.#session = detail;
    this.#failure = undefined;
  }

  protected override render() {
    const session = this.#isForWorkers() ? this.#session : undefined;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${words.app.skip}</a>
      ${this.#renderHeader(session)}
      <main id="main" tabindex="-1" class="main-${this.#route.page}">
        ${this.#broken ? failurePanel(undefined, () => location.reload()) : nothing}
        ${this.#failure === undefined ? nothing : failurePanel(this.#failure, () => void this.#findSession())}
        ${keyed(this.#turn, this.#renderPage())}
      </main>
      ${
        session === undefined
          ? nothing
          : html`<holdpoint-undo-bar></holdpoint-undo-bar>
            ${this.#route.page === 'console' ? nothing : html`<holdpoint-waiting></holdpoint-waiting>`}`
      }`;
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>('main')?.focus();
  }

  #renderHeader(session: PortalSession | undefined) {
    return html`<header class="header">
      <a class="brand" href="/portal">
        <img src="/assets/portal/icon.svg" alt="" width="24" height="24" />
        <span>${session?.organisation ?? 'Holdpoint'}</span>
      </a>
      ${/* Where it is found also by those who cannot read the page. */ nothing}
      <button type="button" class="button button-quiet display-button" aria-haspopup="dialog" aria-label=${words.display.open}
        title=${words.display.open} @click=${() => void showDisplayDialog()}><span aria-hidden="true">Aa</span></button>
      ${session === undefined ? nothing : this.#renderMenu(session)}
    </header>`;
  }

  /** On a phone it is opened by a button, so that the header has room for the name. */
  #renderMenu(session: PortalSession) {
    return html`<button type="button" class="button menu-button" aria-expanded=${this.#isMenuOpen ? 'true' : 'false'}
        aria-controls="menu" @click=${() => this.#openMenu(!this.#isMenuOpen)}>${words.app.menu}</button>
      <nav id="menu" class="menu ${this.#isMenuOpen ? 'menu-open' : ''}" aria-label=${words.app.portal}
        @click=${() => this.#openMenu(false)} @keydown=${this.#closeMenu}>
        ${
          session.isOperator
            ? html`<a class="header-link" href="/console" aria-current=${this.#route.page === 'console' ? 'true' : nothing}>${words.pages.console}</a>`
            : nothing
        }
        <a class="header-link" href="/portal/answers">${words.pages.answers}</a>
        <a class="header-link header-notices" href="/portal/notices">${words.pages.notices}</a>
        <button type="button" class="button button-quiet" aria-keyshortcuts=${keyShortcut('help')}
          @click=${this.#showKeys}>${words.keys.heading}${keyHint('help')}</button>
        <a class="who" href="/portal/sessions" title=${session.worker.email}>${session.worker.name}</a>
        <button type="button" class="button button-quiet" @click=${this.#signOut}>${words.app.signOut}</button>
      </nav>`;
  }

  #openMenu(open: boolean): void {
    this.#isMenuOpen = open;
    this.requestUpdate();
  }

  #closeMenu = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#isMenuOpen) return;
    this.#openMenu(false);
    this.querySelector<HTMLElement>('.menu-button')?.focus();
  };

  #showKeys = async (): Promise<void> => {
    showKeys((await this.querySelector<Work>('holdpoint-work')?.taskKeys()) ?? []);
  };

  /** Every page shows keys. */
  #drawAnew(): void {
    for (const element of [this, ...this.querySelectorAll('*')])
      if (element instanceof PageElement) element.requestUpdate();
  }

  #renderPage() {
    const route = this.#route;
    if (route.page === 'sign-in') {
      return html`<holdpoint-sign-in .returnTo=${route.returnTo} @signed-in=${this.#signedIn}></holdpoint-sign-in>`;
    }
    if (route.page === 'second-factor')
      return html`<holdpoint-second-factor .returnTo=${route.returnTo} @signed-in=${this.#signedIn}></holdpoint-second-factor>`;
    if (route.page === 'forgot-password') return html`<holdpoint-forgot-password></holdpoint-forgot-password>`;
    if (route.page === 'link')
      return html`<holdpoint-link .token=${route.token} @signed-in=${this.#signedIn}></holdpoint-link>`;
    if (route.page === 'unknown') return this.#renderUnknown();
    if (this.#session === undefined) {
      return this.#failure === undefined ? html`<div class="page">${loading(words.app.opening)}</div>` : nothing;
    }
    if (route.page === 'console') return this.#renderConsole(route.path);
    if (route.page === 'security') return html`<holdpoint-security></holdpoint-security>`;
    if (route.page === 'sessions') return html`<holdpoint-sessions></holdpoint-sessions>`;
    if (route.page === 'notices') return html`<holdpoint-notices></holdpoint-notices>`;
    if (route.page === 'tasks')
      return html`<holdpoint-task-list .notice=${this.#arrival.notice} .worker=${this.#session.worker}></holdpoint-task-list>`;
    if (route.page === 'answers') return html`<holdpoint-answers></holdpoint-answers>`;
    if (route.page === 'answer') return html`<holdpoint-answer .assignmentId=${route.assignmentId}></holdpoint-answer>`;
    const { continued = false, reopened = false } = this.#arrival;
    return html`<holdpoint-work .assignmentId=${route.assignmentId} .continued=${continued} .reopened=${reopened}></holdpoint-work>`;
  }

  #renderConsole(path: string) {
    if (!this.#session?.isOperator)
      return html`<div class="sheet">
        <h1 tabindex="-1">The console is for operators</h1>
        <p>You are signed in as ${this.#session?.worker.email}. An operator can make you one.</p>
        <p><a href="/portal">${words.app.goToTasks}</a></p>
      </div>`;
    if (this.#console === 'here') return html`<holdpoint-console .path=${path}></holdpoint-console>`;
    if (this.#console === 'failed') return failurePanel(undefined, () => location.reload());
    if (this.#console === undefined) void this.#loadConsole();
    return html`<div class="page">${loading('Opening the console…')}</div>`;
  }

  /** Its code is fetched by those who go there. After an upgrade its file has another name, and the page is loaded anew. */
  async #loadConsole(): Promise<void> {
    this.#console = 'coming';
    try {
      await import('./console/console.ts');
      this.#console = 'here';
    } catch {
      this.#console = 'failed';
    }
    this.requestUpdate();
  }

  #renderUnknown() {
    return html`<div class="sheet">
      <h1 tabindex="-1">${words.app.noSuchPage}</h1>
      <p><a href="/portal">${words.app.goToTasks}</a></p>
    </div>`;
  }
}

// Nothing is drawn in another language first.
await startDisplay();
customElements.define('holdpoint-app', App);
