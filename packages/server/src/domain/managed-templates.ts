/** The pages that come with the server, for what Textract and Rekognition found; they read the input of `managed-input.ts`. */
import type { ManagedSource } from '@holdpoint/protocol';

const script = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>';

const textract = `${script}
{% assign place = task.input.aiServiceRequest.document.s3Object %}
{% capture document %}s3://{{ place.bucket }}/{{ place.name }}{% endcapture %}

<crowd-form>
  <crowd-textract-analyze-document
    src="{{ document | grant_read_access }}"
    header="Compare what was read with the document"
    initial-value="{{ task.input.selectedAiServiceResponse.blocks }}"
    keys="{{ task.input.humanLoopContext.importantFormKeys }}"
    block-types="['KEY_VALUE_SET']"
    no-key-edit
    no-geometry-edit
  >
    <short-instructions header="What to do">
      <p>Choose a pair to see where it stands in the document.</p>
      <p>Correct the value where it differs. Say so where the two do not belong together.</p>
      <p>A key that was not found needs its value, or that it is blank, or that the document does not have it.</p>
    </short-instructions>
    <full-instructions header="How to write values">
      <ul>
        <li>Write letter for letter what stands in the document, mistakes too.</li>
        <li>Write a value of several lines as one line, with spaces between them.</li>
        <li>A box that is ticked is chosen, one that is empty is not.</li>
      </ul>
    </full-instructions>
  </crowd-textract-analyze-document>
</crowd-form>
`;

const rekognition = `${script}
{% assign place = task.input.aiServiceRequest.image.s3Object %}
{% capture image %}s3://{{ place.bucket }}/{{ place.name }}{% endcapture %}

<crowd-form>
  <crowd-rekognition-detect-moderation-labels
    src="{{ image | grant_read_access }}"
    header="What does this image show?"
    categories='[
      {% for label in task.input.selectedAiServiceResponse.moderationLabels %}
        { "name": {{ label.name | to_json }}, "parentName": {{ label.parentName | to_json }} },
      {% endfor %}
    ]'
    exclusion-category="{ text: 'None of these' }"
  >
    <short-instructions header="What to do">
      <p>Tick everything that you see in the image. Where there is none of it, choose “None of these”.</p>
    </short-instructions>
    <full-instructions header="What counts">
      <p>Drawings count like photographs, and what stands in the background counts, too. When you are not sure, tick it.</p>
    </full-instructions>
  </crowd-rekognition-detect-moderation-labels>
</crowd-form>
`;

export const managedTemplates: { readonly [S in ManagedSource]: string } = {
  'AWS/Rekognition/DetectModerationLabels/Image/V3': rekognition,
  'AWS/Textract/AnalyzeDocument/Forms/V1': textract,
};
