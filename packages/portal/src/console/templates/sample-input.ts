// The sample input of a template: written here, from a file, or that of a loop that was started with it.
import { html, nothing } from 'lit';
import { PageElement } from '../../page.ts';
import { call } from '../console-api.ts';
import { relativeTime, sentenceOf } from '../english.ts';
import { describedBy, field } from '../fields.ts';
import { nameIn } from '../names.ts';
import { indented } from '../parts.ts';

interface PastLoop {
  readonly flow: string;
  readonly loop: string;
  readonly created: Date;
}

/** Loops that are offered, of all flows together. */
const mostLoops = 50;
const mostFlows = 20;
/** Bytes of a file, as many as an input may have. */
const largestFile = 3_145_728;

/** Fires `sample` (CustomEvent of the JSON text) when another input was chosen or written. */
export class SampleInput extends PageElement {
  static override properties = { flows: { attribute: false }, value: { attribute: false } };

  /** The ARNs of the flows whose loops are offered. */
  declare flows: readonly string[];
  declare value: string;
  #loops: readonly PastLoop[] = [];
  #chosen = '';
  #problem: string | undefined;
  #turn = 0;

  constructor() {
    super();
    this.flows = [];
    this.value = '';
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('flows')) void this.#find();
  }

  async #find(): Promise<void> {
    const turn = ++this.#turn;
    const found = await Promise.all(
      this.flows.slice(0, mostFlows).map(async (FlowDefinitionArn) => {
        const page = await call('ListHumanLoops', { FlowDefinitionArn, MaxResults: 20 }).catch(() => undefined);
        return (page?.HumanLoopSummaries ?? []).map(({ HumanLoopName, CreationTime }) => ({
          flow: nameIn(FlowDefinitionArn),
          loop: HumanLoopName ?? '',
          created: CreationTime ?? new Date(0),
        }));
      }),
    );
    if (turn !== this.#turn) return;
    this.#loops = found
      .flat()
      .sort((a, b) => b.created.getTime() - a.created.getTime())
      .slice(0, mostLoops);
    this.requestUpdate();
  }

  /** Takes the input of the newest loop there is, if there is one; answers whether it did. */
  async takeNewest(): Promise<boolean> {
    await this.#find();
    const [newest] = this.#loops;
    if (newest) await this.#take(newest.loop);
    return newest !== undefined && this.#problem === undefined;
  }

  async #take(HumanLoopName: string): Promise<void> {
    this.#chosen = HumanLoopName;
    this.#problem = undefined;
    if (HumanLoopName === '') return this.requestUpdate();
    try {
      const { InputContent } = await call('GetHumanLoop', { HumanLoopName });
      if (InputContent === undefined) this.#problem = `The input of ${HumanLoopName} is not kept any more.`;
      else this.#give(indented(InputContent));
    } catch (error) {
      this.#problem = sentenceOf(error);
    }
    this.requestUpdate();
  }

  async #open(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    this.#problem = file.size > largestFile ? `${file.name} is too large: an input has 3 MB at most.` : undefined;
    if (this.#problem === undefined) {
      this.#chosen = '';
      this.#give(indented(await file.text()));
    }
    this.requestUpdate();
  }

  #write(event: Event): void {
    this.#chosen = '';
    this.#give((event.target as HTMLTextAreaElement).value);
    this.requestUpdate();
  }

  #give(text: string): void {
    this.value = text;
    this.dispatchEvent(new CustomEvent<string>('sample', { detail: text }));
  }

  protected override render() {
    const now = Date.now();
    const byFlow = Map.groupBy(this.#loops, ({ flow }) => flow);
    const texts = { id: 'sample', label: 'Sample input (JSON)', error: this.#problem ?? problemOf(this.value) };
    return html`<div class="sample">
      ${
        this.#loops.length === 0
          ? nothing
          : field(
              { id: 'past-input', label: 'Input of a past loop' },
              html`<select id="past-input" @change=${(event: Event) => void this.#take((event.target as HTMLSelectElement).value)}>
                <option value="" ?selected=${this.#chosen === ''}>Written here</option>
                ${[...byFlow].map(
                  ([flow, loops]) => html`<optgroup label=${flow}>
                    ${loops.map(
                      ({ loop, created }) =>
                        html`<option value=${loop} ?selected=${loop === this.#chosen}>${loop} (${relativeTime(created, now)})</option>`,
                    )}
                  </optgroup>`,
                )}
              </select>`,
            )
      }
      ${field(
        texts,
        html`<textarea
          id="sample"
          class="mono"
          rows="8"
          spellcheck="false"
          .value=${this.value}
          aria-invalid=${texts.error === undefined ? nothing : 'true'}
          aria-describedby=${describedBy(texts)}
          @input=${this.#write}
        ></textarea>`,
      )}
      <div class="row">
        <label class="button file-button">Open a file… <input type="file" accept=".json,application/json" @change=${(event: Event) => void this.#open(event)} /></label>
      </div>
    </div>`;
  }
}

/** Why a text is no input, if it is none. */
export function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const place = /\(line (\d+) column (\d+)\)/.exec((error as Error).message);
    return `This is not valid JSON${place ? `: it breaks at line ${place[1]}, column ${place[2]}` : ''}.`;
  }
}

customElements.define('holdpoint-sample-input', SampleInput);
