// A strict reader of Prometheus' text format, version 0.0.4: whatever it does not allow is an error.

export interface ParsedFamily {
  readonly type: string;
  readonly help: string;
  /** By name and labels, as in `name{a="b"}`, in the order of the text. */
  readonly samples: Map<string, number>;
}

const nameText = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const labelText = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const samplePattern = new RegExp(`^(${nameText})(?:\\{(${labelText}(?:,${labelText})*)\\})? (\\S+)$`);

/** @throws Error that says which line is wrong. */
export function parseMetrics(text: string): ReadonlyMap<string, ParsedFamily> {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const families = new Map<string, ParsedFamily>();
  let help: readonly [string, string] | undefined;
  let family: (ParsedFamily & { name: string }) | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const wrong = (what: string) => new Error(`${what}: ${line}`);
    const helped = new RegExp(`^# HELP (${nameText}) (.+)$`).exec(line);
    const typed = new RegExp(`^# TYPE (${nameText}) (counter|gauge|histogram|summary|untyped)$`).exec(line);
    if (helped) {
      help = [helped[1]!, helped[2]!];
    } else if (typed) {
      const [, name, type] = typed as unknown as [string, string, string];
      if (help?.[0] !== name) throw wrong('A type without its help');
      if (families.has(name)) throw wrong('A family twice');
      family = { name, type, help: help[1], samples: new Map() };
      families.set(name, family);
    } else {
      const [, name = '', labels = '', value = ''] = samplePattern.exec(line) ?? [];
      if (name === '') throw wrong('Not a line of the format');
      const suffix = family && name.startsWith(family.name) ? name.slice(family.name.length) : undefined;
      const allowed = family?.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      if (!family || suffix === undefined || !allowed.includes(suffix)) throw wrong('A sample of no family');
      if (!/^([+-]Inf|NaN|[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)$/i.test(value)) throw wrong('Not a value');
      const key = labels === '' ? name : `${name}{${labels}}`;
      if (family.samples.has(key)) throw wrong('A sample twice');
      family.samples.set(key, value.endsWith('Inf') ? Number(`${value}inity`) : Number(value));
    }
  }
  for (const one of families.values()) if (one.type === 'histogram') checkHistogram(one);
  return families;
}

/** Buckets grow, and the last one is the count. */
function checkHistogram({ samples }: ParsedFamily): void {
  let before = 0;
  for (const [key, value] of samples) {
    const le = /le="([^"]+)"\}$/.exec(key)?.[1];
    if (le !== undefined) {
      if (value < before) throw new Error(`A bucket is smaller than the one before: ${key}`);
      before = le === '+Inf' ? 0 : value;
      if (le === '+Inf' && samples.get(key.replace('_bucket', '_count').replace(/,?le="\+Inf"/, '')) !== value)
        throw new Error(`The last bucket is not the count: ${key}`);
    }
  }
}
