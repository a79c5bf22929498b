import { describe, expect, it } from 'vitest';
import { frameDataSources, frameHeaders } from './frame-policy.ts';

function policy(assetsOrigin: string, dataSources: string[] = []): Map<string, string[]> {
  const text = frameHeaders({ assetsOrigin, dataSources })['Content-Security-Policy'] ?? '';
  return new Map(text.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)]));
}

describe('frameHeaders', () => {
  it('isolates the document', () => {
    const directives = policy('http://localhost:7800');
    expect(directives.get('sandbox')).toContain('allow-scripts');
    expect(directives.get('sandbox')).not.toContain('allow-same-origin');
    expect(directives.get('sandbox')?.join(' ')).not.toContain('top-navigation');
    for (const closed of ['default-src', 'form-action', 'base-uri']) expect(directives.get(closed)).toEqual(["'none'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'self'", 'http://localhost:7800']);
  });

  it('opens our own origin to scripts only where assets and objects lie', () => {
    expect(policy('http://localhost:7800', ['http://localhost:7800/bucket/']).get('connect-src')).toEqual([
      'http://localhost:7800/assets/',
      'http://localhost:7800/bucket/',
      'https:',
      'data:',
      'blob:',
    ]);
  });

  it.each([
    ['http://localhost:7800', true],
    ['http://127.0.0.1:7800/portal', true],
    ['https://review.example.com', false],
    ['http://review.example.com', false],
  ])('%s allows libraries on loopback: %s', (origin, allowed) => {
    expect(policy(origin).get('script-src')?.includes('http://localhost:*')).toBe(allowed);
  });

  it('refuses what is no origin', () => {
    expect(() => frameHeaders({ assetsOrigin: '/assets' })).toThrow(TypeError);
  });

  it('is not kept and not sniffed', () => {
    expect(frameHeaders({ assetsOrigin: 'https://host' })).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
  });
});

it('finds the buckets that a page reads from', () => {
  const html = `<img src="http://h:1/one/k?X=1"> {"u":"http://h:1/two/k"} http://h:1/one/z http://h:1/portal/api/session
    http://h:1/Portal/api http://h:1/x; http://h:1/no-slash http://other:1/three/k`;
  expect(frameDataSources(html, 'http://h:1/')).toEqual(['http://h:1/one/', 'http://h:1/two/']);
});
