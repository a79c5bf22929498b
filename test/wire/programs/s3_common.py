"""What the programs of this folder share: clients for the endpoint in the environment, and the codes of errors."""

import os

import boto3
from botocore.exceptions import ClientError

KEYS = {
    "endpoint_url": os.environ["ENDPOINT"],
    "aws_access_key_id": os.environ["KEY_ID"],
    "aws_secret_access_key": os.environ["SECRET"],
}


def client(service="s3", region="us-east-1", **changes):
    return boto3.client(service, region_name=region, **{**KEYS, **changes})


def code(call, *args, **kwargs):
    """The error code of a call that must fail, with its HTTP status."""
    try:
        call(*args, **kwargs)
    except ClientError as error:
        return f"{error.response['Error']['Code']} {error.response['ResponseMetadata']['HTTPStatusCode']}"
    raise AssertionError("the call succeeded")
