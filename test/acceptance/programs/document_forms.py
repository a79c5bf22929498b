"""Has people check the keys and values that a document service read off a form, as the service itself would."""
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


class CannedTextract:
    """Answers as the AI service would, and starts its human loops."""

    # Key, value, confidence that they belong together, and the top of their row as a part of the page's height.
    pairs = [
        ("Full Name:", "Jane D0e", 71.25, 0.1),
        ("Phone No.", "555-0100", 64.5, 0.3),
        ("Mail Address:", "1 Any Street & Co, Anytown", 99.5, 0.5),
    ]

    def blocks(self):
        page = {"BlockType": "PAGE", "Id": "page", "Relationships": [{"Type": "CHILD", "Ids": []}]}
        blocks = [page]
        for row, (key, value, confidence, top) in enumerate(self.pairs):
            for part, text, left in (("KEY", key, 0.05), ("VALUE", value, 0.5)):
                words = [f"{part.lower()}-{row}-{index}" for index in range(len(text.split()))]
                relationships = [{"Type": "CHILD", "Ids": words}]
                if part == "KEY":
                    relationships.insert(0, {"Type": "VALUE", "Ids": [f"value-{row}"]})
                blocks.append(self.block("KEY_VALUE_SET", f"{part.lower()}-{row}", confidence, left, top, 0.4))
                blocks[-1].update({"EntityTypes": [part], "Relationships": relationships})
                page["Relationships"][0]["Ids"].append(f"{part.lower()}-{row}")
                for index, (name, word) in enumerate(zip(words, text.split())):
                    blocks.append(self.block("WORD", name, 98.5, left + index / 16, top, 1 / 16))
                    blocks[-1]["Text"] = word
        return blocks

    def block(self, kind, name, confidence, left, top, width):
        height = 0.125
        corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
        geometry = {
            "BoundingBox": {"Width": width, "Height": height, "Left": left, "Top": top},
            "Polygon": [{"X": x, "Y": y} for x, y in corners],
        }
        return {"BlockType": kind, "Id": name, "Confidence": confidence, "Geometry": geometry}

    def analyze_document(self, Document, FeatureTypes, HumanLoopConfig):
        response = {"DocumentMetadata": {"Pages": 1}, "Blocks": self.blocks()}
        flow = sagemaker.describe_flow_definition(FlowDefinitionName=HumanLoopConfig["FlowDefinitionArn"].split("/")[-1])
        given = flow["HumanLoopActivationConfig"]["HumanLoopActivationConditionsConfig"]["HumanLoopActivationConditions"]
        results, doubtful, missing = [], [], []
        for condition in json.loads(given)["Conditions"][0]["Or"]:
            wanted = condition["ConditionParameters"]
            names = [wanted["ImportantFormKey"], *wanted.get("ImportantFormKeyAliases", [])]
            rows = [row for row, pair in enumerate(self.pairs) if pair[0] in names or "*" in names]
            if condition["ConditionType"] == "MissingImportantFormKey":
                met = not rows
                missing += [{name: wanted[name] for name in wanted if name.startswith("ImportantFormKey")}] if met else []
            else:
                rows = [row for row in rows if self.pairs[row][2] < wanted["KeyValueBlockConfidenceLessThan"]]
                met = bool(rows)
                doubtful += rows
            results.append({**condition, "EvaluationResult": met})
        conditions = [{"Or": results, "EvaluationResult": any(each["EvaluationResult"] for each in results)}]
        activation = {
            "HumanLoopActivationReasons": [],
            "HumanLoopActivationConditionsEvaluationResults": json.dumps({"Conditions": conditions}),
        }
        if conditions[0]["EvaluationResult"]:
            content = {
                "aiServiceRequest": camel(
                    {"Document": Document, "FeatureTypes": FeatureTypes, "HumanLoopConfig": HumanLoopConfig}
                ),
                "aiServiceResponse": camel(response),
                "humanLoopContext": {"importantFormKeys": camel(missing)},
                "humanTaskActivationConditionResults": {"Conditions": conditions},
                "selectedAiServiceResponse": {
                    "blocks": camel(self.selected(response["Blocks"], set(doubtful))),
                    "documentMetadata": {"pages": 1},
                },
            }
            activation["HumanLoopActivationReasons"].append("ConditionsEvaluation")
            activation["HumanLoopArn"] = a2i.start_human_loop(
                HumanLoopName=HumanLoopConfig["HumanLoopName"],
                FlowDefinitionArn=HumanLoopConfig["FlowDefinitionArn"],
                HumanLoopInput={"InputContent": json.dumps(content)},
                DataAttributes=HumanLoopConfig["DataAttributes"],
            )["HumanLoopArn"]
        return {**response, "HumanLoopActivationOutput": activation}

    def selected(self, blocks, rows):
        """What is shown to people: pairs with their outlines only, words with nothing but their text."""
        chosen = []
        for block in blocks:
            row = block["Id"].split("-")[1:2]
            if not row or int(row[0]) not in rows:
                continue
            if block["BlockType"] == "WORD":
                chosen.append({name: block[name] for name in ("BlockType", "Id", "Text")})
            else:
                chosen.append({**block, "Geometry": {"Polygon": block["Geometry"]["Polygon"]}})
        return chosen


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

answer = CannedTextract().analyze_document(
    Document={"S3Object": {"Bucket": BUCKET, "Name": DOCUMENT}},
    FeatureTypes=["FORMS"],
    HumanLoopConfig={
        "HumanLoopName": str(uuid.uuid4()),
        "FlowDefinitionArn": flow_arn,
        "DataAttributes": {"ContentClassifiers": CLASSIFIERS},
    },
)
loop = answer["HumanLoopActivationOutput"]["HumanLoopArn"].split("/")[-1]
uri = a2i.describe_human_loop(HumanLoopName=loop)["HumanLoopOutput"]["OutputS3Uri"]
pause(loop=loop, uri=uri)


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
