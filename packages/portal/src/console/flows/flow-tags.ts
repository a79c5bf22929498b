// The tags of a flow definition: the one thing of it that can be changed. Fires `changed` when it was.
import { extensionTags } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { PageElement } from '../../page.ts';
import { apiCall } from '../api-call.ts';
import { call } from '../console-api.ts';
import { sentenceFor } from '../failure.ts';
import type { FieldErrors } from '../field-errors.ts';
import { areaField } from '../fields.ts';
import { type ExtensionValues, extensionFields, extensionsIn } from './extension-fields.ts';
import { problemsOfTags, tagsOf } from './flow-draft.ts';

type Tag = { readonly Key: string; readonly Value: string };
const own: ReadonlySet<string> = new Set(extensionTags.map(({ name }) => name));

class FlowTags extends PageElement {
  static override properties = { arn: { attribute: false }, tags: { attribute: false } };

  declare arn: string;
  declare tags: readonly Tag[];
  #extensions: ExtensionValues = {};
  #others = '';
  #errors: FieldErrors = {};
  #isSaving = false;
  #known: string | undefined;

  protected override willUpdate(): void {
    // What is typed stays when the page looks again and finds the same.
    const known = JSON.stringify(this.tags);
    if (known === this.#known) return;
    this.#known = known;
    this.#extensions = extensionsIn(this.tags);
    this.#others = this.tags
      .filter(({ Key }) => !own.has(Key))
      .map(({ Key, Value }) => `${Key}=${Value}`)
      .join('\n');
  }

  /** What has to be called for the tags to be as they are written. */
  #changes(): { added: Tag[]; removed: string[] } {
    const wanted = tagsOf({ extensions: this.#extensions, tags: this.#others });
    const before = new Map(this.tags.map(({ Key, Value }) => [Key, Value]));
    const kept = new Set(wanted.map(({ Key }) => Key));
    return {
      added: wanted.filter(({ Key, Value }) => before.get(Key) !== Value),
      removed: [...before.keys()].filter((key) => !kept.has(key)),
    };
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.#isSaving) return;
    this.#errors = problemsOfTags(tagsOf({ extensions: this.#extensions, tags: this.#others }));
    if (Object.keys(this.#errors).length > 0) return this.#toFirstError();
    const { added, removed } = this.#changes();
    this.#isSaving = true;
    this.requestUpdate();
    try {
      if (added.length > 0) await call('AddTags', { ResourceArn: this.arn, Tags: added });
      if (removed.length > 0) await call('DeleteTags', { ResourceArn: this.arn, TagKeys: removed });
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (error) {
      this.#errors = { Tags: sentenceFor(error) };
      this.#toFirstError();
    } finally {
      this.#isSaving = false;
      this.requestUpdate();
    }
  }

  #toFirstError(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  protected override render() {
    const { added, removed } = this.#changes();
    const isChanged = added.length + removed.length > 0;
    return html`<section class="panel panel-whole" aria-labelledby="tags-title">
      <h2 id="tags-title">Tags</h2>
      <p class="muted">Loops that are started keep the tags that the flow had then.</p>
      <form class="form-group" @submit=${(event: Event) => void this.#save(event)} novalidate>
        ${extensionFields({
          values: this.#extensions,
          errors: this.#errors,
          change: (values) => {
            this.#extensions = values;
            this.requestUpdate();
          },
        })}
        ${areaField({
          id: 'edit-tags',
          label: 'Other tags',
          hint: 'One in a line, as name=value.',
          value: this.#others,
          error: this.#errors.Tags,
          mono: true,
          changed: (value) => {
            this.#others = value;
            this.requestUpdate();
          },
        })}
        <div class="row">
          <button type="submit" class="button" aria-disabled=${this.#isSaving ? 'true' : nothing}>Save tags</button>
          <span class="muted small" role="status">${isChanged ? 'Not saved yet.' : 'Saved.'}</span>
        </div>
      </form>
      ${added.length > 0 ? apiCall('AddTags', { ResourceArn: this.arn, Tags: added }) : nothing}
      ${removed.length > 0 ? apiCall('DeleteTags', { ResourceArn: this.arn, TagKeys: removed }) : nothing}
    </section>`;
  }
}

customElements.define('holdpoint-flow-tags', FlowTags);
