"""The calls that notebooks and jobs around human loops make, with boto3's default settings."""

import urllib.request

import boto3
from botocore.config import Config
from s3_common import client, code

s3 = client()
identity = client("sts").get_caller_identity()
assert identity["Account"] == "123456789012" and ":user/AKIABUCKETS" in identity["Arn"], identity
assert code(client("sts", aws_secret_access_key="x").get_caller_identity) == "SignatureDoesNotMatch 403"
assert code(client("sts").get_session_token) == "InvalidAction 400"

# Buckets
s3.create_bucket(Bucket="calls")
s3.create_bucket(Bucket="calls")
in_europe = {"LocationConstraint": "eu-central-1"}
europe = client(region="eu-central-1")
assert code(europe.create_bucket, Bucket="calls", CreateBucketConfiguration=in_europe) == "BucketAlreadyOwnedByYou 409"
europe.create_bucket(Bucket="european", CreateBucketConfiguration=in_europe)
assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["calls", "european"]
head = s3.head_bucket(Bucket="calls")["ResponseMetadata"]
assert head["HTTPHeaders"]["x-amz-bucket-region"] == "us-east-1" and head["RequestId"], head
assert s3.get_bucket_location(Bucket="calls").get("LocationConstraint") is None
for reserved in ["portal", "console", "assets", "docs", "healthz", "readyz", "metrics", "human-loops"]:
    assert code(s3.create_bucket, Bucket=reserved) == "InvalidBucketName 400"
assert code(s3.head_bucket, Bucket="nobody") == "404 404"
assert code(s3.get_bucket_policy, Bucket="calls") == "NoSuchBucketPolicy 404"
assert "Status" not in s3.get_bucket_versioning(Bucket="calls")
cors = [{"AllowedHeaders": ["*"], "AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]
assert code(s3.get_bucket_cors, Bucket="calls") == "NoSuchCORSConfiguration 404"
s3.put_bucket_cors(Bucket="calls", CORSConfiguration={"CORSRules": cors})
assert s3.get_bucket_cors(Bucket="calls")["CORSRules"] == cors
s3.delete_bucket_cors(Bucket="calls")

# Objects
key = "in put/ü+%.json"
put = s3.put_object(
    Bucket="calls", Key=key, Body=b'{"a":1}', ContentType="application/json", Metadata={"one": "1"}, CacheControl="no-cache"
)
got = s3.get_object(Bucket="calls", Key=key)
assert got["Body"].read() == b'{"a":1}' and got["ETag"] == put["ETag"]
assert (got["ContentType"], got["Metadata"], got["CacheControl"]) == ("application/json", {"one": "1"}, "no-cache")
assert s3.get_object(Bucket="calls", Key=key, Range="bytes=-2")["Body"].read() == b"1}"
assert s3.head_object(Bucket="calls", Key=key)["ContentLength"] == 7
assert code(s3.get_object, Bucket="calls", Key=key, Range="bytes=7-") == "InvalidRange 416"
assert code(s3.get_object, Bucket="calls", Key=key, IfNoneMatch=put["ETag"]) == "304 304"
assert code(s3.get_object, Bucket="calls", Key=key, IfMatch='"other"') == "PreconditionFailed 412"
assert code(s3.get_object, Bucket="calls", Key="none") == "NoSuchKey 404"
assert code(s3.head_object, Bucket="calls", Key="none") == "404 404"
assert code(s3.get_object, Bucket="nobody", Key="none") == "NoSuchBucket 404"
assert code(s3.put_object, Bucket="nobody", Key="none", Body=b"x") == "NoSuchBucket 404"
once = client(config=Config(retries={"max_attempts": 0}))
assert code(once.put_object, Bucket="calls", Key="x", Body=b"x", ContentMD5="AAAAAAAAAAAAAAAAAAAAAA==") == "BadDigest 400"
assert code(client(aws_secret_access_key="wrong").list_buckets) == "SignatureDoesNotMatch 403"
assert code(client(aws_access_key_id="NOBODY").list_buckets) == "InvalidAccessKeyId 403"
assert code(client(aws_session_token="token").list_buckets) == "InvalidToken 400"
s3.put_object(Bucket="calls", Key="folder/")
assert s3.get_object(Bucket="calls", Key="folder/")["Body"].read() == b""
assert s3.get_object_tagging(Bucket="calls", Key=key)["TagSet"] == []
assert s3.get_object_acl(Bucket="calls", Key=key)["Grants"][0]["Permission"] == "FULL_CONTROL"

# Copies
s3.copy({"Bucket": "calls", "Key": key}, "calls", "copied")
assert s3.head_object(Bucket="calls", Key="copied")["Metadata"] == {"one": "1"}
source = {"Bucket": "calls", "Key": "copied"}
assert code(s3.copy_object, CopySource=source, Bucket="calls", Key="copied") == "InvalidRequest 400"
s3.copy_object(CopySource=source, Bucket="calls", Key="copied", MetadataDirective="REPLACE", Metadata={"two": "2"})
assert s3.head_object(Bucket="calls", Key="copied")["Metadata"] == {"two": "2"}
assert code(s3.copy_object, CopySource="calls/none", Bucket="calls", Key="copied") == "NoSuchKey 404"

# Multipart
upload = s3.create_multipart_upload(Bucket="calls", Key="parts", Metadata={"m": "1"})["UploadId"]
named = {"Bucket": "calls", "Key": "parts", "UploadId": upload}
first = s3.upload_part(**named, PartNumber=1, Body=b"1" * (5 << 20))
second = s3.upload_part_copy(**named, PartNumber=2, CopySource=source, CopySourceRange="bytes=0-3")["CopyPartResult"]
assert [part["Size"] for part in s3.list_parts(**named)["Parts"]] == [5 << 20, 4]
assert s3.list_multipart_uploads(Bucket="calls")["Uploads"][0]["UploadId"] == upload
parts = [{"PartNumber": 1, "ETag": first["ETag"]}, {"PartNumber": 2, "ETag": second["ETag"]}]
assert code(s3.complete_multipart_upload, **named, MultipartUpload={"Parts": parts[::-1]}) == "InvalidPartOrder 400"
s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
assert s3.get_object(Bucket="calls", Key="parts", Range="bytes=5242879-")["Body"].read() == b'1{"a"'
assert s3.head_object(Bucket="calls", Key="parts")["ETag"].endswith('-2"')
assert code(s3.abort_multipart_upload, **named) == "NoSuchUpload 404"

# URLs, in the form that each region has without a signature setting
for region, form in [("us-east-1", "AWSAccessKeyId="), ("eu-central-1", "X-Amz-Signature=")]:
    there = client(region=region)
    url = there.generate_presigned_url("get_object", Params={"Bucket": "calls", "Key": key})
    assert form in url, url
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b'{"a":1}'
        assert answer.headers["Content-Security-Policy"] == "sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    override = {"ResponseContentType": "text/plain", "ResponseContentDisposition": 'attachment; filename="x"'}
    url = there.generate_presigned_url("get_object", Params={"Bucket": "calls", "Key": key, **override})
    with urllib.request.urlopen(url) as answer:
        assert answer.headers["Content-Type"] == "text/plain"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="x"'
    url = there.generate_presigned_url("put_object", Params={"Bucket": "calls", "Key": "put", "ContentType": "text/x"})
    request = urllib.request.Request(url, data=region.encode(), method="PUT", headers={"Content-Type": "text/x"})
    urllib.request.urlopen(request).close()
    assert s3.get_object(Bucket="calls", Key="put")["Body"].read() == region.encode()
    url = there.generate_presigned_url("head_object", Params={"Bucket": "calls", "Key": key})
    urllib.request.urlopen(urllib.request.Request(url, method="HEAD")).close()
    url = there.generate_presigned_url("get_object", Params={"Bucket": "calls", "Key": key}, ExpiresIn=60)
    try:
        urllib.request.urlopen(url.replace("calls/", "calls/x"))
        raise AssertionError("a URL worked for another object")
    except urllib.error.HTTPError as error:
        assert error.code == 403 and b"SignatureDoesNotMatch" in error.read()

# Deletes
assert code(s3.delete_bucket, Bucket="calls") == "BucketNotEmpty 409"
s3.delete_object(Bucket="calls", Key="none")
keys = [found["Key"] for found in s3.list_objects_v2(Bucket="calls")["Contents"]]
answer = s3.delete_objects(Bucket="calls", Delete={"Objects": [{"Key": each} for each in [*keys, "none"]]})
assert len(answer["Deleted"]) == len(keys) + 1 and "Errors" not in answer, answer
s3.delete_bucket(Bucket="calls")
boto3.resource("s3", region_name="us-east-1", endpoint_url=s3.meta.endpoint_url,
               aws_access_key_id="AKIABUCKETS", aws_secret_access_key="bucket/secret+key").Bucket("european").delete()

# Other services say so in their own protocol
assert code(client("textract").detect_document_text, Document={"Bytes": b"x"}) == "UnknownOperationException 400"
assert code(client("iam").get_user) == "UnknownOperationException 400"
assert code(client("sqs").list_queues).startswith("UnknownOperationException")
