"""Has people check the keys and values that the document service read off a form."""
import json
import struct
import uuid
import zlib

import boto3
from cells import pause, show

BUCKET = "document-forms"
DOCUMENT = "forms/visit 1.png"
SOURCE = "AWS/Textract/AnalyzeDocument/Forms/V1"
CLASSIFIERS = ["FreeOfPersonallyIdentifiableInformation", "FreeOfAdultContent"]

sagemaker = boto3.client("sagemaker")
a2i = boto3.client("sagemaker-a2i-runtime")
s3 = boto3.client("s3")
textract = boto3.client("textract")


def picture(width, height):
    """A PNG with a slope of grey from left to right."""
    row = bytes([0]) + bytes(60 + 120 * x // width for x in range(width))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(row * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


template = r"""<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
{% capture s3_uri %}s3://{{ task.input.aiServiceRequest.document.s3Object.bucket }}/{{ task.input.aiServiceRequest.document.s3Object.name }}{% endcapture %}

<crowd-form>
  <crowd-textract-analyze-document
    src="{{ s3_uri | grant_read_access }}"
    initial-value="{{ task.input.selectedAiServiceResponse.blocks }}"
    header="Check the pairs on the right against the document"
    keys="{{ task.input.humanLoopContext.importantFormKeys }}"
    no-key-edit=""
    no-geometry-edit=""
    block-types="['KEY_VALUE_SET']"
  >
    <short-instructions header="What to do"><p>Correct the values; say which keys the page does not have.</p></short-instructions>
    <full-instructions header="Values"><p>Type a value of several lines as one.</p></full-instructions>
  </crowd-textract-analyze-document>
</crowd-form>"""

conditions = json.dumps(
    {
        "Conditions": [
            {
                "Or": [
                    {
                        "ConditionType": "ImportantFormKeyConfidenceCheck",
                        "ConditionParameters": {"ImportantFormKey": "*", "KeyValueBlockConfidenceLessThan": 85},
                    },
                    {
                        "ConditionType": "MissingImportantFormKey",
                        "ConditionParameters": {"ImportantFormKey": "Zip Code:"},
                    },
                    {
                        "ConditionType": "MissingImportantFormKey",
                        "ConditionParameters": {
                            "ImportantFormKey": "Date of Visit",
                            "ImportantFormKeyAliases": ["Visited on", "Date:"],
                        },
                    },
                    {
                        "ConditionType": "MissingImportantFormKey",
                        "ConditionParameters": {
                            "ImportantFormKey": "Telephone",
                            "ImportantFormKeyAliases": ["Phone No."],
                        },
                    },
                ]
            }
        ]
    }
)

s3.create_bucket(Bucket=BUCKET)
s3.put_object(Bucket=BUCKET, Key=DOCUMENT, Body=picture(400, 300), ContentType="image/png")
ui = sagemaker.create_human_task_ui(HumanTaskUiName="forms", UiTemplate={"Content": template})
flow_arn = sagemaker.create_flow_definition(
    FlowDefinitionName="forms",
    RoleArn="arn:aws:iam::000000000000:role/ReviewRole",
    HumanLoopRequestSource={"AwsManagedHumanLoopRequestSource": SOURCE},
    HumanLoopActivationConfig={
        "HumanLoopActivationConditionsConfig": {"HumanLoopActivationConditions": conditions}
    },
    HumanLoopConfig={
        "WorkteamArn": sagemaker.list_workteams()["Workteams"][0]["WorkteamArn"],
        "HumanTaskUiArn": ui["HumanTaskUiArn"],
        "TaskCount": 1,
        "TaskDescription": "Check what was read off a form",
        "TaskTitle": "Check a form",
    },
    OutputConfig={"S3OutputPath": f"s3://{BUCKET}/reviewed"},
)["FlowDefinitionArn"]
described = sagemaker.describe_flow_definition(FlowDefinitionName="forms")
activation_config = described["HumanLoopActivationConfig"]["HumanLoopActivationConditionsConfig"]
assert activation_config["HumanLoopActivationConditions"] == conditions, activation_config
assert described["HumanLoopRequestSource"] == {"AwsManagedHumanLoopRequestSource": SOURCE}, described

answer = textract.analyze_document(
    Document={"S3Object": {"Bucket": BUCKET, "Name": DOCUMENT}},
    FeatureTypes=["FORMS"],
    HumanLoopConfig={
        "HumanLoopName": str(uuid.uuid4()),
        "FlowDefinitionArn": flow_arn,
        "DataAttributes": {"ContentClassifiers": CLASSIFIERS},
    },
)
activation = answer["HumanLoopActivationOutput"]
assert len(activation["HumanLoopActivationReasons"]) != 0, activation
evaluated = json.loads(activation["HumanLoopActivationConditionsEvaluationResults"])["Conditions"][0]
loop = activation["HumanLoopArn"].split("/")[-1]
uri = a2i.describe_human_loop(HumanLoopName=loop)["HumanLoopOutput"]["OutputS3Uri"]
pause(loop=loop, uri=uri, evaluated=[each["EvaluationResult"] for each in evaluated["Or"]])


def text_of(block, blocks, kinds):
    """The text below a block: that of the first of these kinds that it has any of."""
    ids = [name for each in block.get("relationships", []) if each["type"] == "CHILD" for name in each["ids"]]
    for kind in kinds:
        texts = [blocks[name]["text"] for name in ids if blocks[name]["blockType"] == kind]
        if texts:
            return " ".join(texts)
    return ""


def key_values(blocks, kinds):
    """The pairs of an answer, in the order of their keys."""
    by_id = {block["id"]: block for block in blocks}
    pairs = []
    for block in blocks:
        if block["blockType"] != "KEY_VALUE_SET" or "KEY" not in block["entityTypes"]:
            continue
        values = [name for each in block["relationships"] if each["type"] == "VALUE" for name in each["ids"]]
        value = " ".join(text_of(by_id[name], by_id, kinds) for name in values)
        pairs.append([text_of(block, by_id, kinds), value])
    return pairs


assert a2i.describe_human_loop(HumanLoopName=loop)["HumanLoopStatus"] == "Completed"
bucket, key = uri.replace("s3://", "").split("/", 1)
output = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
blocks = output["humanAnswers"][0]["answerContent"][SOURCE]["blocks"]
show(output=output, byLine=key_values(blocks, ["LINE", "WORD"]), byWord=key_values(blocks, ["WORD"]))
