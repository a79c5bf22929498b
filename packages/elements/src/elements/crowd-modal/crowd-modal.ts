import { html } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { dialogStyles } from '../../internal/dialog.styles.ts';
import { renderDialog } from '../../internal/dialog.ts';
import { revealEvent } from '../../internal/instructions.ts';
import { layoutMessages } from '../../internal/layout-messages.ts';
import { triggerStyles } from '../../internal/trigger.styles.ts';
import { modalStyles } from './crowd-modal.styles.ts';

/**
 * A link or button that opens a dialog with the content. Inside a `crowd-form` the controls of the content are part of the
 * answer, open or not, and a required one opens it; outside of one they are not, as with a native form, and it warns of them.
 *
 * @slot - The content of the dialog.
 */
export class CrowdModal extends CrowdElement {
  static override styles = [base, dialogStyles, triggerStyles, modalStyles];

  /** The text of the link, and the title of the dialog. */
  @property({ attribute: 'link-text' }) linkText = '';
  /** What opens the dialog: `link` or `button`. */
  @property({ attribute: 'link-type' }) linkType = 'link';
  /** The size of the dialog: `small`, `large` or `fullscreen`. */
  @property() size = 'small';

  #openAtFirst = false;
  #trigger: HTMLElement | null = null;

  constructor() {
    super();
    this.addEventListener(revealEvent, (event) => {
      if (event.target !== this) this.open();
    });
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot?.querySelector('dialog') ?? null;
  }

  /** Whether the dialog is shown. */
  @property({ type: Boolean })
  get opened(): boolean {
    return this.#dialog?.open ?? this.#openAtFirst;
  }
  set opened(opened: boolean) {
    if (opened) this.open();
    else this.close();
  }

  open(): void {
    const dialog = this.#dialog;
    if (!dialog) this.#openAtFirst = true;
    if (!dialog || dialog.open || !this.isConnected) return;
    dialog.showModal();
    this.#warn();
  }

  close(): void {
    this.#openAtFirst = false;
    this.#dialog?.close();
  }

  protected override firstUpdated(): void {
    if (this.#openAtFirst) this.open();
  }

  /** A template's author may have meant them to count. */
  #warn(): void {
    if (this.closest('crowd-form') || !document.querySelector('crowd-form')) return;
    const names = [...this.querySelectorAll('[name]')].map((control) => control.getAttribute('name')).filter(Boolean);
    if (names.length > 0)
      console.warn(`<crowd-modal> stands outside of the form: the answer will not hold ${names.join(', ')}.`);
  }

  override focus(options?: FocusOptions): void {
    this.#trigger ??= this.renderRoot.querySelector<HTMLElement>('.trigger');
    this.#trigger?.focus(options);
  }

  protected override render() {
    const text = this.linkText || layoutMessages.openModal;
    const size = this.size === 'large' || this.size === 'fullscreen' ? this.size : '';
    return html`
      <button class="trigger ${this.linkType === 'button' ? 'button-trigger' : 'link'}" part="trigger" type="button" aria-haspopup="dialog"
        @click=${() => this.open()}>${text}</button>
      ${renderDialog({ id: 'dialog', title: text, body: html`<slot></slot>`, kind: size })}
    `;
  }
}
