import { oneOf } from '../shape.ts';

/**
 * Why no more workers are asked: a `veto`, as many equal answers as the `quorum` says, `no-quorum` since nobody who could still be
 * asked would make one, the `confidence` that the flow asks for, `agreement` of more than half, `most-answers`, or the
 * `adjudication` of somebody who was asked after that.
 */
export const StopReason = oneOf(
  'veto',
  'quorum',
  'no-quorum',
  'confidence',
  'agreement',
  'most-answers',
  'adjudication',
);
