// How a worker wants to hear of tasks.
import type { NoticeChoices, NoticesResponse } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { loading } from '../components/message.ts';
import { done, OwnPage } from '../own-page.ts';
import { longDuration as length } from '../time.ts';
import { serverText } from '../words/refusals.ts';
import { words } from '../words/words.ts';
import { chosen, notices, saveChoices } from './choices.ts';
import { allowPush, type PushState, pushState, stopPush } from './push-browser.ts';

const delays = [5, 15, 30, 60, 120, 480];
const intervals = [60, 240, 720, 1440, 10_080];

class Notices extends OwnPage {
  #reply: NoticesResponse | undefined;
  #push: PushState = 'unsupported';

  protected override async load(): Promise<void> {
    [this.#reply, this.#push] = await Promise.all([notices(), pushState()]);
  }

  #save(event: Event): void {
    event.preventDefault();
    void this.act(async () => {
      this.#reply = await saveChoices(this.#entered());
      const isNowhere = chosen(this.#reply).push && this.#push !== 'on';
      return done(isNowhere ? words.notices.savedNoPush : words.notices.saved);
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
    void this.act(async () => {
      try {
        this.#push = await allowPush(this.#reply?.publicKey ?? '');
      } catch (error) {
        // The browser's push service, say: its words are for nobody.
        if (error instanceof DOMException) return { text: words.notices.noPushService, tone: 'warning' };
        throw error;
      }
      return this.#push === 'on'
        ? done(words.notices.pushOn)
        : { text: words.notices.browser[this.#push], tone: 'warning' };
    });
  }

  #stop(): void {
    void this.act(async () => {
      await stopPush();
      this.#push = await pushState();
      return done(words.notices.pushOff);
    });
  }

  #test(): void {
    void this.act(async () => {
      const { results } = await api.testNotice();
      const text = results.map(({ sentence }) => serverText(sentence)).join(' ');
      return { text, tone: results.every(({ sent }) => sent) ? 'info' : 'warning' };
    });
  }

  protected override render() {
    const back = html`<a href="/portal">${words.common.backToTasks}</a>`;
    return this.page(words.pages.notices, back, () => this.#renderContent());
  }

  #renderContent() {
    if (this.#reply === undefined) return loading(words.notices.loading);
    const choices = chosen(this.#reply);
    const isBusy = this.isBusy ? 'true' : nothing;
    return html`<form class="notices" @submit=${this.#save}>
      ${this.#renderPages(choices)} ${this.#renderPush(choices)} ${this.#renderMail(choices, this.#reply)}
      ${this.#renderQuiet(choices)}
      <div class="row">
        <button type="submit" class="button button-primary" aria-disabled=${isBusy}>${words.security.save}</button>
        <button type="button" class="button" aria-disabled=${isBusy} @click=${() => this.#test()}>
          ${words.notices.sendOne}
        </button>
      </div>
    </form>`;
  }

  #renderPages({ inPage, sound }: NoticeChoices) {
    return html`<fieldset>
      <legend>${words.notices.inPages}</legend>
      <label class="choice"><input type="checkbox" name="inPage" .checked=${inPage} />
        ${words.notices.sayNew}</label>
      <label class="choice"><input type="checkbox" name="sound" .checked=${sound} /> ${words.notices.sound}</label>
    </fieldset>`;
  }

  #renderPush({ push }: NoticeChoices) {
    const state = this.#push;
    return html`<fieldset>
      <legend>${words.notices.push}</legend>
      <label class="choice"><input type="checkbox" name="push" .checked=${push} />
        ${words.notices.pushMe}</label>
      <p class="muted small" id="push-state">${words.notices.browser[state]}</p>
      ${
        state === 'off'
          ? html`<div><button type="button" class="button" aria-describedby="push-state" @click=${() => this.#allow()}>
              ${words.notices.allow}</button></div>`
          : nothing
      }
      ${
        state === 'on'
          ? html`<div><button type="button" class="button" aria-describedby="push-state" @click=${() => this.#stop()}>
              ${words.notices.stop}</button></div>`
          : nothing
      }
      <p class="muted small">${words.notices.pushHint}</p>
    </fieldset>`;
  }

  #renderMail({ mail, mailAfterMinutes, mailEveryMinutes }: NoticeChoices, { email, mailProblem }: NoticesResponse) {
    return html`<fieldset>
      <legend>${words.notices.mail}</legend>
      <label class="choice"><input type="checkbox" name="mail" .checked=${mail} />
        ${words.notices.mailMe(email)}</label>
      ${mailProblem === null ? nothing : html`<p class="muted small">${serverText(mailProblem)}</p>`}
      <div class="notices-pair">
        ${this.#renderSelect('mailAfterMinutes', words.notices.mailAfter, delays, mailAfterMinutes)}
        ${this.#renderSelect('mailEveryMinutes', words.notices.mailEvery, intervals, mailEveryMinutes)}
      </div>
    </fieldset>`;
  }

  #renderSelect(name: string, label: string, options: readonly number[], value: number) {
    // What was chosen elsewhere, by a program say, stays what it is.
    const all = options.includes(value) ? options : [...options, value];
    return html`<label>${label}
      <select name=${name}>
        ${all.map((minutes) => html`<option value=${minutes} ?selected=${minutes === value}>${length(minutes * 60)}</option>`)}
      </select></label>`;
  }

  #renderQuiet({ quietFrom, quietUntil, timeZone }: NoticeChoices) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const selected = this.#reply?.choices == null ? own : timeZone;
    const zones = [...new Set([selected, own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
    return html`<fieldset>
      <legend>${words.notices.quiet}</legend>
      <label class="choice"><input type="checkbox" name="quiet" .checked=${quietFrom !== null} />
        ${words.notices.quietHours}</label>
      <div class="notices-pair">
        <label>${words.notices.from} <input type="time" name="quietFrom" required value=${quietFrom ?? '22:00'} /></label>
        <label>${words.notices.until} <input type="time" name="quietUntil" required value=${quietUntil ?? '07:00'} /></label>
        <label>${words.notices.timeZone}
          <select name="timeZone">
            ${zones.map((zone) => html`<option value=${zone} ?selected=${zone === selected}>${zone.replaceAll('_', ' ')}</option>`)}
          </select></label>
      </div>
    </fieldset>`;
  }
}

customElements.define('holdpoint-notices', Notices);
