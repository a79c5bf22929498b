// The tags of a flow definition: the one thing of it that can be changed. Fires `changed` when it was.
import { extensionTags } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { PageElement } from '../../page.ts';
import { apiCall } from '../api-call.ts';
import { createForm } from '../checked-form.ts';
import { call } from '../console-api.ts';
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
  #known: string | undefined;
  #isSaved = false;
  readonly #form = createForm(this);

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

  #save(event: Event): void {
    const { added, removed } = this.#changes();
    void this.#form.submit(event, {
      problems: problemsOfTags(tagsOf({ extensions: this.#extensions, tags: this.#others })),
      work: async () => {
        if (added.length > 0) await call('AddTags', { ResourceArn: this.arn, Tags: added });
        if (removed.length > 0) await call('DeleteTags', { ResourceArn: this.arn, TagKeys: removed });
        this.#isSaved = true;
        this.dispatchEvent(new CustomEvent('changed'));
      },
      fieldOf: () => 'Tags',
    });
  }

  protected override render() {
    const { added, removed } = this.#changes();
    const isChanged = added.length + removed.length > 0;
    return html`<section class="section" aria-labelledby="tags-title">
      <h2 id="tags-title">Tags</h2>
      <p class="muted">Loops that are started keep the tags that the flow had then.</p>
      <form class="form-group" @submit=${this.#save} novalidate>
        ${extensionFields({
          values: this.#extensions,
          errors: this.#form.errors,
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
          error: this.#form.errors.Tags ?? this.#form.errors[''],
          mono: true,
          changed: (value) => {
            this.#others = value;
            this.requestUpdate();
          },
        })}
        <div class="row">
          <button type="submit" class="button" aria-disabled=${this.#form.isBusy ? 'true' : nothing}>Save tags</button>
          <span class="muted small" role="status">${isChanged ? 'Not saved yet.' : this.#isSaved ? 'Saved.' : nothing}</span>
        </div>
      </form>
      ${added.length > 0 ? apiCall('AddTags', { ResourceArn: this.arn, Tags: added }) : nothing}
      ${removed.length > 0 ? apiCall('DeleteTags', { ResourceArn: this.arn, TagKeys: removed }) : nothing}
    </section>`;
  }
}

customElements.define('holdpoint-flow-tags', FlowTags);
