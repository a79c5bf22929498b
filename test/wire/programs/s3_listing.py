"""Lists a bucket of awkward keys with every paginator."""

from s3_common import client, code

s3 = client()
s3.create_bucket(Bucket="hostile")
keys = ["a", "a/b", "a//b", "/lead", "..", "../x", "a/../b", "nul\x01", "trail.", "x" * 1024, "é" * 512, "CON", "con", "a.b"]
keys += ["a-b", "a/", "//", "😀/x", "%41", "a&b<c>\"'", "line\nbreak", "cr\rx", "+", "a b", "a=b", "a~", "q?x=1#f"]
for key in keys:
    s3.put_object(Bucket="hostile", Key=key, Body=key.encode())
for key in keys:
    assert s3.get_object(Bucket="hostile", Key=key)["Body"].read() == key.encode(), key
in_order = sorted(keys, key=lambda key: key.encode())
assert code(s3.put_object, Bucket="hostile", Key="x" * 1025) == "KeyTooLongError 400"

for name in ["list_objects", "list_objects_v2"]:
    for size in [1, 3, 1000]:
        pages = s3.get_paginator(name).paginate(Bucket="hostile", PaginationConfig={"PageSize": size})
        assert [found["Key"] for page in pages for found in page["Contents"]] == in_order, (name, size)
        plain, prefixes = [], []
        pages = s3.get_paginator(name).paginate(Bucket="hostile", Delimiter="/", PaginationConfig={"PageSize": size})
        for page in pages:
            plain += [found["Key"] for found in page.get("Contents", [])]
            prefixes += [found["Prefix"] for found in page.get("CommonPrefixes", [])]
        assert plain == [key for key in in_order if "/" not in key], (name, size, plain)
        wanted = {key[: key.index("/") + 1] for key in keys if "/" in key}
        assert prefixes == sorted(wanted, key=lambda key: key.encode()), (name, size, prefixes)
versions = s3.get_paginator("list_object_versions").paginate(Bucket="hostile", PaginationConfig={"PageSize": 4})
assert [found["Key"] for page in versions for found in page["Versions"]] == in_order
assert [found["Key"] for found in s3.list_objects_v2(Bucket="hostile", Prefix="a/")["Contents"]] == ["a/", "a/../b", "a//b", "a/b"]
assert [found["Key"] for found in s3.list_objects_v2(Bucket="hostile", StartAfter="x")["Contents"]] == in_order[in_order.index("x" * 1024) :]
assert s3.list_objects_v2(Bucket="hostile", MaxKeys=0)["KeyCount"] == 0
assert code(s3.list_objects_v2, Bucket="hostile", ContinuationToken="made up") == "InvalidArgument 400"
answer = s3.delete_objects(Bucket="hostile", Delete={"Objects": [{"Key": key} for key in keys], "Quiet": True})
assert "Deleted" not in answer and "Errors" not in answer, answer
s3.delete_bucket(Bucket="hostile")
