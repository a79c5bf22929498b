import { CompletionContext } from '@codemirror/autocomplete';
import { liquid, liquidCompletionSource } from '@codemirror/lang-liquid';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { filterCompletions } from '../console/templates/liquid-completions.ts';

/** The names of all filters that the template editor completes. */
export function completedFilters(): readonly string[] {
  const begun = EditorState.create({ doc: '{{ x | }}', extensions: [liquid()] });
  ensureSyntaxTree(begun, begun.doc.length, 10_000);
  const { state } = begun.update({});
  const found = liquidCompletionSource({ filters: filterCompletions })(new CompletionContext(state, 7, true));
  return found?.options.map(({ label }) => label) ?? [];
}
