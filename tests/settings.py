"""The product's own settings with keys and folders made for one test run."""

import base64
import os
import tempfile

os.environ["DSAR_ENV_FILE"] = "/nonexistent"  # a developer's .env never reaches a test
os.environ["SECRET_KEY"] = "test-only-" + "x" * 60
os.environ["MASTER_KEY"] = base64.b64encode(b"test-only-master-key-32-bytes-ok").decode()
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="dsar-test-"))
os.environ.setdefault("PUBLIC_URL", "http://localhost:8000")

from dsar.settings import *  # noqa: F403  the settings under test, unchanged but for what follows

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; hashing is Django's to test
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  in production collectstatic makes it
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

for _alias, _filename in (("default", "test.sqlite3"), ("keys", "test-keys.sqlite3")):
    if "sqlite3" in DATABASES[_alias]["ENGINE"]:  # noqa: F405
        # A file, not memory: threads and processes then wait for one another as in production.
        DATABASES[_alias]["TEST"] = {"NAME": str(DATA_DIR / _filename)}  # noqa: F405
        DATABASES[_alias]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405  no test cuts the power
