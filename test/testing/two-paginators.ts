// The paginators of boto3 and of our client, over the same scripted pages.
import type { OperationName } from '@holdpoint/client';
import { expect } from 'vitest';
import type { Scripted } from './scripted-server.ts';
import { ourFailure, pythonName, type SignedRequest, theirFailure, useTwoClients } from './two-clients.ts';

/** How an iteration went, in one form for both. */
export interface Iteration {
  readonly pages: readonly unknown[];
  readonly resumeToken: string | null;
  readonly error?: unknown;
  readonly requests: readonly SignedRequest[];
}

export interface Mode {
  /** How often the same pages are iterated. */
  readonly times?: number;
  readonly full?: boolean;
  readonly search?: string;
}

type Iterate = (
  input: object,
  script: readonly Scripted[],
  mode?: Mode,
  operation?: OperationName,
) => Promise<Iteration>;

export interface TwoPaginators {
  readonly ours: Iterate;
  readonly theirs: Iterate;
  /** Expects the same of both. */
  readonly same: Iterate;
}

/** Starts before all tests of the file. Without an operation `ListHumanLoops` is meant. */
export function useTwoPaginators(): TwoPaginators {
  const two = useTwoClients();

  const ours: Iterate = async (input, script, mode = {}, operation = 'ListHumanLoops') => {
    two.server.play(...script);
    const client = two.client({ operation });
    const seen: unknown[] = [];
    let error: unknown;
    let resumeToken: string | undefined;
    try {
      const pages = client.getPaginator(pythonName(operation)).paginate(input as never);
      try {
        if (mode.full) seen.push(await pages.buildFullResult());
        else
          for (let time = 0; time < (mode.times ?? 1); time++)
            for await (const item of mode.search === undefined ? pages : pages.search(mode.search)) seen.push(item);
      } finally {
        ({ resumeToken } = pages);
      }
    } catch (thrown) {
      error = ourFailure(thrown, client.exceptions);
    }
    client.close();
    return {
      pages: seen,
      resumeToken: resumeToken ?? null,
      ...(error !== undefined && { error }),
      requests: two.requested(),
    };
  };

  const theirs: Iterate = async (input, script, mode = {}, operation = 'ListHumanLoops') => {
    two.server.play(...script);
    const reply = await two.oracle.paginate(two.choices({ operation }), pythonName(operation), input, mode);
    const { pages = [], resumeToken = null, error = reply.error } = reply.result ?? {};
    return { pages, resumeToken, ...(error && { error: theirFailure(error) }), requests: two.requested() };
  };

  return {
    ours,
    theirs,
    async same(...given) {
      const found = await ours(...given);
      expect(found).toEqual(await theirs(...given));
      return found;
    },
  };
}
