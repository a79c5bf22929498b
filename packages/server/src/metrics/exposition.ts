/** The text format of Prometheus (version 0.0.4), which whoever scrapes it understands. */

export interface Sample {
  /** Added to the family's name: `_bucket`, `_sum`, `_count`; '' for a plain value. */
  readonly suffix?: '' | '_bucket' | '_sum' | '_count';
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  /** Without `holdpoint_`, which all begin with. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** One sentence. */
  readonly help: string;
  readonly samples: readonly Sample[];
}

export const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/** The text of all families; those without samples are left out. */
export const exposition = (families: readonly Family[]): string =>
  families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, type, help, samples }) => {
      const whole = `holdpoint_${name}`;
      const lines = samples.map(
        ({ suffix = '', labels = {}, value }) => `${whole}${suffix}${labelText(labels)} ${valueText(value)}\n`,
      );
      return `# HELP ${whole} ${help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}\n# TYPE ${whole} ${type}\n${lines.join('')}`;
    })
    .join('');

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.toWellFormed().replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');

const valueText = (value: number): string =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
