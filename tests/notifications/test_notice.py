from dataclasses import dataclass

import pytest

from app.notifications.notice import Notice


def test_a_message_that_lacks_a_part_cannot_be_written():
    """It is refused when it is made, not by the reader who finds it empty."""

    @dataclass(frozen=True)
    class WithoutAction(Notice):
        kind = "incomplete"

        def subject(self) -> str:
            return "Objet"

        def body(self) -> str:
            return "Texte"

        def path(self) -> str:
            return "/"

    with pytest.raises(TypeError, match="action"):
        WithoutAction()
