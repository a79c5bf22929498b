// What the classifiers share: header, instructions, the list of categories with number keys, errors in their attributes.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CrowdWidget, numberKeys } from './crowd-widget.ts';
import { ImageTarget } from './image-target.ts';
import { messages } from './messages.ts';
import { isPlainObject } from './sorted-json.ts';
import { WorkerComment } from './worker-comment.ts';

/**
 * @slot - Other content, below what is judged.
 * @slot classification-target - What is judged.
 * @slot worker-comment - Guidance for a comment, where the element takes one.
 * @fires input - When the reviewer has chosen.
 * @fires change - After `input`.
 */
export abstract class ClassifierBase extends CrowdWidget {
  static override readonly regionNames = [
    'classification-target',
    'short-instructions',
    'full-instructions',
    'worker-comment',
  ];

  /** Chosen from the start. */
  @property({ attribute: 'initial-value' }) initialValue = '';

  @state() protected exclusion = '';

  #categories: readonly string[] = [];

  /** The categories; of objects their `name`, `label` or `text` counts. A script can set them at any time; reading gives a copy. */
  @property({ noAccessor: false })
  get categories(): string[] {
    return [...this.#categories];
  }
  set categories(categories: readonly unknown[] | string | null | undefined) {
    const list = this.readJson('categories', categories);
    if (list !== null && list !== undefined && !Array.isArray(list)) this.report('categories', 'it is not a list');
    const items: readonly unknown[] = Array.isArray(list) ? list : [];
    const texts = items.map(categoryText);
    const repeated = texts.find((text, index) => text !== '' && texts.indexOf(text) < index);
    if (repeated !== undefined)
      this.report('categories', `"${repeated}" is there more than once`, messages.repeatedCategory(repeated));
    if (texts.includes('')) this.report('categories', 'some have no text', messages.emptyCategory);
    this.#categories = [...new Set(texts.filter((text) => text !== ''))];
    this.categoriesChanged(items);
  }

  /** `{ text: '…' }`: one more option, at the end. */
  @property({ attribute: 'exclusion-category' })
  get exclusionCategory(): { text: string } | undefined {
    return this.exclusion === '' ? undefined : { text: this.exclusion };
  }
  set exclusionCategory(exclusion: unknown) {
    const value = this.readJson('exclusion-category', exclusion);
    const text = isPlainObject(value) ? value.text : value;
    if (value !== undefined && value !== null && typeof text !== 'string')
      this.report('exclusion-category', 'neither a text nor an object with one');
    this.exclusion = typeof text === 'string' ? text : '';
  }

  /** The options with the extra one at the end. */
  protected get options(): readonly string[] {
    return this.exclusion === ''
      ? this.#categories
      : [...this.#categories.filter((each) => each !== this.exclusion), this.exclusion];
  }

  /** The categories are others now; with the list as it was given, whatever is in it. */
  protected categoriesChanged(_items: readonly unknown[]): void {}
  /** Of the classifiers for images: what is to be classified, before the content of the element. */
  protected readonly target?: ImageTarget;

  /** An image with marks over it, and a comment on it. */
  protected commentedImage(): ImageTarget {
    const comment = new WorkerComment(
      {
        shadowRoot: () => this.shadowRoot,
        requestUpdate: () => this.requestUpdate(),
        commented: () => this.#commented(),
      },
      this.regions,
    );
    return new ImageTarget(this, (reason, sentence) => this.report('overlay', reason, sentence), comment);
  }

  #commented(): void {
    this.requestUpdate();
    this.announce('input');
    this.announce('change');
  }

  /** What was chosen, by whomever; undefined as long as the initial value counts. */
  protected abstract get choice(): unknown;
  protected abstract set choice(choice: unknown);

  protected override draft(): unknown {
    const { choice } = this;
    const comment = this.target?.comment || undefined;
    return choice === undefined && comment === undefined && !this.drafts.isTouched ? undefined : { choice, comment };
  }

  protected override resume(state: unknown): boolean {
    if (!isPlainObject(state)) return false;
    this.choice = state.choice;
    if (this.target && typeof state.comment === 'string') this.target.comment = state.comment;
    this.requestUpdate();
    return true;
  }

  override formResetCallback(): void {
    super.formResetCallback();
    this.target?.clear();
  }

  protected abstract isChosen(option: string): boolean;
  /** The worker has chosen an option or, where several can be chosen, taken it back. */
  protected abstract choose(option: string): void;
  protected abstract readonly optionType: 'radio' | 'checkbox';
  protected isOptionDisabled(_option: string): boolean {
    return this.inactive;
  }

  override focus(options?: FocusOptions): void {
    const inputs = [...this.renderRoot.querySelectorAll<HTMLInputElement>('.category input')];
    (inputs.find((input) => input.checked) ?? inputs[0])?.focus(options);
  }

  protected override pressed(event: KeyboardEvent): boolean {
    if (this.target?.pressed(event)) return true;
    const { ctrlKey, metaKey, altKey, repeat, key } = event;
    if (ctrlKey || metaKey || altKey || repeat) return false;
    const option = numberKeys.includes(key) ? this.options[numberKeys.indexOf(key)] : undefined;
    if (option === undefined || this.isOptionDisabled(option)) return false;
    this.#choose(option);
    return true;
  }

  #choose(option: string): void {
    const before = this.isChosen(option);
    this.choose(option);
    this.requestUpdate();
    this.edited();
    if (this.isChosen(option) === before) return;
    this.announce('input');
    this.announce('change');
  }

  protected override render() {
    const headed = this.header || this.instructions.present;
    return html`
      <div class="headerContainer" ?hidden=${!headed}>
        ${this.instructions.toggle()}<h2 class="header" id="header">${this.header}</h2>
      </div>
      <div class="layout">
        ${this.instructions.pane()}
        <div class="content annotation-area" part="annotation-area">
          <div class="target" part="target">${this.target?.render() ?? nothing}<slot name="classification-target"></slot><slot></slot></div>
          <div class="side">
            <div class="category-picker-wrapper" part="categories">${this.#renderPicker()}</div>
            ${this.target?.renderBelow(this.inactive) ?? nothing}
          </div>
        </div>
      </div>
      ${this.instructions.dialog()}
    `;
  }

  #renderPicker(): TemplateResult {
    const role = this.optionType === 'radio' ? 'radiogroup' : 'group';
    return html`
      ${this.renderUnreadable()}
      <div class="categories" role=${role} aria-label=${this.header || messages.categories} aria-describedby="complaint">
        ${this.options.map((option, index) => this.#renderOption(option, index))}
      </div>
      ${this.renderComplaint()}
    `;
  }

  #renderOption(option: string, index: number): TemplateResult {
    const chosen = this.isChosen(option);
    const disabled = this.isOptionDisabled(option);
    return html`<label class="category ${chosen ? 'chosen' : ''} ${disabled ? 'off' : ''} ${option === this.exclusion ? 'exclusion' : ''}">
      <input
        type=${this.optionType}
        name="category"
        value=${option}
        aria-label=${option}
        .checked=${chosen}
        ?disabled=${disabled}
        @input=${(event: Event) => event.stopPropagation()}
        @change=${() => this.#choose(option)}
      />
      <span class="text">${option}</span>
      ${index < numberKeys.length ? html`<kbd aria-hidden="true">${numberKeys[index]}</kbd>` : nothing}
    </label>`;
  }
}

/** Of a text, or of an object with one. */
export function categoryText(category: unknown): string {
  if (isPlainObject(category)) return categoryText(category.name ?? category.label ?? category.text ?? '');
  return category === null || category === undefined ? '' : String(category);
}
