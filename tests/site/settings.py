"""The site's settings for tests: a home of its own that goes with the run, and a quick password hash."""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="dukao-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["DUKAO_HOME"] = _HOME
os.environ.pop("DUKAO_HTTPS", None)

from dukao.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
