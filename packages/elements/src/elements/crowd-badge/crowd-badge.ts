import { html, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { CrowdElement } from '../../internal/crowd-element.ts';
import { iconOrPicture, nameOf } from '../../internal/icons.ts';
import { whenParsed } from '../../internal/ready.ts';
import { badgeStyles } from './crowd-badge.styles.ts';

/** Characters of a label that a badge has room for. */
const room = 3;

/**
 * A small mark over the top right corner of another element: of the one named by `for`, else of its parent. Templates often
 * write it without an end tag: what has become its content stays where it is.
 */
export class CrowdBadge extends CrowdElement {
  static override styles = [base, badgeStyles];

  /** The id of the element that it is about. */
  @property() for = '';
  /** The name of an icon, or the address of a picture; goes before the label. */
  @property() icon = '';
  /** Up to three characters. */
  @property() label = '';

  @query('.badge') private readonly mark!: HTMLElement | null;
  readonly #sizes = new ResizeObserver(() => this.#place());
  #watched: Element | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('resize', this.#place);
    // Anything between the element and the corner may scroll.
    document.addEventListener('scroll', this.#place, { capture: true, passive: true });
    // The element may stand after the badge.
    whenParsed(this.#place);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('resize', this.#place);
    document.removeEventListener('scroll', this.#place, { capture: true });
    this.#sizes.disconnect();
    this.#watched = null;
  }

  get #element(): Element | null {
    const root = this.getRootNode() as Document | ShadowRoot;
    return (this.for ? root.getElementById?.(this.for) : null) ?? this.parentElement;
  }

  /** Moves the mark by what it is off, whatever its position is counted from. */
  readonly #place = (): void => {
    const mark = this.mark;
    const element = this.#element;
    if (!mark || !element || !this.isConnected) return;
    this.#watch(element);
    const box = element.getBoundingClientRect();
    mark.classList.toggle('away', box.width === 0 && box.height === 0);
    const at = mark.getBoundingClientRect();
    const move = (side: 'left' | 'top', by: number) => {
      mark.style[side] = `${(Number.parseFloat(mark.style[side]) || 0) + by}px`;
    };
    // The specification says “top right”; from right to left that would lie on the beginning of the word: it mirrors.
    const edge = getComputedStyle(element).direction === 'rtl' ? box.left : box.right;
    const [x, y] = [edge - (at.left + at.width / 2), box.top - (at.top + at.height / 2)];
    // Half pixels would be moved to and fro.
    if (Math.abs(x) >= 0.5) move('left', x);
    if (Math.abs(y) >= 0.5) move('top', y);
  };

  /** Whatever changes its size moves it: the page, what it stands in, itself. */
  #watch(element: Element): void {
    if (this.#watched === element) return;
    this.#sizes.disconnect();
    this.#watched = element;
    for (const each of new Set([element, element.parentElement, this.parentElement, document.body])) {
      if (each) this.#sizes.observe(each);
    }
  }

  protected override updated(): void {
    this.#place();
  }

  protected override render() {
    const text = [...this.label].slice(0, room).join('');
    const face = this.icon ? iconOrPicture(this.icon) : text;
    const isEmpty = this.icon === '' && text === '';
    return html`<span class="badge" part="badge" ?hidden=${isEmpty} role=${this.icon ? 'img' : nothing} aria-label=${this.icon ? this.label || nameOf(this.icon) : nothing}
      >${face}</span><slot></slot>`;
  }
}
