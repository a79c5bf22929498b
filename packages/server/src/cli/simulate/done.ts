import type { JsonObject } from '@holdpoint/protocol';

/** One thing that a worker did. */
export interface Done {
  readonly worker: string;
  /** `lost`: somebody ended it meanwhile; `failed`: the rules ask for what cannot be done, and the task was given back. */
  readonly what: 'answered' | 'declined' | 'released' | 'lost' | 'failed' | 'left alone';
  readonly humanLoopName: string;
  readonly flowDefinitionName: string;
  /** The number of the rule, from 1. */
  readonly rule?: number | undefined;
  /** That it took. */
  readonly seconds?: number;
  readonly isMistake?: boolean;
  readonly answerContent?: JsonObject;
  /** A sentence without its full stop. */
  readonly why?: string;
}
