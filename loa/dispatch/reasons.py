"""Why a delivery stands where it stands: the codes of ``loa.messages`` under names."""

from __future__ import annotations

NOT_RENDERED = "E510"
CHANGED = "E511"
RETURNED = "E512"
NEEDS_MORE_APPROVALS = "E513"
ONLY_ITS_AUTHOR = "E514"
WITHDRAWN = "E515"
CHANGED_NOT_RENDERED = "E516"
DAMAGED = "E517"
LATE = "E518"
CHANGED_MIDWAY = "E519"
BROKEN_PACKAGE = "E522"
NOT_APPROVED = "E523"
NOT_APPROVED_IN_TIME = "E530"
TOO_LATE = "E531"
CONTENT_REFUSED = "E532"
STOPPED = "E533"
HORN_BROKE = "E534"
PARTLY_DONE = "E535"
LOOKED_ABSENT = "E536"
CRASHED = "E537"
CRASHED_OFTEN = "E538"
CANNOT_TELL = "E539"
RELEASED = "E540"
SEEN_BY_PERSON = "E541"
CANCELLED_BY_PERSON = "E542"
TAKEN_WITH_A_WORD = "E528"
WITHOUT_CAPTIONS = "E545"
WITHOUT_COMMENT = "E546"
WITHOUT_BOTH = "E547"
REFERENCE_MISSING = "E550"
REFERENCE_TOO_LATE = "E551"
REFERENCE_LOST = "E552"
REMOVED = "E555"
CORRECTED = "E556"
TO_BE_SHOWN = "E557"
CANARY_OUT = "E580"
PAUSED = "E581"
RULES_GONE = "E583"
NUMBERS_SEALED = "E584"
SOME_DROPPED = "E586"
NOBODY_LEFT = "E589"
TRIED_TOO_OFTEN = "E591"
NOT_MADE = "E592"
IN_HAND = "E692"
GIVEN_UP_IN_HAND = "E693"

LIST_NOT_IMPORTED = "E712"
NOBODY_LISTED = "E713"

RULES_CHANGED = "E786"
NEEDS_MORE_BY_RULES = "E795"
NEEDS_A_REASON = "E796"

ACCOUNT_CHANGED = "E988"

LIST_GONE = "E957"
"""The book was made anew from its journal, which knows no people."""

MOURNING = "E290"
FIELD_MISSING = "E286"
"""Of the unit: a hotline, an address, a portal that the words need."""

UNARMED = "E940"
ARMED_FOR_TESTS = "E941"

STORE_SILENT = "E981"
STORE_REFUSES = "E982"
NOT_FETCHED = (STORE_SILENT, STORE_REFUSES)
"""A finished asset may lie in the store that several machines share, which does not give it now."""

LACKING = (TAKEN_WITH_A_WORD, WITHOUT_CAPTIONS, WITHOUT_COMMENT, WITHOUT_BOTH)
"""The post is out, but a person must look at it: something that belongs to it is missing."""

SINCE = (REMOVED, CORRECTED)
"""What has become of a post since it went out; there is nothing to do about it."""

BETWEEN_CALLS = (CANARY_OUT, PAUSED)
"""A sending to people rests: what changes meanwhile must not be passed over when it goes on."""

WAITS_FOR_A_PERSON = (
    LATE,
    CHANGED_MIDWAY,
    CONTENT_REFUSED,
    REFERENCE_LOST,
    CANARY_OUT,
    PAUSED,
    UNARMED,
    ARMED_FOR_TESTS,
    LIST_GONE,
    MOURNING,
)
