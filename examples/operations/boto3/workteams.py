"""Workteams, one operation after the other."""

from botocore.exceptions import ClientError
from client import client

sagemaker = client("sagemaker")
directory = sagemaker.describe_workforce(WorkforceName="default")["Workforce"]["CognitoConfig"]

# region CreateWorkteam
team = sagemaker.create_workteam(
    WorkteamName="example-accounting",
    WorkforceName="default",
    Description="Whoever checks invoices",
    MemberDefinitions=[{"CognitoMemberDefinition": {**directory, "UserGroup": "accounting"}}],
)
print(f"Created {team['WorkteamArn']}")
# endregion CreateWorkteam


# region DescribeWorkteam
def describe(name):
    try:
        team = sagemaker.describe_workteam(WorkteamName=name)["Workteam"]
        print(f"{name}: {team['Description']}, portal at {team['SubDomain']}")
    except ClientError as error:
        # A missing workteam has no error of its own.
        if error.response["Error"]["Code"] != "ValidationException":
            raise
        print(error.response["Error"]["Message"])
# endregion DescribeWorkteam


describe("example-accounting")
describe("example-accountants")

# region ListWorkteams
pages = sagemaker.get_paginator("list_workteams").paginate(SortBy="Name", NameContains="example")
for page in pages:
    for team in page["Workteams"]:
        print(f"{team['WorkteamName']}: {team['WorkteamArn']}")
# endregion ListWorkteams

# region UpdateWorkteam
groups = ["accounting", "controlling"]
team = sagemaker.update_workteam(
    WorkteamName="example-accounting",
    MemberDefinitions=[{"CognitoMemberDefinition": {**directory, "UserGroup": group}} for group in groups],
)["Workteam"]
for member in team["MemberDefinitions"]:
    print(f"Asks the group {member['CognitoMemberDefinition']['UserGroup']}")
# endregion UpdateWorkteam

# region ListSubscribedWorkteams
teams = [
    team["MarketplaceTitle"]
    for page in sagemaker.get_paginator("list_subscribed_workteams").paginate()
    for team in page["SubscribedWorkteams"]
]
print(f"Vendors' workteams: {', '.join(teams) or 'none'}")
# endregion ListSubscribedWorkteams

# region DescribeSubscribedWorkteam
arn = team["WorkteamArn"].replace("private-crowd/example-accounting", "vendor-crowd/example")
try:
    vendor = sagemaker.describe_subscribed_workteam(WorkteamArn=arn)["SubscribedWorkteam"]
    print(f"{vendor['MarketplaceTitle']} by {vendor['SellerName']}")
except ClientError as error:
    print(error.response["Error"]["Message"])
# endregion DescribeSubscribedWorkteam

# region DeleteWorkteam
deleted = sagemaker.delete_workteam(WorkteamName="example-accounting")
if deleted["Success"]:
    print("example-accounting is deleted")
# endregion DeleteWorkteam
