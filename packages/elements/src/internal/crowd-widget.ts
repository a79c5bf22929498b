// A control with a work area of its own (classifiers, tools): header, instructions, errors in attributes, and keys that reach
// it without being focused.
import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CrowdControl } from './crowd-control.ts';
import { Instructions } from './instructions.ts';
import { parseJsonAttribute } from './json-attribute.ts';
import { messages } from './messages.ts';
import { Regions } from './regions.ts';

/** The keys of the first ten options or labels. */
export const numberKeys = '1234567890';

const connected = new Set<CrowdWidget>();
/** The widget that keys go to: the one used last, at first the first one of the page. */
let active: CrowdWidget | undefined;

/**
 * @slot short-instructions - Instructions in a pane beside the content.
 * @slot full-instructions - Instructions in a dialog.
 */
export abstract class CrowdWidget extends CrowdControl {
  static override readonly aliases: Readonly<Record<string, string>> = { initialvalue: 'initial-value' };
  /** Tags of children that go to places of their own. */
  static readonly regionNames: readonly string[] = ['short-instructions', 'full-instructions'];

  /** The question above the content. */
  @property() header = '';

  /** Attributes that could not be read, with a sentence for the worker. */
  @state() private unreadable: ReadonlyMap<string, string> = new Map();

  protected readonly regions = new Regions(this, (this.constructor as typeof CrowdWidget).regionNames);
  protected readonly instructions = new Instructions(this, this.regions);

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
    connected.add(this);
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    connected.delete(this);
    document.removeEventListener('keydown', this.#onKey);
    if (active === this) active = undefined;
  }

  /** A key was pressed that is meant for no text field, list or dialog. @returns whether it was of use */
  protected abstract pressed(event: KeyboardEvent): boolean;

  /** Reads an attribute that holds JSON; what is no text is taken as it is. Says so where it cannot be read. */
  protected readJson(attribute: string, value: unknown): unknown {
    this.#forget(attribute);
    if (typeof value !== 'string') return value;
    const parsed = parseJsonAttribute(value);
    if (parsed.error === undefined) return parsed.value;
    this.report(attribute, parsed.error);
    return undefined;
  }

  /** Tells the worker and, with the reason, the author of the template. */
  protected report(attribute: string, reason: string, sentence = messages.badAttribute(attribute)): void {
    console.error(`<${this.localName}> ${attribute}: ${reason}`);
    this.unreadable = new Map([...this.unreadable, [attribute, sentence]]);
  }

  protected renderUnreadable(): readonly TemplateResult[] {
    return [...this.unreadable.values()].map((text) => html`<crowd-alert type="error">${text}</crowd-alert>`);
  }

  #forget(attribute: string): void {
    if (this.unreadable.has(attribute))
      this.unreadable = new Map([...this.unreadable].filter(([name]) => name !== attribute));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || this.inactive || keyTarget() !== this || isTyping(event)) return;
    if (this.pressed(event)) event.preventDefault();
  };
}

/** What stands in a hidden tab gets no keys: nobody would see what they do. */
function keyTarget(): CrowdWidget | undefined {
  if (active?.checkVisibility()) return active;
  const visible = [...connected].filter((each) => each.checkVisibility());
  return visible.reduce<CrowdWidget | undefined>(
    (first, each) =>
      first && !(first.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING) ? first : each,
    undefined,
  );
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
