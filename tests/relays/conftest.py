from tests.contributions.conftest import asked, case, known  # noqa: F401  the same project, team and moderators
