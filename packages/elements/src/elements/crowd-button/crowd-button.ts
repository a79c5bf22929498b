// A button whose work is done by a native one inside: in a little form of the shadow tree, so that the action follows after all
// click listeners of the page and can be cancelled by them.
import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { ownFormOf } from '../../internal/form-guests.ts';
import { icon, iconOrPicture } from '../../internal/icons.ts';
import { whenParsed } from '../../internal/ready.ts';
import { buttonStyles } from './crowd-button.styles.ts';

const variants = new Set(['primary', 'normal', 'link', 'icon']);

/** What a button needs of the form around it; the first two are absent until the form is upgraded. */
interface EnclosingForm extends HTMLElement {
  addSubmitButton?(button: CrowdButton): void;
  removeSubmitButton?(button: CrowdButton): void;
  submitBy(button: CrowdButton): void;
  reset(): void;
}

/**
 * A button; with `form-action` it submits or resets the `crowd-form` around it, else it only fires `click`.
 *
 * @slot - Text and icons.
 * @csspart button - The native button or link inside.
 */
export class CrowdButton extends CrowdElement {
  static override styles = [base, buttonStyles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** `primary`, `normal`, `link` or `icon`; `primary` by default when it submits, else `normal`. */
  @property() variant = '';
  /** What it does to the form: `submit` or `reset`. */
  @property({ attribute: 'form-action', reflect: true, useDefault: true }) formAction = '';
  /** Makes it a link that looks like a button. */
  @property() href = '';
  /** The frame or window in which a link opens. */
  @property() target = '';
  /**
   * The name of an icon: `add`, `check`, `close`, `delete`, `edit`, `error`, `info`, `menu`, `question-answer`, `report-problem`,
   * `search`, `settings`, `star` or `success`.
   */
  @property() icon = '';
  /** Where the icon stands: `left` or `right`. */
  @property({ attribute: 'icon-align' }) iconAlign = 'left';
  /** The address of a picture instead of an icon. */
  @property({ attribute: 'icon-url' }) iconUrl = '';
  /** Blocks clicks. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** Shows that something is going on and blocks clicks. */
  @property({ type: Boolean, reflect: true }) loading = false;
  /** Keeps the text on one line. */
  @property({ type: Boolean, attribute: 'wrap-text' }) wrapText = false;
  /** Set by the form while an answer is on its way, and for good when it has arrived. */
  @state() pending: 'no' | 'sending' | 'sent' = 'no';

  @query('.button') private readonly inner!: HTMLElement | null;
  #form: EnclosingForm | undefined;

  constructor() {
    super();
    this.addEventListener('click', (event) => this.#onClick(event), { capture: true });
  }

  /** Whether clicks are blocked. */
  get blocked(): boolean {
    return this.disabled || this.loading || this.pending !== 'no';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#form = enclosingForm(this);
    this.#form?.addSubmitButton?.(this);
    // Text deeper inside comes without a change of the slot.
    whenParsed(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#form?.removeSubmitButton?.(this);
  }

  /** A click on the element is a click on the button inside. */
  override click(): void {
    if (this.inner) this.inner.click();
    else super.click();
  }

  #onClick(event: Event): void {
    if (this.blocked) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.composedPath()[0] === this) {
      // An event made by script on the element itself: there is no native action, so ours follows as its own task.
      setTimeout(() => !event.defaultPrevented && this.#act());
    }
  }

  #act(): void {
    const form = enclosingForm(this);
    if (this.blocked || !form) return;
    if (form !== this.#form) {
      // The form of a widget comes later than the buttons in the widget's instructions.
      this.#form = form;
      form.addSubmitButton?.(this);
    }
    if (this.formAction === 'submit') form.submitBy(this);
    if (this.formAction === 'reset') form.reset();
  }

  #onNativeSubmit(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.#act();
  }

  protected override render() {
    const submits = this.formAction === 'submit';
    const variant = variants.has(this.variant) ? this.variant : submits ? 'primary' : 'normal';
    const classes = `button ${variant} ${this.iconAlign === 'right' ? 'icon-right' : ''} ${this.wrapText ? 'nowrap' : ''}`;
    const bare = !this.textContent?.trim();
    const label =
      this.getAttribute('aria-label') ||
      (bare ? this.title || this.icon || this.formAction || 'button' : '') ||
      nothing;
    // The text of a button with an icon only is still its name.
    const isUnseen = variant === 'icon' && Boolean(this.icon || this.iconUrl);
    const slot = html`<slot @slotchange=${() => this.requestUpdate()}></slot>`;
    const content = html`${this.#renderIcon()}${isUnseen ? html`<span class="unseen">${slot}</span>` : slot}`;
    if (this.href && !this.formAction) {
      return html`<a class=${classes} part="button" href=${this.blocked ? nothing : this.href} target=${this.target || nothing}
        rel=${this.target ? 'noopener' : nothing} aria-label=${label} role=${this.blocked ? 'link' : nothing}
        aria-disabled=${this.blocked ? 'true' : nothing}>${content}</a>`;
    }
    return html`<form novalidate @submit=${this.#onNativeSubmit}>
      <button class=${classes} part="button" type=${this.formAction ? 'submit' : 'button'} ?disabled=${this.blocked}
        aria-label=${label} aria-busy=${this.loading || this.pending === 'sending' ? 'true' : nothing}>${content}</button>
    </form>`;
  }

  #renderIcon() {
    if (this.loading || this.pending === 'sending') return html`<span class="spinner" aria-hidden="true"></span>`;
    if (this.iconUrl) return html`<img src=${this.iconUrl} alt="" />`;
    // Without any text, a button with a name that we do not draw would be empty.
    if (this.variant === 'icon') return iconOrPicture(this.icon);
    return this.icon ? icon(this.icon) : nothing;
  }
}

/**
 * The form around an element, also through the hosts of shadow trees: third-party elements have their own submit buttons. What
 * stands in the regions of a widget with a form of its own belongs to that form.
 */
function enclosingForm(element: Element): EnclosingForm | undefined {
  for (let at: Element | null = element; at; ) {
    const form: Element | undefined = at.localName === 'crowd-form' ? at : ownFormOf(at);
    if (form) return form as EnclosingForm;
    const root = at.getRootNode();
    at = at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return undefined;
}
