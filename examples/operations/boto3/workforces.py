"""Workforces, one operation after the other.

There is one workforce at a time. The program takes away the one of a new server, whose only workteam is "reviewers", and
puts both back; where there is more, it changes nothing.
"""

import sys

from client import client

sagemaker = client("sagemaker")
flows = sagemaker.list_flow_definitions()["FlowDefinitionSummaries"]
teams = sagemaker.list_workteams()["Workteams"]
if flows or [team["WorkteamName"] for team in teams] != ["reviewers"]:
    sys.exit("This needs a new server: one without flow definitions and with no other workteam than reviewers.")
former = sagemaker.describe_workforce(WorkforceName="default")["Workforce"]
sagemaker.delete_workteam(WorkteamName="reviewers")

# region DeleteWorkforce
# Its workteams have to be deleted before.
sagemaker.delete_workforce(WorkforceName="default")
left = sagemaker.list_workforces()["Workforces"]
print(f"{len(left)} workforces are left")
# endregion DeleteWorkforce

# region CreateWorkforce
workforce = sagemaker.create_workforce(
    WorkforceName="example-workforce",
    CognitoConfig={"UserPool": "us-east-1_Holdpoint", "ClientId": "holdpoint"},
)
print(f"Created {workforce['WorkforceArn']}")
# endregion CreateWorkforce

# region DescribeWorkforce
workforce = sagemaker.describe_workforce(WorkforceName="example-workforce")["Workforce"]
print(f"{workforce['WorkforceName']} is {workforce['Status']}, its workers sign in at {workforce['SubDomain']}")
# endregion DescribeWorkforce

# region ListWorkforces
for page in sagemaker.get_paginator("list_workforces").paginate(SortBy="Name"):
    for workforce in page["Workforces"]:
        print(f"{workforce['WorkforceName']}: {workforce['WorkforceArn']}")
# endregion ListWorkforces

# region UpdateWorkforce
workforce = sagemaker.update_workforce(
    WorkforceName="example-workforce",
    SourceIpConfig={"Cidrs": ["192.0.2.0/24"]},
)["Workforce"]
print(f"Workers come from {', '.join(workforce['SourceIpConfig']['Cidrs'])}")
# endregion UpdateWorkforce

sagemaker.delete_workforce(WorkforceName="example-workforce")
sagemaker.create_workforce(WorkforceName="default", CognitoConfig=former["CognitoConfig"])
sagemaker.create_workteam(
    WorkteamName="reviewers",
    Description=teams[0]["Description"],
    MemberDefinitions=teams[0]["MemberDefinitions"],
)
