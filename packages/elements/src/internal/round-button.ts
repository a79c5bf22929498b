// What the two round buttons share. Templates write them without an end tag, so that whatever follows is their content: it is
// shown after the button, and is no part of it.
import { html } from 'lit';
import { property, query } from 'lit/decorators.js';
import { CrowdElement } from './crowd-element.ts';
import { iconOrPicture, nameOf } from './icons.ts';

/**
 * @attr title - Its tooltip, and what it is called.
 * @attr aria-label - What it is called instead, for who cannot see it.
 * @slot - Whatever follows a tag that was not closed: shown after the button.
 * @csspart button - The native button inside.
 */
export abstract class RoundButton extends CrowdElement {
  /** The name of an icon, or the address of a picture. */
  @property() icon = '';
  /** Blocks clicks. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  @query('.button') private readonly inner!: HTMLButtonElement | null;

  constructor() {
    super();
    this.addEventListener('click', (event) => this.#block(event), { capture: true });
  }

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: it is the registered class's own list
    return [...super.observedAttributes, 'title', 'aria-label'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    this.requestUpdate();
  }

  override focus(options?: FocusOptions): void {
    this.inner?.focus(options);
  }

  /** A click on the element is a click on the button inside. */
  override click(): void {
    if (this.inner) this.inner.click();
    else super.click();
  }

  /** What names the button where the template gives no title. */
  protected get ownName(): string {
    return nameOf(this.icon);
  }

  protected get buttonName(): string {
    return this.getAttribute('aria-label') || this.title || this.ownName || 'button';
  }

  protected renderFace(): unknown {
    return iconOrPicture(this.icon);
  }

  #block(event: Event): void {
    const from = event.composedPath()[0] as Node;
    if (!this.disabled || (from !== this && from.getRootNode() !== this.shadowRoot)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  protected override render() {
    return html`<button class="button" part="button" type="button" aria-label=${this.buttonName} ?disabled=${this.disabled}>${this.renderFace()}</button><slot></slot>`;
  }
}
