// What the check of a template found, as a list: where, what, and what mends it.
import { html, nothing, type TemplateResult } from 'lit';
import { type Finding, type QuickFix, quickFix } from './quick-fixes.ts';

export interface FindingList {
  readonly source: string;
  /** The findings are those of an earlier text, whose places are not those of this one: nothing can be mended by them. */
  readonly isOutdated: boolean;
  /** Undefined until the first check. */
  readonly findings: readonly Finding[] | undefined;
  /** Why the last check could not be made. */
  readonly failure: string | undefined;
  readonly goTo: (finding: Finding) => void;
  readonly fix: (fix: QuickFix) => void;
}

export function findingList({ source, isOutdated, findings, failure, goTo, fix }: FindingList): TemplateResult {
  return html`<section class="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Check</h2>
    <p role="status" class=${failure === undefined ? 'muted' : 'field-error'}>${failure ?? summary(findings)}</p>
    ${
      findings === undefined || findings.length === 0
        ? nothing
        : html`<ul class="finding-list">
            ${findings.map((finding) => item(finding, isOutdated ? undefined : quickFix(source, finding), goTo, fix))}
          </ul>`
    }
  </section>`;
}

function summary(findings: readonly Finding[] | undefined): string {
  if (findings === undefined) return 'Nothing is checked yet.';
  const errors = findings.filter(({ Severity }) => Severity === 'Error').length;
  const warnings = findings.length - errors;
  if (findings.length === 0) return 'Nothing is wrong.';
  const parts = [counted(errors, 'error'), counted(warnings, 'warning')].filter((part) => part !== '');
  return `${parts.join(' and ')}.`;
}

const counted = (count: number, what: string): string =>
  count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;

function item(finding: Finding, fix: QuickFix | undefined, goTo: FindingList['goTo'], press: FindingList['fix']) {
  const { Severity, Line, Column, Message, Code } = finding;
  return html`<li class="finding finding-${Severity.toLowerCase()}">
    <p class="wrap">
      <strong>${Severity}</strong>
      ${
        Line === undefined
          ? nothing
          : html`<button type="button" class="button button-quiet finding-place" @click=${() => goTo(finding)}>
              line ${Line}${Column === undefined ? nothing : `, column ${Column}`}
            </button>`
      }
      ${Message} <span class="muted small">${Code}</span>
    </p>
    ${fix ? html`<button type="button" class="button" @click=${() => press(fix)}>${fix.label}</button>` : nothing}
  </li>`;
}
