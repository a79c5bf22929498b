"""Translates a document sentence by sentence and lets people edit the translations."""
import json
import time

import boto3
from cells import pause, show

BUCKET = "translations"
timestamp = str(int(time.time()))

sagemaker = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")
s3 = boto3.client("s3")
s3.create_bucket(Bucket=BUCKET)

SOURCE = """She said "wait" & left the <b>old</b> house.
It's 5 < 6, isn't it?
The boy's kite fell into {{ the }} river."""


class CannedTranslate:
    """Answers as the AI service would."""

    answers = [
        'Ella dijo "espera" & dejó la <b>vieja</b> casa, ñandú.',
        "Es 5 < 6, ¿no?",
        "La cometa del niño cayó en el {{ el }} río.",
    ]

    def translate_text(self, Text, SourceLanguageCode, TargetLanguageCode):
        return {"TranslatedText": "\n".join(self.answers), "TargetLanguageCode": TargetLanguageCode}


translate = CannedTranslate()
s3.put_object(Bucket=BUCKET, Key="input/story.txt", Body=SOURCE.encode("utf-8"))
original = s3.get_object(Bucket=BUCKET, Key="input/story.txt")["Body"].read().decode("utf-8")
translated = translate.translate_text(Text=original, SourceLanguageCode="en", TargetLanguageCode="es")
pairs = [
    {"originalText": source, "translation": target}
    for source, target in zip(original.split("\n"), translated["TranslatedText"].split("\n"))
]

template = r"""
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<style>table, th, td { border: 1px solid black; border-collapse: collapse; padding: 5px; }</style>
<crowd-form>
  <div><h1>Instructions</h1><p>Please review the translations below and edit what is wrong.</p></div>
  <table>
    <tr><th>Original</th><th>Translation</th><th>Rating</th></tr>
    {% for pair in task.input.translationPairs %}
    <tr>
      <td>{{ pair.originalText }}</td>
      <td><crowd-text-area name="translation{{ forloop.index }}" label="Translation {{ forloop.index }}"
            value="{{ pair.translation }}" rows="2"></crowd-text-area></td>
      <td>
        <p><input type="radio" id="good{{ forloop.index }}" name="rating{{ forloop.index }}" value="good" required>
          <label for="good{{ forloop.index }}">Good {{ forloop.index }}</label></p>
        <p><input type="radio" id="poor{{ forloop.index }}" name="rating{{ forloop.index }}" value="poor" required>
          <label for="poor{{ forloop.index }}">Poor {{ forloop.index }}</label></p>
      </td>
    </tr>
    {% endfor %}
  </table>
  <br/>
  <crowd-button form-action="submit" variant="primary">Submit</crowd-button>
</crowd-form>
"""

workteam_arn = sagemaker.describe_workteam(WorkteamName="reviewers")["Workteam"]["WorkteamArn"]
task_ui = sagemaker.create_human_task_ui(HumanTaskUiName="translate-ui-" + timestamp, UiTemplate={"Content": template})
flow = sagemaker.create_flow_definition(
    FlowDefinitionName="translate-flow-" + timestamp,
    RoleArn="arn:aws:iam::000000000000:role/ReviewRole",
    HumanLoopConfig={
        "WorkteamArn": workteam_arn,
        "HumanTaskUiArn": task_ui["HumanTaskUiArn"],
        "TaskCount": 1,
        "TaskDescription": "Review the translations done by the machine",
        "TaskTitle": "Review and Improve translation",
        "TaskAvailabilityLifetimeInSeconds": 3600,
        "TaskTimeLimitInSeconds": 1800,
    },
    OutputConfig={"S3OutputPath": f"s3://{BUCKET}/"},
)

loop_name = "Translate-HumanLoop-Text" + timestamp
started = a2i.start_human_loop(
    HumanLoopName=loop_name,
    FlowDefinitionArn=flow["FlowDefinitionArn"],
    HumanLoopInput={"InputContent": json.dumps({"translationPairs": pairs})},
)
before = a2i.describe_human_loop(HumanLoopName=loop_name)
pause(loop=loop_name, arn=started["HumanLoopArn"], uri=before["HumanLoopOutput"]["OutputS3Uri"], pairs=pairs)

resp = a2i.describe_human_loop(HumanLoopName=loop_name)
if resp["HumanLoopStatus"] == "Completed":
    key = resp["HumanLoopOutput"]["OutputS3Uri"].split(BUCKET + "/")[1]
    output = json.loads(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode("utf-8"))
    answers = output["humanAnswers"][0]["answerContent"]
    edited = "\n".join(answers["translation" + str(index + 1)] for index in range(len(pairs)))
    post_edits = "post_edits/PO-" + loop_name + ".txt"
    s3.put_object(Bucket=BUCKET, Key=post_edits, Body=edited.encode("utf-8"))
    names = [item["Key"] for item in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    kept = s3.get_object(Bucket=BUCKET, Key=post_edits)["Body"].read().decode("utf-8")
    show(output=output, postEdits=kept, names=names)
