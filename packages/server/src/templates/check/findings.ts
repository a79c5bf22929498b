// What a check has found, each thing once, with its place in the template.

/** One thing that is wrong with a template, or may be. */
export interface Finding {
  /** `Error`: workers could not do the task, or it would fail. `Warning`: it may not be what was meant. */
  readonly severity: 'Error' | 'Warning';
  readonly code: string;
  readonly message: string;
  /** Counted from 1, as editors do; without them the finding is about the whole. */
  readonly line?: number;
  readonly column?: number;
}

export interface Findings {
  /** @param offset of the place in the template, when there is one */
  error(code: string, message: string, offset?: number): void;
  warning(code: string, message: string, offset?: number): void;
  /** In the order of the template; what is about the whole comes first. */
  list(): readonly Finding[];
}

/** More than this nobody reads; what is about the whole is always among them. */
const mostFindings = 200;

export function createFindings(source: string): Findings {
  const found = new Map<string, Finding>();
  let left = 0;
  const placeAt = createPlaces(source);

  function add(severity: Finding['severity'], code: string, message: string, offset?: number): void {
    const place = offset === undefined ? undefined : placeAt(offset);
    const key = `${code} ${place?.line}:${place?.column} ${message}`;
    if (found.has(key)) return;
    if (found.size < mostFindings || !place) found.set(key, { severity, code, message, ...place });
    else left += 1;
  }

  return {
    error: (code, message, offset) => add('Error', code, message, offset),
    warning: (code, message, offset) => add('Warning', code, message, offset),
    list() {
      const all = [...found.values()].sort(
        (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
      );
      if (left === 0) return all;
      const message = `There are ${left} more findings; mend these first.`;
      return [...all, { severity: 'Warning', code: 'MoreFindings', message }];
    },
  };
}

/** Makes offsets into lines and columns. */
function createPlaces(source: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}
