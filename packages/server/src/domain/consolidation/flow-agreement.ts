import { type Change, discard } from '../change.ts';

/** The row of figures in which it stands what the answers to a flow say about each other. */
export const agreementId = (flowDefinitionId: string): string => `agreement:${flowDefinitionId}`;

/** It names values that were answered, so that it goes with the flow. */
export const dropAgreement = (flowDefinitionId: string): Change => discard('statistics', agreementId(flowDefinitionId));
