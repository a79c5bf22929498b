// An input that a template could have: made of the variables that it reads, so that there is something to begin with.

type Json = string | number | boolean | Json[] | { [name: string]: Json };

/** JSON text with a value for every `task.input.…` of the template. */
export function exampleInput(template: string): string {
  const root: { [name: string]: Json } = {};
  const loops = new Map<string, string[]>();
  for (const [, name = '', path = ''] of template.matchAll(/\{%-?\s*for\s+([\w-]+)\s+in\s+([\w.-]+)/g)) {
    const segments = pathIn(path, loops);
    if (!segments) continue;
    loops.set(name, [...segments, '[]']);
    put(root, [...segments, '[]'], 'One');
  }
  for (const [text] of template.matchAll(/\{(?:\{.*?\}|%.*?%)\}/gs)) {
    const isObject = /\|\s*grant_read_access\b/.test(text);
    const isList = /\|\s*(?:to_json|join|first|last|sort|uniq)\b/.test(text);
    for (const [path] of text.replace(/"[^"]*"|'[^']*'/g, '').matchAll(/(?<![\w.|-])[A-Za-z_][\w-]*(?:\.[\w-]+)*/g)) {
      const segments = pathIn(path, loops);
      if (!segments || segments.length === 0) continue;
      const isCompared = new RegExp(`${path.replaceAll('.', '\\.')}\\s*(?:[<>]=?)`).test(text);
      put(
        root,
        segments,
        isObject ? 's3://bucket/key.png' : isList ? ['One', 'Two'] : isCompared ? 0.5 : wordsOf(segments),
      );
    }
  }
  return JSON.stringify(root, null, 2);
}

/** The members that lead to a variable from the input on; `[]` is an item of a list. Undefined for what is not of the input. */
function pathIn(path: string, loops: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const [first = '', second, ...rest] = path.split('.');
  const members = (names: readonly string[]) => names.filter((name) => !['size', 'first', 'last'].includes(name));
  if (first === 'task' && second === 'input') return members(rest);
  const around = loops.get(first);
  return around && [...around, ...members(second === undefined ? [] : [second, ...rest])];
}

const wordsOf = (segments: readonly string[]): string => {
  const words = (segments.findLast((segment) => segment !== '[]') ?? 'text').replace(/[-_]|(?<=[a-z])(?=[A-Z])/g, ' ');
  return `Example of ${words.toLowerCase()}`;
};

/** Puts a value where nothing more exact is. */
function put(root: { [name: string]: Json }, segments: readonly string[], value: Json): void {
  let holder: { [name: string]: Json } | Json[] = root;
  for (const [index, segment] of segments.entries()) {
    const key = segment === '[]' ? 0 : segment;
    const next = segments[index + 1];
    const members = holder as { [name: string | number]: Json };
    const present = Object.hasOwn(members, key) ? members[key] : undefined;
    if (next === undefined) {
      if (present === undefined || (typeof present === 'string' && typeof value !== 'string')) members[key] = value;
      return;
    }
    const fits = next === '[]' ? Array.isArray(present) : typeof present === 'object' && !Array.isArray(present);
    if (!fits) members[key] = next === '[]' ? [] : {};
    holder = members[key] as { [name: string]: Json } | Json[];
  }
}
