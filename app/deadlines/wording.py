"""What a page says of each step, who acts next and by when: to whoever must act, to the others, and once it is late."""

from dataclasses import dataclass
from typing import NamedTuple

from app.deadlines.models import OpenStep
from app.deadlines.steps import Step
from app.kernel.days import today
from app.kernel.i18n import N_, format_date
from app.kernel.i18n import gettext as _


class Words(NamedTuple):
    """Sentences with a `%(day)s`."""

    yours: str
    """To whoever must act."""
    theirs: str
    """To everybody else."""
    late: str
    """The same, once that day is past."""


WORDS: dict[Step, Words] = {
    Step.SUGGESTION_ANSWERED: Words(
        N_("À vous de répondre à cette suggestion avant le %(day)s."),
        N_("L’équipe du projet répond à cette suggestion avant le %(day)s."),
        N_("L’équipe du projet devait répondre à cette suggestion avant le %(day)s."),
    ),
    Step.OFFER_READ: Words(
        N_("À vous de dire, avant le %(day)s, si cette offre peut partir."),
        N_("La modération lit cette offre et répond avant le %(day)s."),
        N_("La modération devait répondre avant le %(day)s."),
    ),
    Step.INVITATION_READ: Words(
        N_("À vous de dire, avant le %(day)s, si cette invitation peut partir."),
        N_("La modération lit cette invitation et répond avant le %(day)s."),
        N_("La modération devait répondre avant le %(day)s."),
    ),
    Step.OFFER_ANSWERED: Words(
        N_("À vous de répondre à cette offre avant le %(day)s."),
        N_("L’équipe du projet répond avant le %(day)s."),
        N_("L’équipe du projet devait répondre avant le %(day)s."),
    ),
    Step.INVITATION_ANSWERED: Words(
        N_("À vous de répondre à cette invitation avant le %(day)s."),
        N_("La personne invitée répond avant le %(day)s."),
        N_("La personne invitée devait répondre avant le %(day)s."),
    ),
    Step.PLACE_GIVEN: Words(
        N_("À vous de dire, avant le %(day)s, si une place se libère."),
        N_("Sur la liste d’attente : l’équipe du projet dit avant le %(day)s si une place se libère."),
        N_("L’équipe du projet devait dire avant le %(day)s si une place se libère."),
    ),
    Step.PROJECT_READ: Words(
        N_("À vous de lire ce projet et de répondre avant le %(day)s."),
        N_("Un modérateur lit ce projet et répond avant le %(day)s."),
        N_("Un modérateur devait répondre avant le %(day)s."),
    ),
    Step.PROJECT_EXPLAINED: Words(
        N_("À vous de répondre à la question du modérateur avant le %(day)s."),
        N_("L’équipe du projet répond à une question du modérateur avant le %(day)s."),
        N_("L’équipe du projet devait répondre au modérateur avant le %(day)s."),
    ),
    Step.PROJECT_RESUMED: Words(
        N_("À vous de le reprendre, puis de l’envoyer à nouveau avant le %(day)s."),
        N_("L’équipe reprend son projet, et l’envoie à nouveau avant le %(day)s."),
        N_("L’équipe devait reprendre son projet avant le %(day)s."),
    ),
    Step.PROJECT_WRITTEN: Words(
        N_("À vous de l’écrire à deux, l’équipe et un modérateur, avant le %(day)s."),
        N_("L’équipe et un modérateur l’écrivent ensemble avant le %(day)s."),
        N_("L’équipe et un modérateur devaient l’avoir écrit avant le %(day)s."),
    ),
    Step.SPEAKER_VERIFIED: Words(
        N_("À vous de dire, avant le %(day)s, si cette personne parle pour cette organisation."),
        N_("Un modérateur vérifie qui parle pour cette organisation, et répond avant le %(day)s."),
        N_("Un modérateur devait répondre avant le %(day)s."),
    ),
    Step.NEWS_READ: Words(
        N_("À vous de lire cette actualité et de répondre avant le %(day)s."),
        N_("Un modérateur lit cette actualité, et la publie ou répond avant le %(day)s."),
        N_("Un modérateur devait répondre avant le %(day)s."),
    ),
    Step.CALL_MADE: Words(
        N_("À vous d’appeler cette personne avant le %(day)s."),
        N_("Quelqu’un de l’équipe appelle cette personne avant le %(day)s."),
        N_("Quelqu’un de l’équipe devait appeler cette personne avant le %(day)s."),
    ),
    Step.FEEDBACK_READ: Words(
        N_("À vous de lire cet avis et d’en faire quelque chose avant le %(day)s."),
        N_("Quelqu’un de l’équipe lit cet avis avant le %(day)s."),
        N_("Quelqu’un de l’équipe devait lire cet avis avant le %(day)s."),
    ),
    Step.QUESTION_ANSWERED: Words(
        N_("À vous de répondre à cette question avant le %(day)s."),
        N_("L’équipe du projet répond à cette question avant le %(day)s."),
        N_("L’équipe du projet devait répondre à cette question avant le %(day)s."),
    ),
    Step.REPORT_SETTLED: Words(
        N_("À vous de dire, avant le %(day)s, si ce message reste ou s’il est masqué."),
        N_("La modération dit avant le %(day)s si ce message reste ou s’il est masqué."),
        N_("La modération devait dire avant le %(day)s si ce message reste ou s’il est masqué."),
    ),
    Step.MISSION_DATED: Words(
        N_("Vous êtes d’accord : parlez-vous, et fixez une première date avant le %(day)s."),
        N_("Les deux côtés sont d’accord, et fixent une première date avant le %(day)s."),
        N_("Les deux côtés devaient fixer une première date avant le %(day)s."),
    ),
    Step.MISSION_AGREED: Words(
        N_("À vous de dire oui à cette mission, ou de la changer, avant le %(day)s."),
        N_("L’autre côté dit oui à cette mission, ou la change, avant le %(day)s."),
        N_("L’autre côté devait dire oui à cette mission, ou la changer, avant le %(day)s."),
    ),
    Step.MISSION_DONE: Words(
        N_("À vous de dire, avant le %(day)s, si cette mission a eu lieu."),
        N_("Les deux côtés disent avant le %(day)s si cette mission a eu lieu."),
        N_("Les deux côtés devaient dire avant le %(day)s si cette mission a eu lieu."),
    ),
    Step.MISSION_EVALUATED: Words(
        N_("À vous de dire, avant le %(day)s, comment cette mission s’est passée."),
        N_("Les deux côtés disent avant le %(day)s comment cette mission s’est passée."),
        N_("Les deux côtés devaient dire avant le %(day)s comment cette mission s’est passée."),
    ),
    Step.MISSION_FOLLOWED: Words(
        N_("À vous de dire, avant le %(day)s, ce qui a été mis en pratique."),
        N_("L’équipe du projet dit avant le %(day)s ce qui a été mis en pratique."),
        N_("L’équipe du projet devait dire avant le %(day)s ce qui a été mis en pratique."),
    ),
    Step.DELIVERY_SENT: Words(
        N_("À vous d’envoyer ce que vous avez promis avant le %(day)s."),
        N_("La personne qui donne envoie ce qu’elle a promis avant le %(day)s."),
        N_("La personne qui donne devait envoyer ce qu’elle a promis avant le %(day)s."),
    ),
    Step.DELIVERY_RECEIVED: Words(
        N_("À vous de dire, avant le %(day)s, si c’est arrivé."),
        N_("L’équipe du projet dit avant le %(day)s si c’est arrivé."),
        N_("L’équipe du projet devait dire avant le %(day)s si c’est arrivé."),
    ),
    Step.SUGGESTION_ANSWERED: Words(
        N_("À vous de répondre à cette suggestion avant le %(day)s."),
        N_("L’équipe du projet répond à cette suggestion avant le %(day)s."),
        N_("L’équipe du projet devait répondre à cette suggestion avant le %(day)s."),
    ),
    Step.RELAY_ANSWERED: Words(
        N_("À vous de dire, avant le %(day)s, si vous faites passer le mot."),
        N_("La personne à qui l’on demande de faire passer le mot répond avant le %(day)s."),
        N_("La personne à qui l’on demande de faire passer le mot devait répondre avant le %(day)s."),
    ),
    Step.KNOWN_PERSON_AGREED: Words(
        N_("À vous de dire, avant le %(day)s, si vous pouvez joindre ces personnes."),
        N_("Le membre qui a été nommé dit avant le %(day)s s’il peut joindre ces personnes."),
        N_("Le membre qui a été nommé devait dire avant le %(day)s s’il peut joindre ces personnes."),
    ),
    Step.CALL_JOIN_ANSWERED: Words(
        N_("À vous de répondre avant le %(day)s aux communes qui veulent se joindre à cet appel."),
        N_("Qui prépare l’appel groupé répond avant le %(day)s aux communes qui veulent s’y joindre."),
        N_("Qui prépare l’appel groupé devait répondre avant le %(day)s aux communes qui veulent s’y joindre."),
    ),
    Step.CALL_CLOSED: Words(
        N_("À vous de fermer cet appel groupé le %(day)s, ou de lui donner plus de jours."),
        N_("Cet appel groupé est ouvert jusqu’au %(day)s."),
        N_("Cet appel groupé devait être fermé ou prolongé le %(day)s."),
    ),
    Step.CALL_REPORTED: Words(
        N_("À vous de dire, avant le %(day)s, ce que cet appel groupé a donné."),
        N_("Qui a préparé l’appel groupé dit avant le %(day)s ce qu’il a donné."),
        N_("Qui a préparé l’appel groupé devait dire avant le %(day)s ce qu’il a donné."),
    ),
}


@dataclass(frozen=True)
class Next:
    """For components/next.html."""

    sentence: str
    kind: str
    detail: str | None = None


def next_step(row: OpenStep, mine: bool) -> Next:
    """Who must act, and by when, as this reader should hear it."""
    words, values = WORDS[row.step], {"day": format_date(row.due_on)}
    since = _("En attente depuis le %(day)s.") % {"day": format_date(row.since)}
    late = row.due_on < today()
    if mine:
        detail = _("Ce jour est passé : il n’est pas trop tard.") if late else since
        return Next(_(words.yours) % values, "late" if late else "you", detail)
    return Next(_(words.late if late else words.theirs) % values, "late" if late else "wait", since)
