"""The words for values that are codes: states, kinds, reasons."""

from collections.abc import Mapping

from app.accounts.consents import WORDS as PURPOSES
from app.accounts.models import DepartureStep, GrantKind, Role
from app.contributions import wording as contributions
from app.contributions.models import Origin
from app.journal.models import Subject
from app.kernel.i18n import N_
from app.missions import wording as missions
from app.notifications.families import FAMILIES, Family, Rhythm
from app.notifications.models import MessageState
from app.organisations import wording as organisations
from app.profiles.models import Visibility
from app.projects import labels as projects
from app.threads.wording import FAULTS

_VERBS = {
    "post": N_("Proposé"),
    "publish": N_("Publié"),
    "ask": N_("Question posée"),
    "answer": N_("Réponse"),
    "return": N_("Rendu à son auteur"),
    "send_again": N_("Envoyé à nouveau"),
    "unpublish": N_("N’est plus publié"),
    "help": N_("Écriture à deux proposée"),
    "handed_over": N_("Confié à quelqu’un d’autre"),
    "endorse": N_("Soutenu"),
    "translate": N_("Traduit"),
    "edit": N_("Modifié"),
    "edited": N_("Modifié"),
    "add": N_("Ajouté"),
    "created": N_("Créé"),
    "deleted": N_("Supprimé"),
    "write": N_("Écrit"),
    "stage": N_("Avancement changé"),
    "offer": N_("Aide proposée"),
    "invite": N_("Invitation proposée"),
    "approve": N_("Approuvé"),
    "refuse": N_("Non retenu"),
    "accept": N_("Accepté"),
    "decline": N_("Décliné"),
    "put_on_waiting_list": N_("Mis sur la liste d’attente"),
    "withdraw": N_("Retiré"),
    "verify": N_("Vérifié"),
    "propose": N_("Mission proposée"),
    "change": N_("Changé"),
    "agree": N_("Convenu"),
    "hold": N_("Tenu"),
    "evaluate": N_("Évalué"),
    "follow_up": N_("Suite donnée"),
    "cancel": N_("Annulé"),
    "declare": N_("Déclaré"),
    "leave": N_("Quitté"),
    "end": N_("Terminé"),
    "joined": N_("Rejoint"),
    "left": N_("Quitté"),
    "shown_as": N_("Visibilité changée"),
    "enrol": N_("Compte ouvert par quelqu’un"),
    "set_rights": N_("Droits changés"),
    "ask_to_leave": N_("Suppression demandée"),
    "stay": N_("Suppression annulée"),
    "close": N_("Fermé"),
    "reopen": N_("Rouvert"),
    "fill": N_("Pourvu"),
    "finish": N_("Réglé"),
}
_SUBJECTS = {
    Subject.USER: N_("Compte"),
    Subject.ORGANISATION: N_("Organisation"),
    Subject.MEMBERSHIP: N_("Organisation"),
    Subject.PROFILE: N_("Profil"),
    Subject.PROJECT: N_("Projet"),
    Subject.NEED: N_("Besoin"),
    Subject.SUGGESTION: N_("Suggestion"),
    Subject.CONTRIBUTION: N_("Contribution"),
    Subject.MISSION: N_("Mission"),
    Subject.DELIVERY: N_("Équipement"),
    Subject.RELAY: N_("Relais"),
    Subject.KNOWN_PERSON: N_("Personne connue sans compte"),
    Subject.GROUPED_CALL: N_("Appel groupé"),
    Subject.POST: N_("Conversation"),
    Subject.NEWS: N_("Actualité"),
    Subject.ASSISTANCE: N_("Mot à l’équipe"),
}

VALUES: dict[str, Mapping[str, str]] = {
    "verb": _VERBS,
    "subject_kind": {kind.value: words for kind, words in _SUBJECTS.items()},
    "purpose": {purpose.value: words[0] for purpose, words in PURPOSES.items()},
    "place": {
        "profile": N_("La page du profil"),
        "account/data": N_("La page de mes données"),
        "thanks": N_("La page des remerciements"),
        "relays": N_("La page du besoin"),
    },
    "locale": {"fr": "Français", "ar": "العربية"},
    "user.role": {
        Role.MEMBER.value: N_("Membre"),
        Role.MODERATOR.value: N_("Modérateur ou modératrice"),
        Role.ADMINISTRATOR.value: N_("Administrateur ou administratrice"),
    },
    "grant.kind": {
        GrantKind.COORDINATOR.value: N_("Coordination"),
        GrantKind.AMBASSADOR.value: N_("Ambassadeur ou ambassadrice"),
        GrantKind.TRUSTED_AUTHOR.value: N_("Auteur ou autrice de confiance"),
    },
    "departure.step": {
        DepartureStep.ASKED.value: N_("Suppression demandée"),
        DepartureStep.MODERATOR_TOLD.value: N_("Absence signalée à la modération"),
        DepartureStep.WARNED.value: N_("Premier avertissement"),
        DepartureStep.WARNED_AGAIN.value: N_("Second avertissement"),
        DepartureStep.CLOSED.value: N_("Fermé"),
    },
    "membership.state": {state.value: words for state, words in organisations.STATES.items()},
    "contribution.state": {state.value: words for state, words in contributions.STATES.items()},
    "contribution.reason": {reason.value: words for reason, words in contributions.REASONS.items()},
    "contribution.origin": {Origin.OFFER.value: N_("Offre d’aide"), Origin.INVITATION.value: N_("Invitation")},
    "profile.visibility": {
        Visibility.CARD.value: N_("Carte sans nom"),
        Visibility.OPEN.value: N_("Avec mon nom"),
        Visibility.HIDDEN.value: N_("Caché"),
    },
    "profile.kind": {
        "person": N_("Personne"),
        "association": N_("Association"),
        "group": N_("Groupe"),
    },
    "profile_chip.state": {
        "proposed": N_("Proposé"),
        "kept": N_("Confirmé"),
        "removed": N_("Écarté"),
    },
    "project.moderation": {
        "published": N_("Publié"),
        **{state.value: words for state, (words, _kind) in projects.MODERATION.items()},
    },
    "project.stage": {stage.value: words for stage, (words, _kind) in projects.STAGES.items()},
    "need.kind": {kind.value: words for kind, words in projects.KINDS.items()},
    "need.mode": {mode.value: words for mode, words in projects.MODES.items()},
    "need.duration": {duration.value: words for duration, words in projects.DURATIONS.items()},
    "need.state": {"open": N_("Cherché"), "filled": N_("Pourvu"), "closed": N_("Fermé")},
    "news_item.state": {
        "waiting": N_("En attente d’un modérateur"),
        "returned": N_("À reprendre"),
        "published": N_("Publié"),
    },
    "assistance_request.kind": {"feedback": N_("Remarque"), "call": N_("Demande de rappel")},
    "stored_file.kind": {"picture": N_("Photo"), "document": N_("Document")},
    "mission.state": {state.value: words for state, (words, _kind) in missions.STATES.items()},
    "mission.mode": {mode.value: words for mode, words in missions.MODES.items()},
    "mission.image_rights": {rights.value: words for rights, words in missions.IMAGE_RIGHTS.items()},
    "mission.reason": {reason.value: words for reason, words in missions.REASONS.items()},
    "mission_evaluation.carry_on": {answer.value: words for answer, words in missions.CONTINUE.items()},
    "mission_follow_up.practice": {answer.value: words for answer, words in missions.PRACTICE.items()},
    "message.family": {
        **{family.value: about.title for family, about in FAMILIES.items()},
        Family.ACCOUNT.value: N_("Mon compte"),
        Family.DIGEST.value: N_("Les e-mails groupés, chaque jour ou chaque semaine"),
    },
    "message_choice.family": {family.value: about.title for family, about in FAMILIES.items()},
    "message_choice.rhythm": {
        Rhythm.AT_ONCE.value: N_("Tout de suite"),
        Rhythm.DAILY.value: N_("Chaque jour"),
        Rhythm.WEEKLY.value: N_("Chaque semaine"),
        Rhythm.ON_SITE.value: N_("Sur le site"),
    },
    "post.voice": {
        "reader": N_("Lecteur ou lectrice"),
        "team": N_("Équipe du projet"),
        "contributor": N_("Contributeur ou contributrice"),
        "moderator": N_("Modérateur ou modératrice"),
    },
    "post.hidden_why": {fault.value: words for fault, words in FAULTS.items()},
    "post_report.reason": {fault.value: words for fault, words in FAULTS.items()},
    "relay.state": {
        "asked": N_("Demandé"),
        "open": N_("Ouvert"),
        "stopped": N_("Arrêté"),
        "declined": N_("Décliné"),
        "withdrawn": N_("Retiré"),
    },
    "grouped_call.state": {
        "draft": N_("Brouillon"),
        "open": N_("Ouvert"),
        "closed": N_("Fermé"),
        "held": N_("Tenu"),
    },
    "suggestion.state": {
        "open": N_("Proposé"),
        "accepted": N_("Accepté"),
        "adapted": N_("Repris autrement"),
        "declined": N_("Décliné"),
        "withdrawn": N_("Retiré"),
    },
    "known_person.state": {
        "asked": N_("Demandé"),
        "listed": N_("Noté"),
        "refused": N_("Décliné"),
        "ended": N_("Terminé"),
    },
    "project_photo.kind": {"before": N_("Avant"), "after": N_("Après"), "other": N_("Autre")},
    "project_thanks.state": {"asked": N_("Demandé"), "agreed": N_("Accepté"), "declined": N_("Décliné")},
    "message.state": {
        MessageState.QUEUED.value: N_("Va partir"),
        MessageState.HELD.value: N_("Va partir avec d’autres"),
        MessageState.BUNDLED.value: N_("Parti avec d’autres"),
        MessageState.SENDING.value: N_("Part"),
        MessageState.SENT.value: N_("Envoyé"),
        MessageState.FAILED.value: N_("N’a pas pu partir"),
        MessageState.CANCELLED.value: N_("Annulé"),
        MessageState.ON_SITE.value: N_("Sur ma page"),
    },
}
"""By “table.column” or by the name of the column: code → words."""
