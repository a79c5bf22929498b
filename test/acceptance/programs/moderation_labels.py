"""Has people look at the images that a moderation service is unsure of, as the service itself would."""
import json
import struct
import uuid
import zlib

import boto3
from cells import pause, show

BUCKET = "moderation-labels"
SOURCE = "AWS/Rekognition/DetectModerationLabels/Image/V3"

sagemaker = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")
s3 = boto3.client("s3")


def picture(width, height):
    """A PNG with a slope of grey from left to right."""
    row = bytes([0]) + bytes(60 + 120 * x // width for x in range(width))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(row * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def camel(value):
    """Members as the service hands them to its templates."""
    if isinstance(value, dict):
        return {name[0].lower() + name[1:]: camel(member) for name, member in value.items()}
    return [camel(member) for member in value] if isinstance(value, list) else value


class CannedRekognition:
    """Answers as the AI service would, and starts its human loops."""

    answers = {
        "images/party & games.png": [
            ("Drugs & Tobacco", "", 88.5),
            ("Smoking", "Drugs & Tobacco", 88.5),
            ("Violence", "", 61.2),
            ("Weapon Violence", "Violence", 61.2),
            ('"Adult" Toys', "Explicit", 12.25),
        ],
        "images/meadow.png": [("Alcohol", "", 99.5)],
    }

    def evaluate(self, condition, labels):
        """The condition with its result, and the labels that it selects."""
        for group, combine in (("Or", any), ("And", all)):
            if group in condition:
                parts = [self.evaluate(part, labels) for part in condition[group]]
                met = combine(part["EvaluationResult"] for part, _ in parts)
                chosen = [label for _, selected in parts for label in selected] if met else []
                return {group: [part for part, _ in parts], "EvaluationResult": met}, chosen
        wanted = condition["ConditionParameters"]
        chosen = [
            label
            for label in labels
            if wanted["ModerationLabelName"] in ("*", label["Name"])
            and label["Confidence"] < wanted.get("ConfidenceLessThan", 101)
            and label["Confidence"] > wanted.get("ConfidenceGreaterThan", -1)
        ]
        return {**condition, "EvaluationResult": bool(chosen)}, chosen

    def detect_moderation_labels(self, Image, HumanLoopConfig):
        answer = self.answers[Image["S3Object"]["Name"]]
        labels = [{"Confidence": score, "Name": name, "ParentName": parent} for name, parent, score in answer]
        response = {"ModerationLabels": labels, "ModerationModelVersion": "4.0"}
        flow = sagemaker.describe_flow_definition(FlowDefinitionName=HumanLoopConfig["FlowDefinitionArn"].split("/")[-1])
        given = flow["HumanLoopActivationConfig"]["HumanLoopActivationConditionsConfig"]["HumanLoopActivationConditions"]
        results, chosen = zip(*(self.evaluate(condition, labels) for condition in json.loads(given)["Conditions"]))
        selected = [label for label in labels if any(label in some for some in chosen)]
        activation = {
            "HumanLoopActivationReasons": ["ConditionsEvaluation"] if selected else [],
            "HumanLoopActivationConditionsEvaluationResults": json.dumps({"Conditions": results}),
        }
        if selected:
            content = {
                "aiServiceRequest": camel({"Image": Image, "HumanLoopConfig": HumanLoopConfig}),
                "aiServiceResponse": camel(response),
                "humanTaskActivationConditionResults": {"Conditions": results},
                "selectedAiServiceResponse": camel({**response, "ModerationLabels": selected}),
            }
            activation["HumanLoopArn"] = a2i.start_human_loop(
                HumanLoopName=HumanLoopConfig["HumanLoopName"],
                FlowDefinitionArn=HumanLoopConfig["FlowDefinitionArn"],
                HumanLoopInput={"InputContent": json.dumps(content)},
                DataAttributes=HumanLoopConfig["DataAttributes"],
            )["HumanLoopArn"]
        return {**response, "HumanLoopActivationOutput": activation}


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
for key in CannedRekognition.answers:
    s3.put_object(Bucket=BUCKET, Key=key, Body=picture(96, 64), ContentType="image/png")
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

rekognition = CannedRekognition()
started, evaluations = [], []
for key in CannedRekognition.answers:
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
