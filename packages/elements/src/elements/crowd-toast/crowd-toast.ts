import { html } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { icon } from '../../internal/icons.ts';
import { messages } from '../../internal/messages.ts';
import { toastStyles } from './crowd-toast.styles.ts';

const defaultDuration = 3000;
/** The oldest documents counted seconds: nobody can read a message that is gone in a tenth of one. */
const leastMilliseconds = 100;

/** Only one is visible at a time. */
let visible: CrowdToast | undefined;

/**
 * A short message at the lower edge of the page that goes by itself; not while the pointer or the focus is on it. Only one
 * is visible at a time.
 */
export class CrowdToast extends CrowdElement {
  static override styles = [base, toastStyles];

  /** Milliseconds until it goes; 0 keeps it until it is closed. */
  @property({ type: Number }) duration = defaultDuration;
  /** The message; the element's content is shown after it. */
  @property() text = '';
  /** Whether it is shown. */
  @property({ type: Boolean, reflect: true }) opened = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  open(): void {
    this.opened = true;
    // Once more from the start, when it is open already.
    if (visible === this) this.#wait();
  }

  close(): void {
    this.opened = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    if (visible === this) visible = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Taken out of the page and put back, its popover is closed.
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override updated(): void {
    const toast = this.renderRoot.querySelector<HTMLElement>('.toast')!;
    if (!this.isConnected || toast.matches(':popover-open') === this.opened) return;
    if (!this.opened) {
      toast.hidePopover();
      clearTimeout(this.#timer);
      if (visible === this) visible = undefined;
      return;
    }
    if (visible !== this) visible?.close();
    visible = this;
    toast.showPopover();
    this.#wait();
  }

  get #milliseconds(): number {
    if (this.duration === 0 || this.duration === Number.POSITIVE_INFINITY) return 0;
    if (!(this.duration > 0)) return defaultDuration;
    return this.duration < leastMilliseconds ? this.duration * 1000 : this.duration;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const milliseconds = this.#milliseconds;
    // A timer of the browser holds no more than 31 bits.
    if (milliseconds > 0) this.#timer = setTimeout(() => this.#elapsed(), Math.min(milliseconds, 2 ** 31 - 1));
  }

  #elapsed(): void {
    const toast = this.renderRoot.querySelector('.toast');
    if (toast?.matches(':hover, :focus-within') || this.matches(':focus-within')) this.#wait();
    else this.close();
  }

  protected override render() {
    // The live region is there before what it tells.
    return html`<div role="status"><div class="toast" part="toast" popover="manual">
      <div class="text">${this.text} <slot></slot></div>
      <button class="close" type="button" aria-label=${messages.close} @click=${() => this.close()}>${icon('close')}</button>
    </div></div>`;
  }
}
