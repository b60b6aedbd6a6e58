"""Passwords of the demonstration: the same on one installation for ever, another on each, sayable at a table."""

import hashlib
import hmac
from base64 import b64decode

from lectern_local.installation import Installation

_WORDS = """
amber apple arch aspen attic bakery banjo barn basil beacon birch bison blossom bluff bramble brick bridge brook
butter cabin canoe canyon cedar cello chalk cherry chestnut chimney cider clover cobalt comet copper coral cotton
crane creek cricket crystal dahlia daisy dogwood drum eagle ember falcon fern fiddle finch flint forest fox garden
ginger granite gravel grove harbor harvest hazel heron hickory honey indigo ivory ivy jasmine juniper kettle lantern
larch lark laurel lemon lilac linen lodge lotus magnet maple marble marsh meadow mellow mint mosaic moss nectar
nutmeg oak oboe olive onyx orchard otter owl oxbow paper pecan pepper petal pine plum pollen poplar prairie quail
quartz quill quilt raven reed ridge river robin rocket rowan saddle saffron sage
"""
WORDS = tuple(_WORDS.split())


def password(installation: Installation, who: str) -> str:
    """Four words and a number for this person."""
    key = b64decode(installation.secrets.command_key)
    digest = hmac.digest(key, f"demo password of {who}".encode(), hashlib.sha256)
    words = [WORDS[int.from_bytes(digest[at : at + 2]) % len(WORDS)] for at in (0, 2, 4, 6)]
    return "-".join([*words, f"{int.from_bytes(digest[8:10]) % 90 + 10}"])
