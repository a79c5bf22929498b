import { html } from 'lit';
import { state } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { toggleStyles } from '../../internal/toggle.styles.ts';
import { Toggle } from '../../internal/toggle.ts';
import { radioButtonStyles } from './crowd-radio-button.styles.ts';

/** What a radio button needs of the group around it; absent until the group is upgraded. */
interface EnclosingGroup extends HTMLElement {
  readonly allowEmptySelection?: boolean;
  buttonsChanged?(): void;
  uncheckOthers?(chosen: CrowdRadioButton): void;
}

/**
 * A radio button with its label as content. Adds `{ [value]: boolean }` to the answer; buttons of one name are merged.
 * Only a `crowd-radio-group` around it makes it exclusive: alone it is a choice of its own, which a second click takes back.
 *
 * @attr required - On any button of a group: as on the group.
 */
export class CrowdRadioButton extends Toggle {
  static override styles = [base, toggleStyles, radioButtonStyles];

  /** Whether Tab stops here; the group decides. */
  @state() tabStop = true;
  /** Disabled by the group. */
  @state() groupDisabled = false;

  #wasChecked = false;

  constructor() {
    super();
    this.addEventListener('click', (event) => this.#takeBack(event));
  }

  get group(): EnclosingGroup | null {
    return this.closest<EnclosingGroup>('crowd-radio-group');
  }

  override get inactive(): boolean {
    return super.inactive || this.groupDisabled;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Of several that a template has checked, the last one is, as with native ones.
    if (this.checked) this.group?.uncheckOthers?.(this);
    this.group?.buttonsChanged?.();
  }

  protected override checkedChanged(checked: boolean): void {
    this.#wasChecked = checked;
    if (checked) this.group?.uncheckOthers?.(this);
    else this.group?.buttonsChanged?.();
  }

  protected override nextState(): boolean {
    return this.#canTakeBack ? !this.checked : true;
  }

  protected override problem(): undefined {
    return undefined;
  }

  get #canTakeBack(): boolean {
    return this.group?.allowEmptySelection ?? true;
  }

  /** A native radio button never unchecks by a click. */
  #takeBack(event: Event): void {
    if (event.composedPath()[0] !== this.control) return;
    if (this.#wasChecked && this.#canTakeBack && !event.defaultPrevented) this.setByWorker(false);
  }

  protected override render() {
    const mark = html`<span class="mark" part="mark" aria-hidden="true"></span>`;
    return this.renderToggle('radio', mark, undefined, this.tabStop ? 0 : -1);
  }
}
