"""Of every column that leads to a person, directly or by what is theirs: do they get it, and what becomes of it.

A new table needs its lines here (`tests/personal_data/test_holdings.py`), and the words for its fields in `wording.py`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Leaving(StrEnum):
    """What becomes of a row when its person leaves."""

    GOES = "goes"
    UNNAMED = "unnamed"  # it stays, and leads to an account without a name
    HANDED_ON = "handed_on"  # somebody else answers for it, or it ends
    WITH_ITS_PARENT = "with_its_parent"


@dataclass(frozen=True)
class Link:
    given: bool
    """Whether the rows that lead to a person by this column are among what they can read and download."""
    leaving: Leaving
    why: str = ""
    """Where it is not given, or needs a word."""


_GOES, _UNNAMED, _HANDED_ON, _PARENT = Leaving
_ACT = "that they did it is in the journal, which is given"
_OTHERS = "the row is about somebody else or belongs to the commune; it only names them"
_OF_PROJECT = "belongs to the project, whoever reads it"

LINKS: dict[str, Link] = {
    # accounts
    "user.id": Link(True, _UNNAMED, "the account itself: its number stays, empty"),
    "user.enrolled_by_id": Link(False, _UNNAMED, _OTHERS),
    "moderator_scope.user_id": Link(True, _GOES),
    "grant.user_id": Link(True, _GOES),
    "charter_acceptance.user_id": Link(True, _GOES),
    "charter_acceptance.witness_id": Link(False, _UNNAMED, _OTHERS),
    "account_session.user_id": Link(True, _GOES),
    "access_link.user_id": Link(False, _GOES, "only the digest of a code that serves once, for two days at most"),
    "consent.user_id": Link(True, _GOES),
    "contact_shown.person_id": Link(True, _GOES),
    "contact_shown.viewer_id": Link(True, _UNNAMED, "the other has a right to know that it was shown"),
    "departure.user_id": Link(True, _GOES),
    # told
    "journal_entry.actor_id": Link(True, _UNNAMED),
    "message.recipient_id": Link(True, _GOES),
    "message.entry_id": Link(False, _PARENT, "the event that a message told of"),
    "message.digest_id": Link(False, _PARENT, "with which digest it went"),
    "message_choice.user_id": Link(True, _GOES),
    "message_hours.user_id": Link(True, _GOES),
    "stored_file.owner_id": Link(True, _GOES, "except pictures that the page of a commune shows"),
    # organisations
    "organisation.created_by_id": Link(False, _UNNAMED, _ACT),
    "organisation.verified_by_id": Link(False, _UNNAMED, _ACT),
    "membership.user_id": Link(True, _UNNAMED, "ended, without the function"),
    "membership.decided_by_id": Link(False, _UNNAMED, _ACT),
    # threads
    "post.author_id": Link(True, _UNNAMED),
    "post.hidden_by_id": Link(False, _UNNAMED, _ACT),
    "post_version.post_id": Link(True, _PARENT),
    "mention.post_id": Link(False, _PARENT, _OTHERS),
    "mention.user_id": Link(True, _GOES),
    "post_report.post_id": Link(False, _PARENT, _OTHERS),
    "post_report.reporter_id": Link(True, _UNNAMED),
    "post_report.settled_by_id": Link(False, _UNNAMED, _ACT),
    "thread_follower.user_id": Link(True, _GOES),
    # invitations to people without account
    "invitation_round.invited_by_id": Link(False, _UNNAMED, _ACT),
    "invitation.message_id": Link(False, _PARENT, "to somebody without account: forgotten in thirty days"),
    # profiles
    "profile.owner_id": Link(True, _HANDED_ON, "one's own goes; a group is handed over, or ends"),
    "profile_place.profile_id": Link(True, _PARENT),
    "profile_chip.profile_id": Link(True, _PARENT),
    "group_invitation.profile_id": Link(False, _PARENT, "a link that opens nothing any more once the group is over"),
    "group_member.profile_id": Link(False, _PARENT, _OTHERS),
    "solicitation.user_id": Link(True, _GOES),
    "group_member.user_id": Link(True, _GOES),
    # projects
    "project.author_id": Link(True, _HANDED_ON, "to the organisation or a co-author; else it stays, or is withdrawn"),
    "project.helper_id": Link(False, _HANDED_ON, _ACT),
    "project_section.project_id": Link(False, _PARENT, _OF_PROJECT),
    "project_section.edited_by_id": Link(True, _UNNAMED),
    "project_section_version.project_id": Link(False, _PARENT, _OF_PROJECT),
    "project_section_version.edited_by_id": Link(True, _UNNAMED),
    "project_translation.project_id": Link(False, _PARENT, _OF_PROJECT),
    "project_translation.author_id": Link(True, _UNNAMED),
    "co_author.project_id": Link(False, _PARENT, _OTHERS),
    "co_author.user_id": Link(True, _GOES),
    "co_author.invited_by_id": Link(False, _UNNAMED, _OTHERS),
    "co_author_invitation.project_id": Link(False, _PARENT, _OF_PROJECT),
    "co_author_invitation.created_by_id": Link(False, _GOES, "a link that lets others write along"),
    "project.inspired_by_id": Link(False, _UNNAMED, _OTHERS),
    "suggestion.project_id": Link(False, _PARENT, _OF_PROJECT),
    "suggestion.author_id": Link(True, _UNNAMED),
    "suggestion.answered_by_id": Link(False, _UNNAMED, _ACT),
    "project_photo.project_id": Link(False, _PARENT, _OF_PROJECT),
    "project_photo.file_id": Link(False, _PARENT, "the file itself is given to whoever sent it"),
    "project_photo.added_by_id": Link(True, _UNNAMED, "the commune’s picture stays"),
    "project_photo.consent_by_id": Link(False, _UNNAMED, _OTHERS),
    "project_photo.hidden_by_id": Link(False, _UNNAMED, _ACT),
    "project_thanks.project_id": Link(False, _PARENT, _OTHERS),
    "project_thanks.user_id": Link(True, _GOES),
    "project_thanks.asked_by_id": Link(False, _UNNAMED, _OTHERS),
    "need.project_id": Link(False, _PARENT, _OF_PROJECT),
    "need.created_by_id": Link(True, _UNNAMED),
    "need_chip.need_id": Link(False, _PARENT, "concepts found in the text of a need"),
    # contributions
    "contribution.profile_id": Link(True, _UNNAMED, "ended if it was open; without the words of the offer"),
    "contribution.need_id": Link(False, _PARENT, _OTHERS),
    "contribution.created_by_id": Link(True, _UNNAMED),
    "contribution.approved_by_id": Link(False, _UNNAMED, _ACT),
    "contribution_document.contribution_id": Link(True, _GOES),
    "contribution_document.file_id": Link(False, _GOES, "the file itself is given to whoever sent it"),
    "match.profile_id": Link(True, _GOES),
    "match.need_id": Link(False, _PARENT, _OTHERS),
    # deliveries
    # missions
    "mission.contribution_id": Link(True, _PARENT, "cancelled if it was open; what was held stays, without the name"),
    "mission.created_by_id": Link(True, _UNNAMED),
    "mission_agreement.mission_id": Link(False, _PARENT, _OTHERS),
    "mission_agreement.user_id": Link(True, _UNNAMED),
    "mission_preparation.mission_id": Link(False, _PARENT, _OTHERS),
    "mission_preparation.created_by_id": Link(True, _UNNAMED),
    "mission_preparation.done_by_id": Link(True, _UNNAMED),
    "mission_document.mission_id": Link(False, _PARENT, _OTHERS),
    "mission_document.file_id": Link(False, _PARENT, "the file itself is given to whoever sent it"),
    "mission_document.added_by_id": Link(True, _UNNAMED, "what a mission produced is the commune’s"),
    "mission_evaluation.mission_id": Link(False, _PARENT, _OTHERS),
    "mission_evaluation.user_id": Link(True, _UNNAMED),
    "mission_follow_up.mission_id": Link(False, _PARENT, _OTHERS),
    "mission_follow_up.user_id": Link(True, _UNNAMED),
    # deliveries, relays
    "delivery.contribution_id": Link(True, _PARENT, "what was sent stays, without the name"),
    "delivery.created_by_id": Link(True, _UNNAMED),
    "delivery.photo_id": Link(False, _PARENT, "the file itself is given to whoever sent it"),
    "relay.need_id": Link(False, _PARENT, _OTHERS),
    "relay.user_id": Link(True, _UNNAMED, "stopped, without the name"),
    "relay.asked_by_id": Link(False, _UNNAMED, _OTHERS),
    "relay.known_person_id": Link(False, _PARENT, _OTHERS),
    "relay_credit.contribution_id": Link(False, _PARENT, _OTHERS),
    "relay_credit.relay_id": Link(True, _PARENT),
    "grouped_call.author_id": Link(True, _UNNAMED),
    "called_need.call_id": Link(False, _PARENT, _OTHERS),
    "called_need.need_id": Link(False, _PARENT, _OTHERS),
    "called_need.added_by_id": Link(False, _UNNAMED, _ACT),
    "known_person.recorded_by_id": Link(True, _UNNAMED),
    "known_person.reach_id": Link(True, _HANDED_ON, "nobody can reach those people any more: it ends"),
    "known_person_chip.known_person_id": Link(False, _PARENT, "concepts found in an occupation"),
    # matching
    "match_objection.said_by_id": Link(True, _UNNAMED),
    "match_objection.profile_id": Link(True, _GOES, "what others found wrong in what matching read of the profile"),
    "match_objection.need_id": Link(False, _PARENT, _OTHERS),
    "match_objection.taken_back_by_id": Link(False, _UNNAMED, _OTHERS),
    # news, assistance
    "news_item.author_id": Link(True, _UNNAMED, "what was never published goes"),
    "assistance_request.user_id": Link(True, _GOES, "a remark without a number stays, as from nobody"),
    "assistance_request.done_by_id": Link(False, _UNNAMED, _ACT),
}

NOT_PERSONAL: dict[str, str] = {
    "commune": "official territories",
    "province": "official territories",
    "region": "official territories",
    "theme": "reference",
    "concept": "reference",
    "concept_broader": "reference",
    "occupation_skill": "reference",
    "loaded_data": "which reference data is loaded",
    "step_delay": "settings of the installation",
    "reminder": "which reminder of an open thing went, and by which message",
    "thread": "on what a conversation is: no person",
    "open_step": "which step a thing is at, and its day: no person",
    "bouncing_address": "an address where nobody is; it goes with the account",
    "asked_address": "digests of addresses that were asked once, unreadable: nobody is asked twice",
    "submission": "random keys of forms, for two days",
    "pending_submission": "a form sent before signing in, for two days, found by a code that only that browser has",
    "match_document": "numbers computed from the words of a profile or project, unreadable; emptied with them",
    "match_edition": "names of copies of the above",
    "match_list": "whether lists of matches are up to date",
}
"""Tables in which no column leads to a person."""

LEFT_OUT: dict[str, str] = {
    "user.password_hash": "what nobody can read back helps nobody; whoever found the file could try passwords on it",
    "message.link": "may hold a code that opens the account",
    "relay.code": "whoever has it relays in their name",
    "message.error": "of the mail server",
    "message.attempts": "of the mail server",
    "message.stop": "may hold a code",
    "message.visible_from": "of the machine",
    "message.digest_day": "of the machine",
    "message_choice.before": "of the machine: what stopping an e-mail can be taken back to",
    "stored_file.content": "given as files, in the other download",
    "stored_file.small": "made from the picture",
    "account_session.id": "names the session of a device",
    "match_objection.folded": "the words again, for comparing",
    "match.reasons": "numbers of words in the profile and the need, which both are given",
}
"""Columns of what is given that are not."""
