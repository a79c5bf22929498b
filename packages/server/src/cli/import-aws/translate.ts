/** Names, ARNs and places at AWS, and what they are here. */
import { type ArnSettings, parseArn, parseS3Uri, partitionOf } from '@holdpoint/protocol';
import { crowdOf, nameOf } from './inventory.ts';
import { bucketPlace, type Mapping, type Section } from './mapping.ts';

export interface Translation {
  /** The name here; null when the mapping leaves it out, undefined when there is no answer without a mapping. */
  nameOf(section: 'workteams' | 'humanTaskUis' | 'flowDefinitions', arn: string): string | null | undefined;
  /** Whether the mapping names it. */
  isMapped(section: Section, arn: string): boolean;
  role(arn: string): string;
  /** An S3 URI here. */
  place(uri: string): string;
  /** Entries of the mapping that met nothing. */
  unused(): readonly string[];
}

/** @param here account and region of the server. */
export function createTranslation(mapping: Mapping, here: ArnSettings): Translation {
  const used = new Set<string>();

  /** Entries are keyed by ARN, by the part after the resource's type, or by the bare name. */
  function entryOf(section: Section, arn: string): string | null | undefined {
    const keys = [arn, parseArn(arn)?.resourceName ?? arn, ...(crowdOf(arn) === 'private' ? [nameOf(arn)] : [])];
    const key = keys.find((each) => Object.hasOwn(mapping[section], each));
    if (key === undefined) return undefined;
    used.add(`${section} ${key}`);
    return mapping[section][key];
  }

  return {
    nameOf(section, arn) {
      const entry = entryOf(section, arn);
      if (entry !== undefined) return entry;
      return section === 'workteams' && crowdOf(arn) !== 'private' ? undefined : nameOf(arn);
    },
    isMapped: (section, arn) => entryOf(section, arn) !== undefined,
    role(arn) {
      const entry = entryOf('roles', arn);
      if (entry !== undefined && entry !== null) return entry;
      // A role is kept as a text; in the account of this server it says most truly that nobody assumes it.
      const path = arn.split(':').slice(5).join(':');
      return `arn:${partitionOf(here.region)}:iam::${here.accountId}:${path}`;
    },
    place(uri) {
      const from = parseS3Uri(uri);
      if (from === undefined) return uri;
      const best = Object.keys(mapping.buckets)
        .flatMap((key) => {
          const place = bucketPlace(key);
          const fits = place?.bucket === from.bucket && isBelow(from.key, place.key);
          return fits && place !== undefined ? [{ key, place }] : [];
        })
        .sort((one, other) => other.place.key.length - one.place.key.length)[0];
      if (best === undefined) return uri;
      used.add(`buckets ${best.key}`);
      const to = bucketPlace(mapping.buckets[best.key]!)!;
      const rest = from.key.slice(best.place.key.length).replace(/^\//, '');
      return `s3://${to.bucket}/${[to.key, rest].filter((part) => part !== '').join('/')}`;
    },
    unused: () =>
      Object.entries(mapping).flatMap(([section, entries]) =>
        Object.keys(entries as object).flatMap((key) =>
          used.has(`${section} ${key}`) ? [] : [`${section}["${key}"]`],
        ),
      ),
  };
}

const isBelow = (key: string, prefix: string): boolean =>
  prefix === '' || key === prefix || key.startsWith(`${prefix}/`);
