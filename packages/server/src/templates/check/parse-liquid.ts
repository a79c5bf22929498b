import { Tag } from 'liquidjs';
import { suggestion } from '../../nearest.ts';
import {
  createLiquidEngine,
  type LiquidEngine,
  type ParsedTemplate,
  type PlacedFault,
  syntaxFault,
} from '../liquid-engine.ts';
import type { Findings } from './findings.ts';

/** How many unknown names are found in one check; each costs a parse. */
const mostUnknown = 20;

/** A tag that nobody knows, taken for one without an end, so that the rest can be looked at. */
class UnknownTag extends Tag {
  override render(): void {}
}

/**
 * Parses a template; what is wrong with its syntax are findings, unknown filters and tags all of them.
 *
 * @returns undefined when anything is
 */
export function parseLiquid(source: string, findings: Findings): ParsedTemplate | undefined {
  const engine = createLiquidEngine();
  const unknownTags = new Set<string>();
  for (let tries = 0; tries < mostUnknown; tries++) {
    try {
      const parsed = engine.parse(source);
      return tries === 0 ? parsed : undefined;
    } catch (error) {
      const fault = syntaxFault(error);
      const message = withoutPlace(fault);
      const accepted = acceptFilter(engine, message) ?? acceptTag(engine, message, unknownTags);
      if (!accepted?.repeated) findings.error(fault.code, message + (accepted?.hint ?? ''), fault.at);
      if (!accepted) return undefined;
    }
  }
  return undefined;
}

/** An unknown name that was made known to this engine, which renders nothing. */
interface Accepted {
  readonly hint: string;
  /** It was said before. */
  readonly repeated?: boolean;
}

function acceptFilter({ liquid }: LiquidEngine, message: string): Accepted | undefined {
  const name = /^undefined filter: (\S+)$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const hint = suggestion(name, Object.keys(liquid.filters));
  liquid.registerFilter(name, (value: unknown) => value);
  return { hint };
}

const branches = ['else', 'elsif', 'when'];

function acceptTag({ liquid }: LiquidEngine, message: string, unknown: Set<string>): Accepted | undefined {
  const name = /^tag "([^"]+)" not found$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const known = Object.keys(liquid.tags);
  const others = [...branches, ...known.map((each) => `end${each}`)];
  const hint = others.includes(name)
    ? ': no block that it could belong to is open here'
    : suggestion(name, [...known, ...others]);
  unknown.add(name);
  liquid.registerTag(name, UnknownTag);
  // The end of a block whose beginning was unknown is no second mistake.
  return { hint, repeated: name.startsWith('end') && unknown.has(name.slice(3)) };
}

/** Findings have their place beside the sentence. */
export const withoutPlace = ({ message }: Pick<PlacedFault, 'message'>): string =>
  message.replace(/ \(line \d+, column \d+\)$/, '');
