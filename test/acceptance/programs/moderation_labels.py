"""Has people look at the images that the moderation service is unsure of."""
import json
import struct
import uuid
import zlib

import boto3
from cells import pause, show

BUCKET = "moderation-labels"
SOURCE = "AWS/Rekognition/DetectModerationLabels/Image/V3"
IMAGES = {"images/party & games.png": (96, 64), "images/meadow.png": (64, 48)}

sagemaker = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")
s3 = boto3.client("s3")
rekognition = boto3.client("rekognition")


def picture(width, height):
    """A PNG with a slope of grey from left to right."""
    row = bytes([0]) + bytes(60 + 120 * x // width for x in range(width))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(row * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


template = r"""<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
{% capture s3_uri %}s3://{{ task.input.aiServiceRequest.image.s3Object.bucket }}/{{ task.input.aiServiceRequest.image.s3Object.name }}{% endcapture %}

<crowd-form>
  <crowd-rekognition-detect-moderation-labels
    categories='[
      {% for label in task.input.selectedAiServiceResponse.moderationLabels %}
        {
          name: {{ label.name | to_json }},
          parentName: {{ label.parentName | to_json }},
        },
      {% endfor %}
    ]'
    src="{{ s3_uri | grant_read_access }}"
    header="Choose everything that this image shows"
  >
    <short-instructions header="What to do"><p>Tick what is there. If nothing is, press None.</p></short-instructions>
    <full-instructions header="What counts"><p>What stands in the background counts, too.</p></full-instructions>
  </crowd-rekognition-detect-moderation-labels>
</crowd-form>"""

conditions = json.dumps(
    {
        "Conditions": [
            {
                "Or": [
                    {
                        "ConditionType": "ModerationLabelConfidenceCheck",
                        "ConditionParameters": {"ModerationLabelName": "Smoking", "ConfidenceLessThan": 90},
                    },
                    {
                        "And": [
                            {
                                "ConditionType": "ModerationLabelConfidenceCheck",
                                "ConditionParameters": {"ModerationLabelName": "Violence", "ConfidenceLessThan": 70},
                            },
                            {
                                "ConditionType": "ModerationLabelConfidenceCheck",
                                "ConditionParameters": {"ModerationLabelName": "*", "ConfidenceLessThan": 62.5},
                            },
                        ]
                    },
                ]
            }
        ]
    },
    indent=1,
)

s3.create_bucket(Bucket=BUCKET)
for key, size in IMAGES.items():
    s3.put_object(Bucket=BUCKET, Key=key, Body=picture(*size), ContentType="image/png")
ui = sagemaker.create_human_task_ui(HumanTaskUiName="moderation", UiTemplate={"Content": template})
flow_arn = sagemaker.create_flow_definition(
    FlowDefinitionName="moderation",
    RoleArn="arn:aws:iam::000000000000:role/ReviewRole",
    HumanLoopRequestSource={"AwsManagedHumanLoopRequestSource": SOURCE},
    HumanLoopActivationConfig={
        "HumanLoopActivationConditionsConfig": {"HumanLoopActivationConditions": conditions}
    },
    HumanLoopConfig={
        "WorkteamArn": sagemaker.list_workteams()["Workteams"][0]["WorkteamArn"],
        "HumanTaskUiArn": ui["HumanTaskUiArn"],
        "TaskCount": 1,
        "TaskDescription": "Look at the image and choose what it shows",
        "TaskTitle": "Review an image",
    },
    OutputConfig={"S3OutputPath": f"s3://{BUCKET}/reviewed/"},
)["FlowDefinitionArn"]
described = sagemaker.describe_flow_definition(FlowDefinitionName="moderation")
activation_config = described["HumanLoopActivationConfig"]["HumanLoopActivationConditionsConfig"]
assert activation_config["HumanLoopActivationConditions"] == conditions, activation_config
assert described["HumanLoopRequestSource"] == {"AwsManagedHumanLoopRequestSource": SOURCE}, described

started, evaluations = [], []
for key in IMAGES:
    answer = rekognition.detect_moderation_labels(
        Image={"S3Object": {"Bucket": BUCKET, "Name": key}},
        HumanLoopConfig={
            "HumanLoopName": str(uuid.uuid4()),
            "FlowDefinitionArn": flow_arn,
            "DataAttributes": {"ContentClassifiers": ["FreeOfPersonallyIdentifiableInformation"]},
        },
    )
    activation = answer["HumanLoopActivationOutput"]
    evaluations.append(json.loads(activation["HumanLoopActivationConditionsEvaluationResults"])["Conditions"][0])
    if "HumanLoopArn" in activation:
        started.append(activation["HumanLoopArn"].split("/")[-1])

uris = [a2i.describe_human_loop(HumanLoopName=loop)["HumanLoopOutput"]["OutputS3Uri"] for loop in started]
pause(loops=started, uris=uris, evaluated=[each["EvaluationResult"] for each in evaluations])

for loop in a2i.list_human_loops(FlowDefinitionArn=flow_arn)["HumanLoopSummaries"]:
    assert loop["HumanLoopStatus"] == "Completed", loop
    described = a2i.describe_human_loop(HumanLoopName=loop["HumanLoopName"])
    bucket, key = described["HumanLoopOutput"]["OutputS3Uri"].replace("s3://", "").split("/", 1)
    s3.download_file(bucket, key, "output.json")
    with open("output.json", encoding="utf-8") as file:
        output = json.load(file)
show(output=output, labels=output["humanAnswers"][0]["answerContent"][SOURCE]["moderationLabels"])
