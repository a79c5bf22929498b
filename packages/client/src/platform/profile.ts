/** The shared configuration and credentials files of the AWS tools (AWS SDKs and Tools Reference Guide, "Shared config and credentials files"). */
import { builtin } from './builtin.ts';
import type { Environment } from './platform.ts';

/** A section: a key's value, or the keys that are indented below it. */
export interface Section {
  readonly [key: string]: string | Readonly<Record<string, string>>;
}

export interface Profile {
  readonly name: string;
  /** `[profile x]` of the configuration file. */
  readonly config: Section;
  /** `[x]` of the credentials file. */
  readonly credentials: Section;
  /** Both, as botocore has them: what stands in the credentials file wins. */
  readonly settings: Section;
  /** The `[services …]` section that the profile names; undefined when no file has it. */
  readonly services: Section | undefined;
}

type Sections = Readonly<Record<string, Section>>;

/** Reads one profile; files that are not there are empty. */
export function readProfile(name: string, environment: Environment): Profile | undefined {
  const config = readSections(environment.AWS_CONFIG_FILE ?? '~/.aws/config');
  const credentials = readSections(environment.AWS_SHARED_CREDENTIALS_FILE ?? '~/.aws/credentials');
  const own = config[`profile ${name}`] ?? (name === 'default' ? config.default : undefined);
  if (own === undefined && credentials[name] === undefined) return undefined;
  const settings: Section = Object.assign(Object.create(null), own, credentials[name]);
  const { services } = settings;
  return {
    name,
    config: own ?? {},
    credentials: credentials[name] ?? {},
    settings,
    services: typeof services === 'string' ? config[`services ${services}`] : {},
  };
}

function readSections(path: string): Sections {
  let text: string;
  try {
    const file = path.replace(/^~(?=[/\\]|$)/, () => builtin('node:os').homedir());
    text = builtin('node:fs').readFileSync(file, 'utf8');
  } catch {
    return parseSections('');
  }
  return parseSections(text);
}

/** Sections of `key = value` or `key: value` lines; lines further in belong to the key above them, which has no value of its own. */
export function parseSections(text: string): Sections {
  // Without a prototype: names are whatever somebody wrote, `constructor` and `__proto__` too.
  const empty = () => Object.create(null);
  const sections: Record<string, Record<string, string | Record<string, string>>> = empty();
  let section: (typeof sections)[string] | undefined;
  let group: { readonly indent: number; readonly keys: Record<string, string> } | undefined;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line)?.[1];
    if (heading !== undefined) {
      section = sections[heading.replace(/\s+/g, ' ').replace(/["']/g, '')] ??= empty();
      group = undefined;
      continue;
    }
    const pair = /^(\s*)([^#;\s=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (section === undefined || pair === null) continue;
    const [, { length: indent } = '', name = '', given = ''] = pair;
    const key = name.toLowerCase();
    const value = given.replace(/(^|\s+)[#;].*$/, '');
    if (group !== undefined && indent > group.indent) {
      group.keys[key] = value;
    } else {
      group = value === '' ? { indent, keys: empty() } : undefined;
      section[key] = group?.keys ?? value;
    }
  }
  return sections;
}
