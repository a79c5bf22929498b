// A new flow definition, from nothing or as a clone: a flow definition cannot be changed (A2I has no operation for it).
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { loading } from '../../components/message.ts';
import { goTo } from '../../navigation.ts';
import { PageElement } from '../../page.ts';
import { apiCall } from '../api-call.ts';
import { ConsoleError, call } from '../console-api.ts';
import { failure, sentenceFor } from '../failure.ts';
import type { FieldErrors } from '../field-errors.ts';
import { guardLeaving } from '../leave-guard.ts';
import { flowPath, flowsPath } from '../names.ts';
import { sayNext } from '../said.ts';
import { cloneOf, emptyDraft, type FlowDraft, inputOf, memberOf, problemsOfDraft } from './flow-draft.ts';
import { type FormLists, flowFields } from './flow-fields.ts';
import { loadFormLists } from './load-form-lists.ts';

type PathCheck = OperationOutput<'CheckOutputPath'>;

class NewFlowDefinition extends PageElement {
  #lists: FormLists | undefined;
  #draft: FlowDraft = emptyDraft;
  #first: FlowDraft = emptyDraft;
  #failure: unknown;
  #errors: FieldErrors = {};
  #path: PathCheck | undefined;
  #isSaving = false;
  #unguard: (() => void) | undefined;
  readonly #from = new URLSearchParams(location.search).get('from') ?? undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unguard = guardLeaving(
      () => this.#lists !== undefined && this.#draft !== this.#first,
      'The flow definition is not created yet. What you entered is lost when you leave.',
    );
    void this.#load();
  }

  override disconnectedCallback(): void {
    this.#unguard?.();
    super.disconnectedCallback();
  }

  async #load(): Promise<void> {
    document.title = 'New flow definition – Holdpoint';
    try {
      const lists = await loadFormLists();
      this.#first = await this.#firstDraft(lists);
      this.#draft = this.#first;
      this.#lists = lists;
      this.#failure = undefined;
      void this.#checkPath();
    } catch (error) {
      this.#failure = error;
    }
    this.requestUpdate();
  }

  async #firstDraft(lists: FormLists): Promise<FlowDraft> {
    if (this.#from !== undefined) {
      const flow = await call('DescribeFlowDefinition', { FlowDefinitionName: this.#from });
      const { Tags = [] } = await call('ListTags', { ResourceArn: flow.FlowDefinitionArn });
      return cloneOf(flow, Tags, lists.flowNames);
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

  async #create(event: Event): Promise<void> {
    event.preventDefault();
    if (this.#isSaving) return;
    this.#errors = problemsOfDraft(this.#draft);
    if (Object.keys(this.#errors).length > 0) return this.#toFirstError();
    this.#isSaving = true;
    this.requestUpdate();
    try {
      const input = inputOf(this.#draft);
      await call('CreateFlowDefinition', input);
      this.#first = this.#draft;
      sayNext(`${input.FlowDefinitionName} is created. Human loops can be started with it.`);
      goTo(flowPath(input.FlowDefinitionName));
    } catch (error) {
      const member = error instanceof ConsoleError ? memberOf(error.code, error.message) : '';
      this.#errors = { [member]: sentenceFor(error) };
      this.#toFirstError();
    } finally {
      this.#isSaving = false;
      this.requestUpdate();
    }
  }

  #toFirstError(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const invalid = this.querySelector<HTMLElement>('[aria-invalid="true"]');
      for (let around = invalid?.closest('details'); around; around = around.parentElement?.closest('details'))
        around.open = true;
      invalid?.focus();
    });
  }

  protected override render() {
    return html`<div class="page">
      <p class="crumbs"><a href=${flowsPath}>Flow definitions</a></p>
      <h1 tabindex="-1">${this.#from === undefined ? 'New flow definition' : `Clone of ${this.#from}`}</h1>
      ${
        this.#failure !== undefined
          ? failure(this.#failure, () => void this.#load())
          : this.#lists
            ? this.#renderForm(this.#lists)
            : loading('Looking for workteams and human task UIs…')
      }
    </div>`;
  }

  #renderForm(lists: FormLists) {
    const number = Object.keys(this.#errors).length;
    return html`<p class="muted">
        ${
          this.#from === undefined
            ? 'Nothing of a flow definition but its tags can be changed later; it can be cloned.'
            : 'A flow definition cannot be changed: this makes another one like it. Loops of the first one go on as they are.'
        }
      </p>
      <form class="flow-form" @submit=${(event: Event) => void this.#create(event)} novalidate>
        ${flowFields({
          draft: this.#draft,
          lists,
          errors: this.#errors,
          pathNote: pathNote(this.#path),
          change: (part) => this.#change(part),
          leftPath: () => void this.#checkPath(),
        })}
        <div role="alert">
          ${
            this.#errors[''] === undefined
              ? number === 0
                ? nothing
                : html`<p class="field-error">${number === 1 ? 'One field needs' : `${number} fields need`} another look.</p>`
              : html`<p class="field-error">${this.#errors['']}</p>`
          }
        </div>
        <div class="row">
          <button type="submit" class="button button-primary" aria-disabled=${this.#isSaving ? 'true' : nothing}>Create</button>
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
