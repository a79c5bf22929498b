// The time left of an assignment: seen every second, spoken at five minutes, at one minute and at the end; and more of it,
// where the flow gives more.
import { html, nothing } from 'lit';
import { onShortcut } from '../keys.ts';
import { PageElement } from '../page.ts';
import { countdownText, duration, exactTime } from '../time.ts';
import { keyHint, keyShortcut } from './key-hint.ts';

const warnings = [
  { seconds: 300, text: 'Five minutes left.' },
  { seconds: 60, text: 'One minute left.' },
];

/** Fires `time-over` once when the deadline has passed, and `extend` when more time was asked for. */
class Countdown extends PageElement {
  static override properties = { deadline: {}, ahead: { type: Number }, extendSeconds: { type: Number } };
  /** ISO time. */
  declare deadline: string;
  /** Milliseconds that the server's clock is ahead of this one. */
  declare ahead: number;
  /** What one press gives from then on; 0 where the flow gives none. */
  declare extendSeconds: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #last = Number.POSITIVE_INFINITY;
  #spoken = '';
  #stopKey: (() => void) | undefined;

  constructor() {
    super();
    this.deadline = '';
    this.ahead = 0;
    this.extendSeconds = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopKey = onShortcut('extend', () => {
      if (this.#canExtend()) this.dispatchEvent(new Event('extend'));
    });
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#timer);
    this.#stopKey?.();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('deadline')) return;
    this.#last = Number.POSITIVE_INFINITY;
    this.#spoken = '';
    queueMicrotask(() => this.#tick());
  }

  #left(): number {
    return (Date.parse(this.deadline) - Date.now() - this.ahead) / 1000;
  }

  /** A press before would give nothing. */
  #canExtend(): boolean {
    const left = this.#left();
    return left > 0 && left < this.extendSeconds - 1;
  }

  #tick(): void {
    const left = this.#left();
    const first = this.#last === Number.POSITIVE_INFINITY;
    for (const { seconds, text } of warnings)
      if (left <= seconds && left > 0 && this.#last > seconds) this.#spoken = text;
    if (left <= 0 && (this.#last > 0 || first)) this.dispatchEvent(new Event('time-over'));
    this.#last = left;
    this.requestUpdate();
  }

  protected override render() {
    const left = this.#left();
    const tone = left <= 60 ? 'urgent' : left <= 300 ? 'soon' : 'calm';
    return html`
      <span class="countdown countdown-${tone}" role="timer" title="Until ${exactTime(this.deadline)}">
        ${left > 0 ? html`<span class="countdown-time">${countdownText(left)}</span> left` : 'Time is over'}
      </span>
      ${
        this.#canExtend()
          ? html`<button type="button" class="button button-small" aria-keyshortcuts=${keyShortcut('extend')} @click=${() => this.dispatchEvent(new Event('extend'))}>
              More time <span class="muted">(${duration(this.extendSeconds)})</span>${keyHint('extend')}
            </button>`
          : nothing
      }
      <span class="visually-hidden" role="status">${this.#spoken === '' ? nothing : this.#spoken}</span>`;
  }
}

customElements.define('holdpoint-countdown', Countdown);
