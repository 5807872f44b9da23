"""The words for states, kinds and modes, as pages and filters say them."""

from app.kernel.i18n import N_, gettext
from app.projects.models import Duration, Mode, Moderation, NeedKind, PhotoKind, Project, Stage

STAGES = {
    Stage.IDEA: (N_("Idée"), "idea"),
    Stage.OPEN: (N_("Cherche de l’aide"), "open"),
    Stage.UNDER_WAY: (N_("En cours"), "open"),
    Stage.REALISED: (N_("Réalisé"), "done"),
}
MODERATION = {
    Moderation.WAITING: (N_("En attente d’un modérateur"), "quiet"),
    Moderation.QUESTION: (N_("Question posée"), "late"),
    Moderation.RETURNED: (N_("À reprendre"), "late"),
    Moderation.HELPING: (N_("S’écrit à deux"), "idea"),
    Moderation.WITHDRAWN: (N_("Retiré"), "quiet"),
}
KINDS = {
    NeedKind.SKILL: N_("Compétence"),
    NeedKind.TRAINING: N_("Formation"),
    NeedKind.IDEAS: N_("Idées"),
    NeedKind.STUDY: N_("Étude"),
    NeedKind.EQUIPMENT: N_("Équipement"),
    NeedKind.CONTACTS: N_("Contacts"),
    NeedKind.FUNDING_FILE: N_("Dossier de financement"),
    NeedKind.INVESTMENT: N_("Investissement"),
}
MODES = {
    Mode.ON_SITE: N_("Sur place"),
    Mode.REMOTE: N_("À distance"),
    Mode.EITHER: N_("Sur place ou à distance"),
}
DURATIONS = {
    Duration.ONE_OFF: N_("Coup de main ponctuel"),
    Duration.LONG: N_("Accompagnement dans la durée"),
}
PHOTO_KINDS = {
    PhotoKind.BEFORE: N_("Avant"),
    PhotoKind.AFTER: N_("Après"),
    PhotoKind.OTHER: N_("Autre chose"),
}


def state_of(project: Project) -> tuple[str, str]:
    """What `components/state.html` takes: a word in the reader's language, and its kind."""
    words, kind = MODERATION.get(project.moderation) or STAGES[project.stage]
    return gettext(words), kind
