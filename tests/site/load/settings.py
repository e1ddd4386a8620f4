"""The site's own settings, with one more address beside the others: the empty write."""

from dukao.site.settings import *  # noqa: F403

ROOT_URLCONF = "tests.site.load.addresses"
