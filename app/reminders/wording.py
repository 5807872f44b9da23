"""The words for reminders: whom each level is for, and what each step is called in a table."""

from app.deadlines.steps import Level, Step
from app.kernel.i18n import N_

LEVELS = {
    Level.SOON: N_("Rappel à qui doit répondre, un peu avant"),
    Level.LATE: N_("Rappel à qui doit répondre, une fois le jour passé"),
    Level.MODERATOR: N_("La modération est prévenue"),
    Level.COORDINATOR: N_("La coordination est prévenue"),
    Level.STUCK: N_("C’est bloqué"),
}

STEPS = {
    Step.OFFER_READ: N_("Offre : la modération la lit"),
    Step.INVITATION_READ: N_("Invitation : la modération la lit"),
    Step.OFFER_ANSWERED: N_("Offre : l’équipe du projet répond"),
    Step.INVITATION_ANSWERED: N_("Invitation : la personne répond"),
    Step.PLACE_GIVEN: N_("Liste d’attente : l’équipe donne une place"),
    Step.PROJECT_READ: N_("Idée : la modération la lit"),
    Step.PROJECT_EXPLAINED: N_("Idée : l’équipe répond à une question"),
    Step.PROJECT_RESUMED: N_("Idée rendue : l’équipe la reprend"),
    Step.PROJECT_WRITTEN: N_("Idée : on l’écrit à deux"),
    Step.SPEAKER_VERIFIED: N_("Organisation : la modération vérifie qui parle pour elle"),
    Step.NEWS_READ: N_("Actualité : la modération la lit"),
    Step.CALL_MADE: N_("Demande d’appel : l’équipe de Twiza appelle"),
    Step.FEEDBACK_READ: N_("Avis : l’équipe de Twiza le lit"),
    Step.MISSION_DATED: N_("Accord : une première date est fixée"),
    Step.MISSION_AGREED: N_("Mission proposée : l’autre côté dit oui"),
    Step.MISSION_DONE: N_("Mission passée : a-t-elle eu lieu ?"),
    Step.MISSION_EVALUATED: N_("Mission : les deux côtés disent comment c’était"),
    Step.MISSION_FOLLOWED: N_("Mission : ce qui a été mis en pratique"),
    Step.QUESTION_ANSWERED: N_("Question : l’équipe du projet répond"),
    Step.REPORT_SETTLED: N_("Message signalé : la modération décide"),
    Step.DELIVERY_SENT: N_("Objets promis : la personne les envoie"),
    Step.DELIVERY_RECEIVED: N_("Objets en route : l’équipe dit s’ils sont arrivés"),
    Step.SUGGESTION_ANSWERED: N_("Suggestion : l’équipe du projet répond"),
    Step.RELAY_ANSWERED: N_("Demande de faire passer le mot : la personne répond"),
    Step.KNOWN_PERSON_AGREED: N_("Personne connue : le membre nommé dit oui"),
    Step.CALL_JOIN_ANSWERED: N_("Appel groupé : une commune veut s’y joindre"),
    Step.CALL_CLOSED: N_("Appel groupé : dernier jour"),
    Step.CALL_REPORTED: N_("Appel groupé : ce qu’il a donné"),
}
"""What each is called in a table."""
