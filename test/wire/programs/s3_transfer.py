"""Uploads and downloads a file of MEGABYTES with boto3's own transfer settings, and compares."""

import hashlib
import os

from s3_common import client

size = int(os.environ["MEGABYTES"])
digest = hashlib.sha256()
with open("up.bin", "wb") as file:
    for _ in range(size):
        block = os.urandom(1 << 20)
        digest.update(block)
        file.write(block)
s3 = client()
s3.create_bucket(Bucket="transfer")
s3.upload_file("up.bin", "transfer", "file.bin", ExtraArgs={"ContentType": "x/y", "Metadata": {"m": "1"}})
head = s3.head_object(Bucket="transfer", Key="file.bin")
assert head["ContentLength"] == size << 20 and head["ContentType"] == "x/y" and head["Metadata"] == {"m": "1"}, head
s3.download_file("transfer", "file.bin", "down.bin")
with open("up.bin", "rb") as file:
    s3.put_object(Bucket="transfer", Key="single.bin", Body=file)
for name in ["down.bin", None]:
    found = hashlib.sha256()
    source = open(name, "rb") if name else s3.get_object(Bucket="transfer", Key="single.bin")["Body"]
    for block in iter(lambda: source.read(1 << 20), b""):
        found.update(block)
    assert found.hexdigest() == digest.hexdigest(), name
