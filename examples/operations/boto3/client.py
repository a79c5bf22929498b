"""A boto3 client of the server that AWS_CONFIG_FILE names, in boto3 of any age."""

import boto3
import botocore.session


def client(service):
    # boto3 1.28 and newer read the section of endpoints themselves, and this finds nothing: boto3.client(service) is all
    # that a program needs. Older ones keep it as a section that they do not know.
    endpoints = botocore.session.get_session().full_config.get("services holdpoint", {})
    endpoint = endpoints.get(service.replace("-", "_"), {}).get("endpoint_url")
    return boto3.client(service, endpoint_url=endpoint)
