// Where our table departs from AWS's service models on purpose.

export interface ModelDeviation {
  /** The end of the path of the fact, such as `.HumanLoopName.pattern`. */
  readonly path: string;
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly reason: string;
}

/** The one list of known deviations, which the comparison with the models reads. */
export const modelDeviations: readonly ModelDeviation[] = [
  {
    path: '.HumanLoopName.pattern',
    ours: '[A-Za-z0-9](-*[A-Za-z0-9])*',
    theirs: '^[a-z0-9](-*[a-z0-9])*$',
    reason: 'The live service was seen to accept names with upper-case letters, and programs use them.',
  },
  {
    path: 'CreateFlowDefinition.input.required.HumanLoopConfig',
    ours: true,
    theirs: undefined,
    reason: 'Nothing can be reviewed without it; models before 2024 required it.',
  },
  {
    path: 'StartHumanLoop.input.HumanLoopInput.InputContent.sensitive',
    ours: true,
    theirs: undefined,
    reason: 'Messages and logs never repeat what is under review.',
  },
  {
    path: 'RenderUiTemplate.input.Task.Input.sensitive',
    ours: true,
    theirs: undefined,
    reason: 'Messages and logs never repeat what is under review.',
  },
];
