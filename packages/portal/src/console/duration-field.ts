// A length of time as people say it: an amount and a unit. On the wire it is seconds.
import { html, nothing, type TemplateResult } from 'lit';
import { describedBy, type FieldTexts, field } from './fields.ts';

const units = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof units;

export interface Duration {
  readonly amount: string;
  readonly unit: Unit;
}

/** In the largest unit that makes it a whole number; `otherwise` is the unit of none. */
export function durationOf(seconds: number | undefined, otherwise: Unit = 'seconds'): Duration {
  if (seconds === undefined) return { amount: '', unit: otherwise };
  const unit = (Object.keys(units) as Unit[]).findLast((one) => seconds % units[one] === 0 && seconds >= units[one]);
  return { amount: String(seconds / units[unit ?? 'seconds']), unit: unit ?? 'seconds' };
}

/** Whole seconds; undefined when nothing is said, NaN when it is no number. */
export function secondsOf({ amount, unit }: Duration): number | undefined {
  const text = amount.trim().replace(',', '.');
  if (text === '') return undefined;
  return /^\d+(?:\.\d+)?$/.test(text) ? Math.round(Number(text) * units[unit]) : Number.NaN;
}

export function durationField(
  texts: FieldTexts & { readonly value: Duration; readonly changed: (value: Duration) => void },
): TemplateResult {
  const { id, label, error, value, changed } = texts;
  const control = html`<div class="duration">
      <input
        id=${id}
        inputmode="decimal"
        autocomplete="off"
        .value=${value.amount}
        aria-invalid=${error === undefined ? nothing : 'true'}
        aria-describedby=${describedBy(texts)}
        @input=${(event: Event) => changed({ ...value, amount: (event.target as HTMLInputElement).value })}
      />
      <select
        aria-label="${label}: unit"
        @change=${(event: Event) => changed({ ...value, unit: (event.target as HTMLSelectElement).value as Unit })}
      >
        ${Object.keys(units).map((unit) => html`<option value=${unit} ?selected=${unit === value.unit}>${unit}</option>`)}
      </select>
    </div>`;
  return field(texts, control);
}
