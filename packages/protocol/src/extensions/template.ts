// Operations of our own on templates of human task UIs.
import { holdpointOperations } from '../operations/operation.ts';
import { integer, list, oneOf, string, structure } from '../shape.ts';

/** The template's source. It may be longer than that of a human task UI: its length is a finding like any other. */
const Content = string({ max: 1_000_000 });
/** The sample input as JSON text, as long as the input content of a human loop may be. What is no JSON is a finding. */
const Input = string({ max: 3_145_728, sensitive: true });

export const templateOperations = holdpointOperations({
  /**
   * Looks a template over before a worker sees it: Liquid, elements, controls whose answers would be lost, and what is
   * printed into scripts and attributes. With a sample input it is rendered too, so that every error of RenderUiTemplate is
   * among the findings. What is wrong with the template or the input is data, never an error.
   */
  CheckUiTemplate: {
    input: structure(
      {
        /** The template to look over. */
        UiTemplate: structure({ Content }, ['Content']),
        /** A sample input to render it with. */
        Task: structure({ Input }, ['Input']),
      },
      ['UiTemplate'],
    ),
    output: structure(
      {
        /** In the order of the template; empty when there is nothing to say. */
        Findings: list(
          structure(
            {
              /** Error: workers could not do the task, or it would fail. Warning: it may not be what was meant. */
              Severity: oneOf('Error', 'Warning'),
              /** What kind of finding it is; those of rendering have the codes of RenderUiTemplate. */
              Code: string(),
              /** What is wrong, and what is likely meant. */
              Message: string(),
              /** Of the template, counted from 1; without it the finding is about the whole. */
              Line: integer(1),
              /** In the line, counted from 1 in UTF-16 units, as editors do. */
              Column: integer(1),
            },
            ['Severity', 'Code', 'Message'],
          ),
        ),
      },
      ['Findings'],
    ),
  },
});
