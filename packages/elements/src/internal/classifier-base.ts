// What the classifiers share: header, instructions, the list of categories with number keys, errors in their attributes.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CrowdControl } from './crowd-control.ts';
import { Instructions } from './instructions.ts';
import { parseJsonAttribute } from './json-attribute.ts';
import { messages } from './messages.ts';
import { Regions } from './regions.ts';
import { isPlainObject } from './sorted-json.ts';

/** The classifier that number keys go to: the one used last, at first the first one of the page. */
let active: ClassifierBase | undefined;
const keys = '1234567890';

export abstract class ClassifierBase extends CrowdControl {
  static override readonly aliases: Readonly<Record<string, string>> = { initialvalue: 'initial-value' };

  /** The question above the content. */
  @property() header = '';
  /** Chosen from the start. */
  @property({ attribute: 'initial-value' }) initialValue = '';

  @state() protected exclusion = '';
  @state() private categoryError = '';
  @state() private exclusionError = '';

  #categories: readonly string[] = [];
  readonly #regions = new Regions(this, [
    'classification-target',
    'short-instructions',
    'full-instructions',
    'worker-comment',
  ]);
  readonly #instructions = new Instructions(this, this.#regions);

  /** The options. Reading gives a fresh array; a JSON text, an array, or nothing at all can be written. */
  @property({ noAccessor: false })
  get categories(): string[] {
    return [...this.#categories];
  }
  set categories(categories: readonly unknown[] | string | null | undefined) {
    let list: unknown = categories;
    this.categoryError = '';
    if (typeof categories === 'string') {
      const parsed = parseJsonAttribute(categories);
      if (parsed.error !== undefined) this.#report('categories', parsed.error);
      list = parsed.error === undefined ? parsed.value : undefined;
    }
    if (list !== null && list !== undefined && !Array.isArray(list)) this.#report('categories', 'it is not a list');
    this.#categories = Array.isArray(list) ? [...new Set(list.map(categoryText).filter((text) => text !== ''))] : [];
    this.categoriesChanged();
  }

  /** `{ text }` of an extra option that stands for none of the categories. */
  @property({ attribute: 'exclusion-category' })
  get exclusionCategory(): { text: string } | undefined {
    return this.exclusion === '' ? undefined : { text: this.exclusion };
  }
  set exclusionCategory(exclusion: unknown) {
    this.exclusionError = '';
    const parsed = typeof exclusion === 'string' ? parseJsonAttribute(exclusion) : { value: exclusion };
    const value = 'value' in parsed ? parsed.value : undefined;
    const text = isPlainObject(value) ? value.text : value;
    this.exclusion = typeof text === 'string' ? text : '';
    if ('error' in parsed && parsed.error !== undefined) this.#report('exclusion-category', parsed.error);
    this.categoriesChanged();
  }

  /** The options with the extra one at the end. */
  protected get options(): readonly string[] {
    return this.exclusion === ''
      ? this.#categories
      : [...this.#categories.filter((each) => each !== this.exclusion), this.exclusion];
  }

  /** Drops choices that are no options any more. */
  protected abstract categoriesChanged(): void;
  protected abstract isChosen(option: string): boolean;
  /** The worker has chosen an option or, where several can be chosen, taken it back. */
  protected abstract choose(option: string): void;
  protected abstract readonly optionType: 'radio' | 'checkbox';
  protected isOptionDisabled(_option: string): boolean {
    return this.inactive;
  }

  constructor() {
    super();
    for (const type of ['pointerdown', 'focusin']) {
      this.addEventListener(type, () => {
        active = this;
      });
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
    if (active === this) active = undefined;
  }

  override focus(options?: FocusOptions): void {
    const inputs = [...this.renderRoot.querySelectorAll<HTMLInputElement>('.category input')];
    (inputs.find((input) => input.checked) ?? inputs[0])?.focus(options);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || this.inactive)
      return;
    if (
      (active ?? document.querySelector('crowd-classifier, crowd-classifier-multi-select')) !== this ||
      isTyping(event)
    )
      return;
    const option = keys.includes(event.key) ? this.options[keys.indexOf(event.key)] : undefined;
    if (option === undefined || this.isOptionDisabled(option)) return;
    event.preventDefault();
    this.#choose(option);
  };

  #choose(option: string): void {
    const before = this.isChosen(option);
    this.choose(option);
    this.requestUpdate();
    this.edited();
    if (this.isChosen(option) === before) return;
    this.announce('input');
    this.announce('change');
  }

  #report(attribute: string, reason: string): void {
    console.error(`<${this.localName}> ${attribute}: ${reason}`);
    if (attribute === 'categories') this.categoryError = messages.badAttribute(attribute);
    else this.exclusionError = messages.badAttribute(attribute);
  }

  protected override render() {
    const headed = this.header || this.#instructions.present;
    return html`
      <div class="headerContainer" ?hidden=${!headed}>
        ${this.#instructions.toggle()}<h2 class="header" id="header">${this.header}</h2>
      </div>
      <div class="layout">
        ${this.#instructions.pane()}
        <div class="content annotation-area" part="annotation-area">
          <div class="target" part="target"><slot name="classification-target"></slot><slot></slot></div>
          <div class="side">
            <div class="category-picker-wrapper" part="categories">${this.#renderPicker()}</div>
          </div>
        </div>
      </div>
      ${this.#instructions.dialog()}
    `;
  }

  #renderPicker(): TemplateResult {
    const role = this.optionType === 'radio' ? 'radiogroup' : 'group';
    const errors = [this.categoryError, this.exclusionError].filter(Boolean);
    return html`
      ${errors.map((error) => html`<crowd-alert type="error">${error}</crowd-alert>`)}
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
      ${index < keys.length ? html`<kbd aria-hidden="true">${keys[index]}</kbd>` : nothing}
    </label>`;
  }
}

function categoryText(category: unknown): string {
  if (isPlainObject(category)) return categoryText(category.name ?? category.label ?? category.text ?? '');
  return category === null || category === undefined ? '' : String(category);
}

/** Whether a key press belongs to a text field, a choice list or a dialog instead. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  if (event.composedPath().some((node) => node instanceof HTMLDialogElement)) return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'reset', 'range'].includes(target.type)
  );
}
