/** XML as S3 and STS write and read it: elements and text, no attributes, no entities but XML's own. */
import { ApiError } from '@holdpoint/protocol';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element's content: text, elements in order, or nothing. */
export type XmlContent = string | number | boolean | undefined | readonly XmlElement[];
export type XmlElement = readonly [name: string, content: XmlContent];

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A document with one root. */
export function xmlDocument(name: string, content: XmlContent, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${contentOf(content)}</${name}>`;
}

function contentOf(content: XmlContent): string {
  if (content === undefined) return '';
  if (typeof content !== 'object') return escapeXml(String(content));
  return content.map(([name, inner]) => (inner === undefined ? '' : `<${name}>${contentOf(inner)}</${name}>`)).join('');
}

/** Characters that XML 1.0 cannot hold become U+FFFD; carriage returns are written so that they survive. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"]|[^\t\n -\ufffd\u{10000}-\u{10ffff}]/gu, (character) => escapes[character] ?? '\ufffd');
}

const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  isArray: (name) => name === 'Object' || name === 'Part' || name === 'CORSRule',
});

/** What the parser makes: text, or elements by name. */
export type ParsedXml = string | { readonly [name: string]: ParsedXml | readonly ParsedXml[] };

/** The content of the root element `name`. @throws ApiError MalformedXML */
export function parseXml(text: string, name: string): ParsedXml {
  const malformed = new ApiError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || XMLValidator.validate(text) !== true) throw malformed;
  let parsed: { readonly [name: string]: ParsedXml };
  try {
    parsed = parser.parse(text) as typeof parsed;
  } catch {
    throw malformed;
  }
  if (!Object.hasOwn(parsed, name)) throw malformed;
  return parsed[name] as ParsedXml;
}

/** The elements of this name below one that was parsed. */
export function xmlChildren(parsed: ParsedXml | undefined, name: string): readonly ParsedXml[] {
  if (parsed === undefined || typeof parsed === 'string' || !Object.hasOwn(parsed, name)) return [];
  const found = parsed[name] as ParsedXml | readonly ParsedXml[];
  return Array.isArray(found) ? found : [found as ParsedXml];
}

/** The text of the first element of this name; undefined when there is none. */
export function xmlText(parsed: ParsedXml | undefined, name: string): string | undefined {
  const [found] = xmlChildren(parsed, name);
  return typeof found === 'string' ? unescapeXml(found) : undefined;
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (all, decimal, hex, named) => {
    if (named !== undefined) return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[named as string] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
