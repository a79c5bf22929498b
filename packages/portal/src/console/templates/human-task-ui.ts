// One human task UI, or a new one: its template in an editor, what the check finds, and its page with a sample input. A human
// task UI cannot be changed (A2I has no operation for it), so saving always makes a new one.
import { html, nothing, type TemplateResult } from 'lit';
import { loading, notice } from '../../components/message.ts';
import { goTo } from '../../navigation.ts';
import { PageElement } from '../../page.ts';
import { relativeTime } from '../../time.ts';
import { apiCall } from '../api-call.ts';
import { ask } from '../ask.ts';
import { ConsoleError, call } from '../console-api.ts';
import { failure, sentenceFor } from '../failure.ts';
import { type FieldErrors, problemsOf } from '../field-errors.ts';
import { textField } from '../fields.ts';
import { guardLeaving } from '../leave-guard.ts';
import { flowPath, flowsPath, uiPath, uisPath } from '../names.ts';
import { sayNext, takeSaid } from '../said.ts';
import { checkTemplate } from './check-template.ts';
import { deleteUi } from './delete-ui.ts';
import { exampleInput } from './example-input.ts';
import { findingList } from './finding-list.ts';
import { forget, type KeptTemplate, keep, readKept } from './kept-template.ts';
import { loadUi, type UiSubject } from './load-ui.ts';
import './preview-pane.ts';
import type { PreviewPane } from './preview-pane.ts';
import type { Finding, QuickFix } from './quick-fixes.ts';
import './sample-input.ts';
import type { SampleInput } from './sample-input.ts';
import './starting-gallery.ts';
import type { TemplateEditor } from './template-editor.ts';

/** Milliseconds of rest after which what was written is looked at. */
const restTime = 450;
const keysHint =
  'Tab indents. To leave the editor by the keyboard, press Escape, then Tab. Ctrl-Space completes, Ctrl-F searches, F8 goes to the next finding.';

class HumanTaskUi extends PageElement {
  static override properties = { name: { attribute: false } };

  /** The human task UI; undefined for a new one. */
  declare name: string | undefined;
  #subject: UiSubject | undefined;
  #failure: unknown;
  #content = '';
  #newName = '';
  #sample = '';
  /** The sample was made of the template, so it follows it. */
  #isExample = false;
  #findings: readonly Finding[] | undefined;
  #checkFailure: string | undefined;
  #errors: FieldErrors = {};
  #isSaving = false;
  #restored: KeptTemplate | undefined;
  #said: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking = new AbortController();
  #checkedText: string | undefined;
  #unguard: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#said = takeSaid();
    this.#unguard = guardLeaving(
      () => this.#isUnsaved(),
      'The template is not saved. What you wrote is kept in this browser, and is here when you come back.',
    );
    void this.#load();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#checking.abort();
    this.#keepNow();
    this.#unguard?.();
    super.disconnectedCallback();
  }

  async #load(): Promise<void> {
    const from = this.name ?? new URLSearchParams(location.search).get('from') ?? undefined;
    try {
      const [subject] = await Promise.all([loadUi(from), import('./template-editor.ts')]);
      this.#failure = undefined;
      this.#begin(subject);
    } catch (error) {
      this.#failure = error;
      this.requestUpdate();
    }
  }

  #begin(subject: UiSubject): void {
    this.#subject = subject;
    document.title = `${this.name ?? 'New human task UI'} – Holdpoint`;
    const kept = readKept(subject.name);
    const isNews = kept !== undefined && kept.content !== subject.content;
    this.#restored = isNews ? kept : undefined;
    this.#content = isNews ? kept.content : subject.content;
    this.#newName = (isNews && kept.name) || subject.suggestedName;
    this.requestUpdate();
    void this.#sampleFor(subject);
  }

  async #sampleFor(subject: UiSubject): Promise<void> {
    await this.updateComplete;
    const picker = this.querySelector<SampleInput>('holdpoint-sample-input');
    if (picker && subject.flows.length > 0 && (await picker.takeNewest())) return;
    this.#isExample = true;
    this.#sample = exampleInput(this.#content);
    this.#check();
    this.requestUpdate();
  }

  #isUnsaved(): boolean {
    return this.#subject !== undefined && this.#content !== this.#subject.content && this.#content.trim() !== '';
  }

  #edited(content: string): void {
    this.#content = content;
    this.#checkSoon();
    this.requestUpdate();
  }

  #gaveSample(text: string): void {
    this.#sample = text;
    this.#isExample = false;
    this.#checkSoon();
    this.requestUpdate();
  }

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#keepNow();
      this.#check();
    }, restTime);
  }

  #keepNow(): void {
    if (this.#isUnsaved())
      keep(this.#subject?.name ?? '', { content: this.#content, name: this.#newName, at: Date.now() });
    else if (this.#subject && this.#content === this.#subject.content) forget(this.#subject.name);
  }

  #check(): void {
    void this.#checkNow().catch(() => {});
  }

  /** Resolves when the findings are those of the present text. */
  async #checkNow(): Promise<void> {
    this.#checking.abort();
    const checking = new AbortController();
    this.#checking = checking;
    const content = this.#content;
    if (this.#isExample) this.#sample = exampleInput(content);
    const pane = this.querySelector<PreviewPane>('holdpoint-preview-pane');
    if (content.trim() === '') {
      this.#findings = undefined;
      this.#showFindings([]);
      pane?.show(undefined, 'There is nothing to show yet.');
      return this.requestUpdate();
    }
    try {
      const { findings, page, verdict } = await checkTemplate(content, this.#sample, checking.signal);
      if (checking.signal.aborted) return;
      this.#checkFailure = undefined;
      this.#findings = findings;
      this.#checkedText = content;
      if (content === this.#content) this.#showFindings(findings);
      if (page) pane?.show(page, verdict);
      else pane?.say(verdict);
    } catch (error) {
      if (checking.signal.aborted) return;
      this.#checkFailure = sentenceFor(error);
      throw error;
    } finally {
      this.requestUpdate();
    }
  }

  #editor(): TemplateEditor | null {
    return this.querySelector<TemplateEditor>('holdpoint-template-editor');
  }

  #showFindings(findings: readonly Finding[]): void {
    const editor = this.#editor();
    if (editor) editor.findings = findings;
  }

  #fix(fix: QuickFix): void {
    this.#editor()?.apply(fix);
  }

  #discard(): void {
    if (!this.#subject) return;
    forget(this.#subject.name);
    this.#restored = undefined;
    this.#editor()?.replace(this.#subject.content);
    this.requestUpdate();
  }

  #begun({ detail }: CustomEvent<{ template: string; input: string; name: string }>): void {
    this.#content = detail.template;
    this.#sample = detail.input;
    this.#isExample = false;
    if (this.#newName === '') this.#newName = detail.name;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.#check();
      this.#editor()?.focus();
    });
  }

  #input() {
    return { HumanTaskUiName: this.#newName, UiTemplate: { Content: this.#content } };
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.#isSaving) return;
    this.#errors = problemsOf('CreateHumanTaskUi', this.#input());
    if (this.#content.trim() === '')
      this.#errors = { ...this.#errors, 'UiTemplate.Content': 'Write a template first.' };
    if (Object.keys(this.#errors).length > 0) return this.#toFirstError();
    this.#isSaving = true;
    this.requestUpdate();
    try {
      clearTimeout(this.#timer);
      // A check that cannot be made is no reason to lose the work: whoever saves is told.
      if (this.#checkedText !== this.#content) await this.#checkNow().catch(() => {});
      if (!(await this.#isMeant())) return;
      await call('CreateHumanTaskUi', this.#input());
      forget(this.#subject?.name ?? '');
      sayNext(
        `${this.#newName} is created. Flow definitions keep the template that they were made with; make or clone one to use this.`,
      );
      // What is saved is no reason to ask any more.
      if (this.#subject) this.#subject = { ...this.#subject, content: this.#content };
      goTo(uiPath(this.#newName));
    } catch (error) {
      const isTaken = error instanceof ConsoleError && error.code === 'ResourceInUse';
      this.#errors = { [isTaken ? 'HumanTaskUiName' : '']: sentenceFor(error) };
      this.#toFirstError();
    } finally {
      this.#isSaving = false;
      this.requestUpdate();
    }
  }

  #toFirstError(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const invalid = this.querySelector<HTMLElement>('.save-form [aria-invalid="true"]');
      if (invalid) invalid.focus();
      else if (this.#errors['UiTemplate.Content'] !== undefined) this.#editor()?.focus();
    });
  }

  /** With errors in the template, only who says so saves it. */
  async #isMeant(): Promise<boolean> {
    const errors = (this.#findings ?? []).filter(({ Severity }) => Severity === 'Error');
    if (errors.length === 0 && this.#checkFailure === undefined) return true;
    const shown = errors.slice(0, 5);
    const text = html`<p>${this.#checkFailure === undefined ? 'Workers could not do tasks with it, or their loops would fail:' : `It could not be checked: ${this.#checkFailure}`}</p>
      <ul>${shown.map(({ Line, Message }) => html`<li class="wrap">${Line === undefined ? nothing : `Line ${Line}: `}${Message}</li>`)}
      ${errors.length > shown.length ? html`<li>and ${errors.length - shown.length} more</li>` : nothing}</ul>`;
    const title =
      errors.length === 0
        ? 'Save without a check?'
        : `Save with ${errors.length === 1 ? 'an error' : `${errors.length} errors`}?`;
    return ask({ title, text, action: 'Save all the same' });
  }

  async #delete(): Promise<void> {
    const { name, subject } = { name: this.name, subject: this.#subject };
    if (name === undefined || !subject) return;
    try {
      if (
        !(await deleteUi(
          name,
          subject.flows.map(({ name }) => name),
        ))
      )
        return;
      forget(name);
      this.#content = subject.content;
      sayNext(`${name} is deleted.`);
      goTo(uisPath);
    } catch (error) {
      this.#said = sentenceFor(error);
      this.requestUpdate();
    }
  }

  protected override render() {
    return html`<div class="page page-wide">
      <p class="crumbs"><a href=${uisPath}>Human task UIs</a></p>
      <div class="console-head">
        <h1 tabindex="-1">${this.name ?? 'New human task UI'}</h1>
        ${this.#renderActions()}
      </div>
      <div role="status">${notice(this.#said, () => this.#dismiss())}</div>
      ${
        this.#failure !== undefined
          ? failure(this.#failure, () => void this.#load())
          : this.#subject
            ? this.#renderWork(this.#subject)
            : loading('Opening the template…')
      }
    </div>`;
  }

  #dismiss(): void {
    this.#said = undefined;
    this.requestUpdate();
  }

  #renderActions(): TemplateResult | typeof nothing {
    if (this.name === undefined || !this.#subject) return nothing;
    const from = encodeURIComponent(this.name);
    return html`<div class="row">
      <a class="button" href="${flowsPath}/new?ui=${from}">Create a flow with it</a>
      <a class="button" href="${uisPath}/new?from=${from}">Clone</a>
      <button type="button" class="button" @click=${() => void this.#delete()}>Delete</button>
    </div>`;
  }

  #renderWork(subject: UiSubject) {
    const isNew = this.name === undefined && subject.content === '';
    return html`
      ${this.#renderAbout(subject)}
      ${
        this.#restored === undefined
          ? nothing
          : html`<div class="notice notice-warning">
              <p>Your unsaved changes (${relativeTime(new Date(this.#restored.at).toISOString(), Date.now())}) are back.</p>
              <button type="button" class="button" @click=${this.#discard}>Discard them</button>
            </div>`
      }
      ${
        isNew && this.#content === ''
          ? html`<holdpoint-starting-gallery @begin=${(event: CustomEvent) => this.#begun(event)}></holdpoint-starting-gallery>`
          : nothing
      }
      <div class="template-work">
        <div class="template-side">
          <section aria-labelledby="template-title" class="template-source">
            <h2 id="template-title">Template</h2>
            <p class="muted small" id="editor-keys">${keysHint}</p>
            <holdpoint-template-editor
              .description=${keysHint}
              .value=${this.#content}
              .sample=${this.#sample}
              @edited=${({ detail }: CustomEvent<string>) => this.#edited(detail)}
            ></holdpoint-template-editor>
            ${
              this.#errors['UiTemplate.Content'] === undefined
                ? nothing
                : html`<p class="field-error" role="alert">${this.#errors['UiTemplate.Content']}</p>`
            }
          </section>
          ${findingList({
            source: this.#content,
            isOutdated: this.#checkedText !== this.#content,
            findings: this.#findings,
            failure: this.#checkFailure,
            goTo: (finding) => this.#editor()?.goTo(finding),
            fix: (fix) => this.#fix(fix),
          })}
          <holdpoint-sample-input
            .flows=${subject.loopSources}
            .value=${this.#sample}
            @sample=${({ detail }: CustomEvent<string>) => this.#gaveSample(detail)}
          ></holdpoint-sample-input>
        </div>
        <holdpoint-preview-pane></holdpoint-preview-pane>
      </div>
      ${this.#renderSave()}`;
  }

  #renderAbout({ flows }: UiSubject) {
    if (this.name === undefined) return nothing;
    return html`<p class="muted">
      ${
        flows.length === 0
          ? 'No flow definition shows it.'
          : html`Shown by ${flows.map(({ name }, index) => html`${index > 0 ? ', ' : nothing}<a href=${flowPath(name)}>${name}</a>`)}.`
      }
      A human task UI cannot be changed: what you save here becomes a new one, and flow definitions keep the template that they
      were made with.
    </p>`;
  }

  #renderSave() {
    return html`<form class="panel form save-form" @submit=${(event: Event) => void this.#save(event)} novalidate>
      <h2>${this.name === undefined ? 'Create' : 'Save as a new human task UI'}</h2>
      ${textField({
        id: 'ui-name',
        label: 'Name',
        hint: 'Small letters, digits and hyphens, 63 at most.',
        value: this.#newName,
        error: this.#errors.HumanTaskUiName,
        required: true,
        changed: (value) => {
          this.#newName = value;
          this.requestUpdate();
        },
      })}
      ${this.#errors[''] === undefined ? nothing : html`<p class="field-error" role="alert">${this.#errors['']}</p>`}
      <div class="row">
        <button type="submit" class="button button-primary" aria-disabled=${this.#isSaving ? 'true' : nothing}>
          ${this.name === undefined ? 'Create' : 'Save as new'}
        </button>
      </div>
      ${apiCall('CreateHumanTaskUi', this.#input())}
    </form>`;
  }
}

customElements.define('holdpoint-human-task-ui', HumanTaskUi);
