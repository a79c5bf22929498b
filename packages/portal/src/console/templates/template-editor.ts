// The editor of a template's source: CodeMirror with HTML and Liquid, what is wrong marked in it, and completions. It stands
// in a shadow root, where its styles are constructed sheets: the page's policy allows no others.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { autoCloseTags, html, htmlLanguage } from '@codemirror/lang-html';
import { liquid } from '@codemirror/lang-liquid';
import { bracketMatching, indentOnInput, LanguageSupport, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { completeHtml } from './crowd-completions.ts';
import { editorColours, editorTheme } from './editor-theme.ts';
import { filterCompletions, membersOf, variableCompletions } from './liquid-completions.ts';
import { endOf, type Finding, offsetOf, type QuickFix, quickFix } from './quick-fixes.ts';

/** Fires `edited` (CustomEvent of the text) when the text was changed in it. */
export class TemplateEditor extends HTMLElement {
  #view: EditorView | undefined;
  #text = '';
  #findings: readonly Finding[] = [];
  #input: unknown;
  /** Names the text for assistive technology. */
  label = 'Template';
  /** The id of what says how the keyboard leaves it; it is copied, since descriptions do not cross into shadow roots. */
  description = '';

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#view ??= new EditorView({ state: this.#stateOf(this.#text), parent: root, root });
    this.value = this.#text;
  }

  /** The template. Setting it begins the history of changes anew; `replace` can be undone. */
  get value(): string {
    return this.#view?.state.doc.toString() ?? this.#text;
  }
  set value(text: string) {
    if (text === this.value) return;
    this.#text = text;
    this.#view?.setState(this.#stateOf(text));
    this.#mark();
  }

  /** What was found in the present text. */
  set findings(findings: readonly Finding[]) {
    this.#findings = findings;
    this.#mark();
  }

  /** The sample input as JSON text, whose members are completed. What is no JSON leaves those of the one before. */
  set sample(text: string) {
    try {
      this.#input = JSON.parse(text);
    } catch {
      // It is being written.
    }
  }

  override focus(): void {
    this.#view?.focus();
  }

  /** Puts the cursor to a place that a finding names. */
  goTo(finding: Finding): void {
    const view = this.#view;
    const at = view && offsetOf(this.value, finding);
    if (!view || at === undefined) return;
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    view.focus();
  }

  /** Mends something; it can be undone like any other change. */
  apply({ edits }: QuickFix): void {
    this.#view?.dispatch({ changes: edits.map((edit) => ({ ...edit })), userEvent: 'input.fix', scrollIntoView: true });
    this.#view?.focus();
  }

  /** Another text in place of this one; it can be undone. */
  replace(text: string): void {
    const view = this.#view;
    view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: 'input.replace' });
  }

  #stateOf(doc: string): EditorState {
    return EditorState.create({
      doc,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ maxRenderedOptions: 60 }),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        search({ top: true }),
        EditorView.lineWrapping,
        // Tab indents; after Escape it leaves, as the page says.
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        this.#language(),
        syntaxHighlighting(editorColours),
        editorTheme,
        EditorView.contentAttributes.of({
          'aria-label': this.label,
          'aria-description': this.description,
          spellcheck: 'false',
        }),
        EditorView.domEventHandlers({ beforeinput: typeOverSelection }),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) this.dispatchEvent(new CustomEvent<string>('edited', { detail: this.value }));
        }),
      ],
    });
  }

  #language(): LanguageSupport {
    const completion = htmlLanguage.data.of({ autocomplete: completeHtml });
    return liquid({
      base: new LanguageSupport(html({ matchClosingTags: false }).language, [completion, autoCloseTags]),
      filters: filterCompletions,
      variables: variableCompletions,
      properties: (path, state) => membersOf(path, state, this.#input),
    });
  }

  #mark(): void {
    const view = this.#view;
    if (!view) return;
    const text = this.value;
    const diagnostics = this.#findings.flatMap((finding): Diagnostic[] => {
      const from = offsetOf(text, finding);
      if (from === undefined) return [];
      const fix = quickFix(text, finding);
      return [
        {
          from,
          to: Math.min(text.length, endOf(text, from)),
          severity: finding.Severity === 'Error' ? 'error' : 'warning',
          message: finding.Message,
          ...(fix && {
            actions: [{ name: fix.label, apply: (_view: EditorView, at: number) => this.#applyAt(finding, at) }],
          }),
        },
      ];
    });
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }

  /** What is marked moves with the text as that changes. */
  #applyAt(finding: Finding, at: number): void {
    const line = this.#view?.state.doc.lineAt(at);
    const fix = line && quickFix(this.value, { ...finding, Line: line.number, Column: at - line.from + 1 });
    if (fix) this.apply(fix);
  }
}

/**
 * What is typed over a selection is put in by the editor: Chromium would make spans with style attributes of it, to keep the
 * looks of what was selected, and the page's policy would refuse them aloud.
 */
function typeOverSelection(event: InputEvent, view: EditorView): boolean {
  const { inputType, data, isComposing } = event;
  const { from, to, empty } = view.state.selection.main;
  if (inputType !== 'insertText' || data === null || isComposing || empty) return false;
  const insert = () =>
    view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
  const isTaken = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, insert));
  if (!isTaken) view.dispatch(insert());
  return true;
}

customElements.define('holdpoint-template-editor', TemplateEditor);
