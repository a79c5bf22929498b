import { oneOf } from '../shape.ts';

/**
 * Why no more workers are asked: a `veto`, as many equal answers as the `quorum` says, `no-quorum` since nobody who could still be
 * asked would make one, the `confidence` that the flow asks for, `agreement` of more than half, or `most-answers`.
 */
export const StopReason = oneOf('veto', 'quorum', 'no-quorum', 'confidence', 'agreement', 'most-answers');
