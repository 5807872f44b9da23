"""A device is called by its browser and its system."""

import pytest

from app.accounts.devices import device_name
from app.kernel.i18n import speaking

PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PIXEL, "Chrome sur Android"),
        (IPHONE, "Safari sur iPhone"),
        (EDGE, "Edge sur Windows"),
        (FIREFOX, "Firefox sur Linux"),
        ("python-httpx/0.28.1", "Appareil inconnu"),
        ("", "Appareil inconnu"),
    ],
)
def test_a_device_is_called_by_its_browser_and_system(user_agent: str, name: str):
    assert device_name(user_agent) == name


def test_its_name_is_in_the_readers_language():
    with speaking("ar"):
        assert device_name(PIXEL) == "Chrome على Android"
