"""Ids are UUIDv7, made at the edge: they sort by time and name nothing about a person."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    return UUID(bytes=uuid_utils.uuid7().bytes)
