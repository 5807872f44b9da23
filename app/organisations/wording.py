"""What people read about organisations: their kinds, and the names of those that come with the territory."""

from app.kernel.folding import fold
from app.kernel.i18n import N_
from app.organisations.models import MembershipState, OrganisationKind
from app.territories.models import Commune, Province, ProvinceKind, Territory

KINDS = {
    OrganisationKind.COMMUNE: N_("Commune"),
    OrganisationKind.PROVINCE: N_("Province ou préfecture"),
    OrganisationKind.REGION: N_("Région"),
    OrganisationKind.LOCAL_ASSOCIATION: N_("Association locale"),
    OrganisationKind.DIASPORA_ASSOCIATION: N_("Association de Marocains du monde"),
    OrganisationKind.COOPERATIVE: N_("Coopérative"),
    OrganisationKind.INSTITUTION: N_("Institution"),
    OrganisationKind.FOREIGN_MUNICIPALITY: N_("Commune ou ville d’un autre pays"),
}

STATES = {
    MembershipState.WAITING: N_("En attente de vérification"),
    MembershipState.VERIFIED: N_("Vérifié"),
    MembershipState.REFUSED: N_("Non retenu"),
    MembershipState.ENDED: N_("Terminé"),
}
STATE_KINDS = {
    MembershipState.WAITING: "idea",
    MembershipState.VERIFIED: "done",
    MembershipState.REFUSED: "late",
    MembershipState.ENDED: "quiet",
}
"""How components/state.html colours them."""


def names_of_territory(territory: Territory) -> tuple[str, str]:
    """French and Arabic names of the administration of a territory: `Commune d’Anzi`, `جماعة أنزي`."""
    if isinstance(territory, Commune):
        return f"Commune {_of(territory.name_fr)}", f"جماعة {territory.name_ar}"
    if not isinstance(territory, Province):
        return f"Région {territory.name_fr}", f"جهة {territory.name_ar}"
    if territory.kind is ProvinceKind.PREFECTURE:
        return f"Préfecture {_of(territory.name_fr)}", f"عمالة {territory.name_ar}"
    return f"Province {_of(territory.name_fr)}", f"إقليم {territory.name_ar}"


def _of(name: str) -> str:
    return f"d’{name}" if fold(name)[:1] in "aeiou" else f"de {name}"
