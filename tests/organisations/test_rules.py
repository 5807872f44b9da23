from datetime import timedelta

import pytest

from app.accounts.models import Grant, GrantKind, ModeratorScope, Role, User
from app.kernel.database import now
from app.organisations import rules
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.organisations.wording import names_of_territory
from app.territories.models import Commune, Province, ProvinceKind, Region

HERE = Organisation(id=1, kind=OrganisationKind.LOCAL_ASSOCIATION, name_fr="A", region_code="09")
ABROAD = Organisation(id=2, kind=OrganisationKind.DIASPORA_ASSOCIATION, name_fr="B", country="FR", town="Lyon")


def moderator(region: str | None = None, country: str | None = None) -> User:
    scope = ModeratorScope(region_code=region, country=country)
    return User(id=9, name="M", role=Role.MODERATOR, scopes=[scope], grants=[])


def asking(organisation: Organisation, days: int = 0, user_id: int = 5) -> Membership:
    return Membership(
        user_id=user_id,
        organisation_id=organisation.id,
        organisation=organisation,
        state=MembershipState.WAITING,
        asked_at=now() - timedelta(days=days),
    )


@pytest.mark.parametrize(
    ("judge", "organisation", "may"),
    [
        (moderator(region="09"), HERE, True),
        (moderator(region="08"), HERE, False),
        (moderator(country="FR"), HERE, False),
        (moderator(country="FR"), ABROAD, True),
        (moderator(country="BE"), ABROAD, False),
        (moderator(region="09"), ABROAD, False),
        (moderator(), HERE, True),
        (moderator(), ABROAD, True),
        (User(id=9, name="U", scopes=[], grants=[]), HERE, False),
        (User(id=9, name="A", role=Role.ADMINISTRATOR, scopes=[], grants=[]), ABROAD, True),
    ],
)
def test_a_moderator_judges_in_their_region_or_country_only(judge, organisation, may):
    assert rules.can_judge(judge, asking(organisation)) is may


def test_nobody_vouches_for_themselves_but_an_administrator():
    own = asking(HERE, user_id=9)
    assert not rules.can_judge(moderator(region="09"), own)
    assert rules.can_judge(User(id=9, name="A", role=Role.ADMINISTRATOR, scopes=[], grants=[]), own)


def test_a_coordinator_sees_and_reminds_but_does_not_decide():
    coordinator = User(id=9, name="C", scopes=[], grants=[Grant(kind=GrantKind.COORDINATOR)])
    assert not rules.can_judge(coordinator, asking(HERE, days=9))


def test_one_ends_the_membership_of_another_never_ones_own():
    membership = Membership(user_id=5, organisation_id=1, organisation=HERE, state=MembershipState.VERIFIED)
    member = User(id=6, name="U", scopes=[], grants=[])
    assert rules.can_end(member, membership, {1})
    assert not rules.can_end(member, membership, {2})
    assert rules.can_end(moderator(region="09"), membership, set())
    assert not rules.can_end(User(id=5, name="V", scopes=[], grants=[]), membership, {1})
    assert not rules.can_end(member, asking(HERE), {1})


@pytest.mark.parametrize(
    ("territory", "names"),
    [
        (
            Commune(code="09.581.11.03", name_fr="Arbaa Sahel", name_ar="أربعاء الساحل"),
            ("Commune d’Arbaa Sahel", "جماعة أربعاء الساحل"),
        ),
        (Commune(code="09.541.04.61", name_fr="Tinzart", name_ar="تنزرت"), ("Commune de Tinzart", "جماعة تنزرت")),
        (Province(code="09.581", name_fr="Tiznit", name_ar="تيزنيت"), ("Province de Tiznit", "إقليم تيزنيت")),
        (
            Province(code="09.001", name_fr="Agadir-Ida-Ou-Tanane", name_ar="أكادير", kind=ProvinceKind.PREFECTURE),
            ("Préfecture d’Agadir-Ida-Ou-Tanane", "عمالة أكادير"),
        ),
        (Region(code="09", name_fr="Souss-Massa", name_ar="سوس-ماسة"), ("Région Souss-Massa", "جهة سوس-ماسة")),
    ],
)
def test_the_administration_of_a_territory_is_named_after_it(territory, names):
    assert names_of_territory(territory) == names
