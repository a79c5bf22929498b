// How a worker wants to hear of tasks.
import type { NoticeChoices, NoticesResponse } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { failurePanel, loading, notice } from '../components/message.ts';
import { goTo, signInPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { chosen, notices, saveChoices } from './choices.ts';
import { allowPush, type PushState, pushState, stopPush } from './push-browser.ts';

const delays: readonly [minutes: number, words: string][] = [
  [5, '5 minutes'],
  [15, '15 minutes'],
  [30, '30 minutes'],
  [60, 'an hour'],
  [120, '2 hours'],
  [480, '8 hours'],
];
const intervals: readonly [minutes: number, words: string][] = [
  [60, 'an hour'],
  [240, '4 hours'],
  [720, '12 hours'],
  [1440, 'a day'],
  [10_080, 'a week'],
];

const browserWords: { readonly [State in PushState]: string } = {
  on: 'This browser shows them.',
  off: 'This browser does not show them yet.',
  denied: 'This browser was told not to show messages of this site. Its own settings can change that.',
  unsupported: 'This browser cannot show them, or the address of this page does not begin with https.',
};

class Notices extends PageElement {
  #reply: NoticesResponse | undefined;
  #push: PushState = 'unsupported';
  #failure: unknown;
  #said: { text: string; tone: 'info' | 'warning' } | undefined;
  #busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      [this.#reply, this.#push] = await Promise.all([notices(), pushState()]);
      this.#failure = undefined;
    } catch (error) {
      if (codeOf(error) === 'signed-out') return goTo(signInPath('/portal/notices'), { replace: true });
      this.#failure = error;
    }
    this.requestUpdate();
  }

  /** One thing at a time; what came of it is said above. */
  async #do(work: () => Promise<{ text: string; tone: 'info' | 'warning' } | undefined>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#said = undefined;
    this.requestUpdate();
    try {
      this.#said = await work();
    } catch (error) {
      if (codeOf(error) === 'signed-out') return goTo(signInPath('/portal/notices'), { replace: true });
      this.#said = { text: sentenceOf(error), tone: 'warning' };
    } finally {
      this.#busy = false;
    }
    this.requestUpdate();
  }

  #save(event: Event): void {
    event.preventDefault();
    void this.#do(async () => {
      this.#reply = await saveChoices(this.#entered());
      const push = chosen(this.#reply).push && this.#push !== 'on';
      return push
        ? { text: 'Saved. No push message comes to this browser until you allow it below.', tone: 'info' }
        : { text: 'Saved.', tone: 'info' };
    });
  }

  #entered(): NoticeChoices {
    const form = new FormData(this.querySelector('form') as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? '');
    const isQuiet = form.has('quiet');
    return {
      inPage: form.has('inPage'),
      sound: form.has('sound'),
      push: form.has('push'),
      mail: form.has('mail'),
      mailAfterMinutes: Number(text('mailAfterMinutes')),
      mailEveryMinutes: Number(text('mailEveryMinutes')),
      quietFrom: isQuiet ? text('quietFrom').slice(0, 5) : null,
      quietUntil: isQuiet ? text('quietUntil').slice(0, 5) : null,
      timeZone: text('timeZone'),
    };
  }

  #allow(): void {
    void this.#do(async () => {
      try {
        this.#push = await allowPush(this.#reply?.publicKey ?? '');
      } catch (error) {
        // The browser's push service, say: its words are for nobody.
        if (error instanceof DOMException)
          return { text: 'This browser could not be signed up at its push service. Try again later.', tone: 'warning' };
        throw error;
      }
      return this.#push === 'on'
        ? { text: 'This browser shows push messages from now on, while you are signed in here.', tone: 'info' }
        : { text: browserWords[this.#push], tone: 'warning' };
    });
  }

  #stop(): void {
    void this.#do(async () => {
      await stopPush();
      this.#push = await pushState();
      return { text: 'This browser shows no push messages any more.', tone: 'info' };
    });
  }

  #test(): void {
    void this.#do(async () => {
      const { results } = await api.testNotice();
      const text = results.map(({ sentence }) => sentence).join(' ');
      return { text, tone: results.every(({ sent }) => sent) ? 'info' : 'warning' };
    });
  }

  #dismiss(): void {
    this.#said = undefined;
    this.requestUpdate();
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><h1 tabindex="-1">Notices</h1><a href="/portal">Back to the tasks</a></div>
      <div role="status">${notice(this.#said?.text, () => this.#dismiss(), this.#said?.tone)}</div>
      ${this.#renderContent()}
    </div>`;
  }

  #renderContent() {
    if (this.#failure !== undefined) return failurePanel(this.#failure, () => void this.#load());
    if (this.#reply === undefined) return loading('Looking up what you have chosen…');
    const choices = chosen(this.#reply);
    return html`<form class="notices" @submit=${this.#save}>
      ${this.#renderPages(choices)} ${this.#renderPush(choices)} ${this.#renderMail(choices, this.#reply)}
      ${this.#renderQuiet(choices)}
      <div class="row">
        <button type="submit" class="button button-primary" aria-disabled=${this.#busy ? 'true' : nothing}>Save</button>
        <button type="button" class="button" aria-disabled=${this.#busy ? 'true' : nothing} @click=${() => this.#test()}>
          Send me one now
        </button>
      </div>
    </form>`;
  }

  #renderPages({ inPage, sound }: NoticeChoices) {
    return html`<fieldset>
      <legend>In these pages</legend>
      <label class="choice"><input type="checkbox" name="inPage" .checked=${inPage} />
        Say when new tasks come, and when the time for one is nearly over</label>
      <label class="choice"><input type="checkbox" name="sound" .checked=${sound} /> With a sound</label>
    </fieldset>`;
  }

  #renderPush({ push }: NoticeChoices) {
    const state = this.#push;
    return html`<fieldset>
      <legend>Push messages</legend>
      <label class="choice"><input type="checkbox" name="push" .checked=${push} />
        Send me push messages when these pages are not in sight</label>
      <p class="muted small" id="push-state">${browserWords[state]}</p>
      ${
        state === 'off'
          ? html`<div><button type="button" class="button" aria-describedby="push-state" @click=${() => this.#allow()}>
              Allow in this browser</button></div>`
          : nothing
      }
      ${
        state === 'on'
          ? html`<div><button type="button" class="button" aria-describedby="push-state" @click=${() => this.#stop()}>
              Stop in this browser</button></div>`
          : nothing
      }
      <p class="muted small">They say how many tasks wait, or that the time for one is nearly over: no titles, no names. They end when you sign out.</p>
    </fieldset>`;
  }

  #renderMail({ mail, mailAfterMinutes, mailEveryMinutes }: NoticeChoices, { email, mailProblem }: NoticesResponse) {
    return html`<fieldset>
      <legend>Mail</legend>
      <label class="choice"><input type="checkbox" name="mail" .checked=${mail} />
        Send mail to ${email} when tasks wait that I have not seen</label>
      ${mailProblem === null ? nothing : html`<p class="muted small">${mailProblem}</p>`}
      <div class="notices-pair">
        ${this.#renderSelect('mailAfterMinutes', 'When they have waited for', delays, mailAfterMinutes)}
        ${this.#renderSelect('mailEveryMinutes', 'Then no further mail for', intervals, mailEveryMinutes)}
      </div>
    </fieldset>`;
  }

  #renderSelect(name: string, label: string, options: readonly [number, string][], value: number) {
    // What was chosen elsewhere, by a program say, stays what it is.
    const all = options.some(([minutes]) => minutes === value)
      ? options
      : [...options, [value, `${value} minutes`] as [number, string]];
    return html`<label>${label}
      <select name=${name}>
        ${all.map(([minutes, words]) => html`<option value=${minutes} ?selected=${minutes === value}>${words}</option>`)}
      </select></label>`;
  }

  #renderQuiet({ quietFrom, quietUntil, timeZone }: NoticeChoices) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const selected = this.#reply?.choices == null ? own : timeZone;
    const zones = [...new Set([selected, own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
    return html`<fieldset>
      <legend>Quiet hours</legend>
      <label class="choice"><input type="checkbox" name="quiet" .checked=${quietFrom !== null} />
        No push messages and no mail from one time of day until another</label>
      <div class="notices-pair">
        <label>From <input type="time" name="quietFrom" required value=${quietFrom ?? '22:00'} /></label>
        <label>Until <input type="time" name="quietUntil" required value=${quietUntil ?? '07:00'} /></label>
        <label>Time zone
          <select name="timeZone">
            ${zones.map((zone) => html`<option value=${zone} ?selected=${zone === selected}>${zone.replaceAll('_', ' ')}</option>`)}
          </select></label>
      </div>
    </fieldset>`;
  }
}

customElements.define('holdpoint-notices', Notices);
