// A new flow definition, from nothing or as a clone: a flow definition cannot be changed (A2I has no operation for it).
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { goTo } from '../../navigation.ts';
import { apiCall } from '../api-call.ts';
import { createForm } from '../checked-form.ts';
import { call } from '../console-api.ts';
import { ConsolePage } from '../console-page.ts';
import { guardLeaving } from '../leave-guard.ts';
import { listAll } from '../list-all.ts';
import { flowPath, flowsPath } from '../names.ts';
import { cloneOf, emptyDraft, type FlowDraft, inputOf, memberOf, problemsOfDraft } from './flow-draft.ts';
import { type FormLists, flowFields } from './flow-fields.ts';
import { loadFormLists } from './load-form-lists.ts';

type PathCheck = OperationOutput<'CheckOutputPath'>;

class NewFlowDefinition extends ConsolePage {
  #lists: FormLists | undefined;
  #draft: FlowDraft = emptyDraft;
  #first: FlowDraft = emptyDraft;
  #path: PathCheck | undefined;
  #unguard: (() => void) | undefined;
  readonly #form = createForm(this);
  readonly #from = new URLSearchParams(location.search).get('from') ?? undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unguard = guardLeaving(
      () => this.#lists !== undefined && this.#draft !== this.#first,
      'The flow definition is not created yet. What you entered is lost when you leave.',
    );
  }

  override disconnectedCallback(): void {
    this.#unguard?.();
    super.disconnectedCallback();
  }

  protected override async load(): Promise<void> {
    const lists = await loadFormLists();
    this.#first = await this.#firstDraft(lists);
    this.#draft = this.#first;
    this.#lists = lists;
    void this.#checkPath();
  }

  async #firstDraft(lists: FormLists): Promise<FlowDraft> {
    if (this.#from !== undefined) {
      const flow = await call('DescribeFlowDefinition', { FlowDefinitionName: this.#from });
      const input = { ResourceArn: flow.FlowDefinitionArn, MaxResults: 50 };
      return cloneOf(flow, await listAll('ListTags', input, ({ Tags }) => Tags), lists.flowNames);
    }
    const ui = new URLSearchParams(location.search).get('ui');
    const account = lists.workteams[0]?.value.split(':')[4] ?? '000000000000';
    return {
      ...emptyDraft,
      workteamArn: lists.workteams.length === 1 ? lists.workteams[0]!.value : '',
      humanTaskUiArn: lists.uis.find(({ text }) => text === ui)?.value ?? '',
      role: `arn:aws:iam::${account}:role/holdpoint`,
    };
  }

  #change(part: Partial<FlowDraft>): void {
    this.#draft = { ...this.#draft, ...part };
    this.requestUpdate();
  }

  async #checkPath(): Promise<void> {
    const S3OutputPath = this.#draft.outputPath.trim();
    this.#path =
      S3OutputPath === '' ? undefined : await call('CheckOutputPath', { S3OutputPath }).catch(() => undefined);
    this.requestUpdate();
  }

  #create(event: Event): void {
    const input = inputOf(this.#draft);
    void this.#form.submit(event, {
      problems: problemsOfDraft(this.#draft),
      work: async () => {
        await call('CreateFlowDefinition', input);
        // What is saved is no reason to ask any more.
        this.#first = this.#draft;
        goTo(flowPath(input.FlowDefinitionName), {
          notice: `${input.FlowDefinitionName} is created. Human loops can be started with it.`,
        });
      },
      fieldOf: ({ code, message }) => memberOf(code, message),
    });
  }

  protected override render() {
    return this.page(
      this.#from === undefined ? 'New flow definition' : `Clone of ${this.#from}`,
      () => this.#renderForm(this.#lists!),
      { back: [flowsPath, 'All flow definitions'] },
    );
  }

  #renderForm(lists: FormLists) {
    const { errors, isBusy } = this.#form;
    const number = Object.keys(errors).length;
    return html`<p class="muted">
        ${
          this.#from === undefined
            ? 'Nothing of a flow definition but its tags can be changed later; it can be cloned.'
            : 'A flow definition cannot be changed: this makes another one like it. Loops of the first one go on as they are.'
        }
      </p>
      <form class="flow-form" @submit=${this.#create} novalidate>
        ${flowFields({
          draft: this.#draft,
          lists,
          errors,
          pathNote: pathNote(this.#path),
          change: (part) => this.#change(part),
          leftPath: () => void this.#checkPath(),
        })}
        <div role="alert">
          ${
            errors[''] === undefined
              ? number === 0
                ? nothing
                : html`<p class="field-error">${number === 1 ? 'One field needs' : `${number} fields need`} another look.</p>`
              : html`<p class="field-error">${errors['']}</p>`
          }
        </div>
        <div class="row">
          <button type="submit" class="button button-primary" aria-disabled=${isBusy ? 'true' : nothing}>Create</button>
          <a class="button" href=${flowsPath}>Cancel</a>
        </div>
      </form>
      ${apiCall('CreateFlowDefinition', inputOf(this.#draft))}`;
  }
}

/** What is known of the bucket of an output path, in a sentence. */
function pathNote(path: PathCheck | undefined): string | undefined {
  if (path === undefined) return undefined;
  if (path.Problem !== undefined) return path.Problem;
  if (path.BucketExists === undefined) return undefined;
  return path.BucketExists
    ? `The bucket ${path.Bucket} is there.`
    : `There is no bucket ${path.Bucket} yet; it is made when the first output is written.`;
}

customElements.define('holdpoint-new-flow-definition', NewFlowDefinition);
