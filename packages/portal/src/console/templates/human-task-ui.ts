// One human task UI, or a new one: its template in an editor, what the check finds, and its page with a sample input. A human
// task UI cannot be changed (A2I has no operation for it), so saving always makes a new one.
import { html, nothing } from 'lit';
import { goTo } from '../../navigation.ts';
import { apiCall } from '../api-call.ts';
import { createForm } from '../checked-form.ts';
import { call } from '../console-api.ts';
import { ConsolePage } from '../console-page.ts';
import { confirm, relativeTime, sentenceOf } from '../english.ts';
import { problemsOf } from '../field-errors.ts';
import { textField } from '../fields.ts';
import { guardLeaving } from '../leave-guard.ts';
import { flowPath, flowsPath, uiPath, uisPath } from '../names.ts';
import { checkTemplate } from './check-template.ts';
import { askToDeleteUi } from './delete-ui.ts';
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

class HumanTaskUi extends ConsolePage {
  static override properties = { name: { attribute: false } };

  /** The human task UI; undefined for a new one. */
  declare name: string | undefined;
  #subject: UiSubject | undefined;
  #content = '';
  #newName = '';
  #sample = '';
  /** The sample was made of the template, so it follows it. */
  #isExample = false;
  #findings: readonly Finding[] | undefined;
  #checkFailure: string | undefined;
  readonly #form = createForm(this);
  #restored: KeptTemplate | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking = new AbortController();
  #checkedText: string | undefined;
  #unguard: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unguard = guardLeaving(
      () => this.#isUnsaved(),
      'The template is not saved. What you wrote is kept in this browser, and is here when you come back.',
    );
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#checking.abort();
    this.#keepNow();
    this.#unguard?.();
    super.disconnectedCallback();
  }

  /** Once: what is written since would be lost. */
  protected override async load(): Promise<void> {
    if (this.#subject) return;
    const from = this.name ?? new URLSearchParams(location.search).get('from') ?? undefined;
    const [subject] = await Promise.all([loadUi(from), import('./template-editor.ts')]);
    this.#begin(subject);
  }

  protected override async reload(): Promise<void> {
    const isFirst = this.#subject === undefined;
    await super.reload();
    if (isFirst && this.#subject) await this.#sampleFor(this.#subject);
  }

  #begin(subject: UiSubject): void {
    this.#subject = subject;
    const kept = readKept(subject.name);
    const isNews = kept !== undefined && kept.content !== subject.content;
    this.#restored = isNews ? kept : undefined;
    this.#content = isNews ? kept.content : subject.content;
    this.#newName = (isNews && kept.name) || subject.suggestedName;
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
      this.#checkFailure = sentenceOf(error);
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
    const isEmpty = this.#content.trim() === '';
    await this.#form.submit(event, {
      problems: {
        ...problemsOf('CreateHumanTaskUi', this.#input()),
        ...(isEmpty && { 'UiTemplate.Content': 'Write a template first.' }),
      },
      work: () => this.#saveNow(),
      fieldOf: ({ code }) => (code === 'ResourceInUse' ? 'HumanTaskUiName' : ''),
    });
    if (isEmpty && this.#form.errors.HumanTaskUiName === undefined) this.#editor()?.focus();
  }

  async #saveNow(): Promise<void> {
    clearTimeout(this.#timer);
    // A check that cannot be made is no reason to lose the work: whoever saves is told.
    if (this.#checkedText !== this.#content) await this.#checkNow().catch(() => {});
    if (!(await this.#isMeant())) return;
    const input = this.#input();
    await call('CreateHumanTaskUi', input);
    forget(this.#subject?.name ?? '');
    // What is saved is no reason to ask any more.
    if (this.#subject) this.#subject = { ...this.#subject, content: this.#content };
    goTo(uiPath(input.HumanTaskUiName), {
      notice: `${input.HumanTaskUiName} is created. Flow definitions keep the template that they were made with; make or clone one to use this.`,
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
    return confirm({ title, text, action: 'Save all the same' });
  }

  async #delete(): Promise<void> {
    const { name } = this;
    const subject = this.#subject;
    if (name === undefined || !subject) return;
    const flows = subject.flows.map((flow) => flow.name);
    if (!(await askToDeleteUi(name, flows))) return;
    const work = async () => {
      await call('DeleteHumanTaskUi', { HumanTaskUiName: name });
      forget(name);
      this.#content = subject.content;
    };
    await this.act(work, `${name} is deleted.`, uisPath);
  }

  protected override render() {
    return this.page(this.name ?? 'New human task UI', () => this.#renderWork(this.#subject!), {
      back: [uisPath, 'All human task UIs'],
      kind: 'human task UI',
      beside: this.name === undefined ? nothing : this.#renderActions(this.name),
      isWide: true,
    });
  }

  #renderActions(name: string) {
    const from = encodeURIComponent(name);
    return html`<a class="button" href="${flowsPath}/new?ui=${from}">Create a flow with it</a>
      <a class="button" href="${uisPath}/new?from=${from}">Clone</a>
      <button type="button" class="button" @click=${() => void this.#delete()}>Delete</button>`;
  }

  #renderWork(subject: UiSubject) {
    const isNew = this.name === undefined && subject.content === '';
    return html`
      ${this.#renderAbout(subject)}
      ${
        this.#restored === undefined
          ? nothing
          : html`<div class="notice notice-warning">
              <p>Your unsaved changes (${relativeTime(new Date(this.#restored.at))}) are back.</p>
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
              this.#form.errors['UiTemplate.Content'] === undefined
                ? nothing
                : html`<p class="field-error" role="alert">${this.#form.errors['UiTemplate.Content']}</p>`
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
        error: this.#form.errors.HumanTaskUiName,
        required: true,
        changed: (value) => {
          this.#newName = value;
          this.requestUpdate();
        },
      })}
      ${this.#form.errors[''] === undefined ? nothing : html`<p class="field-error" role="alert">${this.#form.errors['']}</p>`}
      <div class="row">
        <button type="submit" class="button button-primary" aria-disabled=${this.#form.isBusy ? 'true' : nothing}>
          ${this.name === undefined ? 'Create' : 'Save as new'}
        </button>
      </div>
      ${apiCall('CreateHumanTaskUi', this.#input())}
    </form>`;
  }
}

customElements.define('holdpoint-human-task-ui', HumanTaskUi);
