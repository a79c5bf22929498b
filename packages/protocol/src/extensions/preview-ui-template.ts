// The task page as a worker's browser would get it, for those who write templates.
import { holdpointOperations } from '../operations/operation.ts';
import { HumanTaskUiArn, Origin } from '../operations/shapes.ts';
import { list, string, structure } from '../shape.ts';

/** The template's source. It may be longer than that of a human task UI: that is a finding of `CheckUiTemplate`. */
const Content = string({ max: 1_000_000 });
/** The sample input as JSON text, as long as the input content of a human loop may be. */
const Input = string({ min: 1, max: 3_145_728, sensitive: true });

export const previewOperations = holdpointOperations({
  /**
   * Makes the document of the portal's task frame from a template and a sample input, with the policy under which it has
   * to be shown. What is wrong with the template comes back as data; the portal shows no page that has errors.
   *
   * @error ValidationException the input is not JSON, or not exactly one of UiTemplate and HumanTaskUiArn is given
   * @error ResourceNotFound there is no such human task UI
   */
  PreviewUiTemplate: {
    input: structure(
      {
        /** A template; or else `HumanTaskUiArn` names one. */
        UiTemplate: structure({ Content }, ['Content']),
        HumanTaskUiArn,
        /** The sample input. */
        Task: structure({ Input }, ['Input']),
        /** Where the browser that shows the page reaches the server; by default its public address. */
        Origin,
      },
      ['Task'],
    ),
    output: structure(
      {
        /** As much of the page as could be made. Addresses of assets and objects in it are absolute. */
        Page: string(),
        /** The header of that name; without it the page would have more rights than a worker gives it. */
        ContentSecurityPolicy: string(),
        /** What is wrong with the template; empty when nothing is. */
        Errors: list(
          structure(
            {
              /** The kind of error, as RenderUiTemplate answers it. */
              Code: string(),
              /** What is wrong, in a sentence. */
              Message: string(),
            },
            ['Code', 'Message'],
          ),
        ),
      },
      ['Page', 'ContentSecurityPolicy', 'Errors'],
    ),
    errors: ['ResourceNotFound'],
  },
});
