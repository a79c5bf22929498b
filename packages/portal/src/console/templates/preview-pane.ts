// The preview beside the editor: the frame, how wide it is and what is around it, and what its Submit gave. The page in it is
// white in every scheme, as it is for workers: templates are written for that.
import { html, nothing, type PropertyValues } from 'lit';
import { PageElement } from '../../page.ts';
import './preview-frame.ts';
import type { PreviewEvent, PreviewFrame, PreviewPage } from './preview-frame.ts';

const widths = { fit: 'As wide as here', phone: 'Phone', desktop: 'Desktop' } as const;
const schemes = { auto: 'As this page', light: 'Light', dark: 'Dark' } as const;

/** How many errors of scripts are told. */
const mostTroubles = 5;

export class PreviewPane extends PageElement {
  #width: keyof typeof widths = 'fit';
  #scheme: keyof typeof schemes = 'auto';
  #answer: unknown;
  #hasAnswer = false;
  #troubles: readonly string[] = [];
  #page: PreviewPage | undefined;
  #verdict: string | undefined;

  /** Says why what is shown is not what it should be; it stays. */
  say(verdict: string | undefined): void {
    this.#verdict = verdict;
    this.requestUpdate();
  }

  /**
   * Shows a page in place of the one before, keeping what was entered; undefined for none.
   *
   * @param verdict what is wrong with it, if anything is
   */
  show(page: PreviewPage | undefined, verdict?: string): void {
    this.#verdict = verdict;
    this.#page = page;
    this.#troubles = [];
    if (page) this.#frame()?.show(page);
    else this.#frame()?.clear();
    this.requestUpdate();
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    if (this.#page) this.#frame()?.show(this.#page);
  }

  #frame(): PreviewFrame | null {
    return this.querySelector<PreviewFrame>('holdpoint-preview-frame');
  }

  #heard({ detail }: CustomEvent<PreviewEvent>): void {
    if (detail.kind === 'trouble') this.#troubles = [...this.#troubles, detail.message].slice(-mostTroubles);
    else {
      this.#answer = detail.answerContent;
      this.#hasAnswer = true;
      this.#frame()?.accepted();
    }
    this.requestUpdate();
  }

  #again(): void {
    this.#hasAnswer = false;
    if (this.#page) this.#frame()?.show(this.#page, { anew: true });
    this.requestUpdate();
  }

  protected override render() {
    return html`<section class="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">Preview</h2>
      <div class="preview-bar">
        ${this.#renderChoice('Width', widths, this.#width, (value) => {
          this.#width = value;
        })}
        ${this.#renderChoice('Surroundings', schemes, this.#scheme, (value) => {
          this.#scheme = value;
        })}
        <button type="button" class="button" @click=${this.#again}>Load again</button>
      </div>
      <p class="preview-verdict" role="status">${this.#verdict ?? nothing}</p>
      <div class="preview-room room-${this.#scheme}" tabindex="0" role="region" aria-label="Preview of the task">
        <holdpoint-preview-frame
          class="preview-${this.#width}"
          @preview=${(event: CustomEvent<PreviewEvent>) => this.#heard(event)}
        ></holdpoint-preview-frame>
      </div>
      ${
        this.#troubles.length === 0
          ? nothing
          : html`<div class="panel notice-warning"><p>Scripts of this page went wrong:</p>
              <ul>${this.#troubles.map((message) => html`<li class="wrap">${message}</li>`)}</ul></div>`
      }
      <div aria-live="polite">
        <h3>What Submit gives</h3>
        ${
          this.#hasAnswer
            ? html`<p class="muted small">As <code>answerContent</code> in output.json:</p>
                <pre class="answer-json" tabindex="0" aria-label="Answer">${JSON.stringify(this.#answer, null, 2)}</pre>`
            : html`<p class="muted">Submit the form in the preview to see what a program would get.</p>`
        }
      </div>
    </section>`;
  }

  #renderChoice<Name extends string>(
    legend: string,
    choices: Readonly<Record<Name, string>>,
    chosen: Name,
    choose: (value: Name) => void,
  ) {
    return html`<fieldset class="segments">
      <legend class="visually-hidden">${legend}</legend>
      ${(Object.entries(choices) as [Name, string][]).map(
        ([value, text]) => html`<label class="segment">
          <input
            type="radio"
            name="preview-${legend}"
            .checked=${value === chosen}
            @change=${() => {
              choose(value);
              this.requestUpdate();
            }}
          /><span>${text}</span>
        </label>`,
      )}
    </fieldset>`;
  }
}

customElements.define('holdpoint-preview-pane', PreviewPane);
