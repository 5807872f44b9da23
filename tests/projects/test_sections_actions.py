import pytest
from sqlmodel import select

from app.accounts.models import User
from app.kernel.errors import Forbidden, NotFound
from app.organisations.models import Membership, Organisation
from app.projects import contents, fiche, sections
from app.projects.fiche import StaleSection
from app.projects.models import SectionVersion
from tests.factories import OUIJJANE

CONTEXT = sections.BY_NAME["context"]
ONCE = {"text": "Le camion passe une fois par mois."}
OFTEN = {"text": "Le camion passe chaque semaine."}


@pytest.fixture
def save(session, project, stands):
    def save(user, content, version, kind=CONTEXT, language="fr"):
        return fiche.save(session, stands(user), project, kind, content, language, version)

    return save


@pytest.fixture
def kept(session, project):
    def kept(kind=CONTEXT):
        statement = select(SectionVersion).where(
            SectionVersion.project_id == project.id, SectionVersion.name == kind.name
        )
        return [(row.version, row.content, row.edited_by_id) for row in session.exec(statement.order_by("version"))]

    return kept


def test_every_version_stays_with_its_author(save, kept, author, co_author):
    save(author, ONCE, 0)
    saved = save(co_author, OFTEN, 1)
    assert (saved.version, saved.content) == (2, OFTEN)
    assert kept() == [(1, ONCE, author.id), (2, OFTEN, co_author.id)]


def test_saving_what_is_already_there_makes_no_version(save, kept, author):
    save(author, ONCE, 0)
    save(author, ONCE, 1)
    assert len(kept()) == 1


def test_two_people_never_overwrite_each_other_silently(save, kept, author, co_author):
    save(author, ONCE, 0)
    with pytest.raises(StaleSection) as refused:
        save(co_author, OFTEN, 0)
    assert refused.value.current.content == ONCE
    assert len(kept()) == 1


def test_two_people_who_wrote_the_same_text_agree(save, kept, author, co_author):
    save(author, ONCE, 0)
    save(co_author, ONCE, 0)
    assert len(kept()) == 1


def test_a_version_nobody_has_seen_yet_is_stale_too(save, author):
    with pytest.raises(StaleSection):
        save(author, ONCE, 7)


def test_a_reader_does_not_write(save, kept, make):
    for reader in (make(User), make.moderator("01")):
        with pytest.raises(Forbidden):
            save(reader, ONCE, 0)
    assert kept() == []


def test_the_moderator_of_the_region_and_the_organisation_write(save, kept, session, project, make):
    moderator, member = make.moderator("09"), make(User)
    project.organisation_id = make(Organisation).id
    make(Membership, organisation_id=project.organisation_id, user_id=member.id)
    save(moderator, ONCE, 0)
    save(member, OFTEN, 1)
    assert [editor for _, _, editor in kept()] == [moderator.id, member.id]


def test_the_idea_is_what_lists_read(save, kept, project, author):
    content = {"title": "فرز النفايات", "summary": "شاحنة تصل في الربيع.", "commune_code": OUIJJANE}
    save(author, content, 0, sections.IDEA, "ar")
    assert (project.title, project.commune.name_fr, project.language) == ("فرز النفايات", "Ouijjane", "ar")
    assert kept(sections.IDEA) == [(1, content, author.id)]


def test_the_theme_is_what_filters_read(save, project, author):
    kind = sections.BY_NAME["theme"]
    save(author, {"theme_code": "waste"}, 0, kind)
    assert project.theme.label_fr == "Déchets"
    save(author, {}, 1, kind)
    assert project.theme_code is None


def test_going_back_to_a_version_makes_a_new_one(session, project, stands, save, kept, author, co_author):
    save(author, ONCE, 0)
    save(co_author, OFTEN, 1)
    fiche.restore(session, stands(author), project, CONTEXT, version=1, current=2)
    assert [content for _, content, _ in kept()] == [ONCE, OFTEN, ONCE]
    with pytest.raises(StaleSection):
        fiche.restore(session, stands(author), project, CONTEXT, version=2, current=2)
    with pytest.raises(NotFound):
        fiche.restore(session, stands(author), project, CONTEXT, version=9, current=3)


def test_readers_see_no_empty_section_and_editors_are_invited_to_write_it(session, project, stands, save, author, make):
    save(author, ONCE, 0)
    save(author, {}, 1)
    mine = fiche.view(session, project, stands(author), "fr")
    theirs = fiche.view(session, project, stands(make(User)), "fr")
    assert CONTEXT in mine.missing and not mine.sections
    assert not theirs.missing and not theirs.sections


def test_each_one_s_changes_are_put_together():
    kind = sections.BY_NAME["beneficiaries"]
    base = {"text": "Les familles", "women": 10, "children": 5}
    mine = {"text": "Toutes les familles", "women": 10}
    theirs = {"text": "Les familles", "women": 20, "children": 5, "total": 90}
    merged = contents.merged(kind, base, mine, theirs)
    assert merged == {"text": "Toutes les familles", "women": 20, "total": 90}
