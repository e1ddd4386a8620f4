"""The read API at /api/v1."""

from ninja import NinjaAPI

api = NinjaAPI(title="督考", version="1", urls_namespace="api")
