"""The ids of all criteria, by which facts, forms and tests name them. What they ask for stands in a rule set.

The source is the instructions for applicants that a university publishes about the state's system. It is not the law,
and pages never call it that: they show a criterion's `citation`.
"""

from typing import Final

UPG_ACTIVE: Final = "UPG-ACTIVE"
UPG_TEACHING: Final = "UPG-TEACHING"
UPG_PD: Final = "UPG-PD"
UPG_MENTORING: Final = "UPG-MENTORING"
UPG_BTA: Final = "UPG-BTA"
UPG_PBTE: Final = "UPG-PBTE"
EXT_IPC: Final = "EXT-IPC"
EXT_TEACHING: Final = "EXT-TEACHING"
REA_EXPIRED: Final = "REA-EXPIRED"
REA_COURSE: Final = "REA-COURSE"
REA_COURSE_AGE: Final = "REA-COURSE-AGE"
REA_TRANSCRIPT: Final = "REA-TRANSCRIPT"
REA_EMPLOYED: Final = "REA-EMPLOYED"
REA_PD24: Final = "REA-PD24"
REA_BACKGROUND: Final = "REA-BACKGROUND"
