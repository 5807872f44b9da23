"""The codes of the Haut-Commissariat au Plan, in addresses: a region is 09, a province 09.581, a commune 09.581.11.03."""

import re

from starlette.convertors import Convertor, register_url_convertor

REGION = r"\d\d"
PROVINCE = rf"{REGION}\.\d{{3}}"
COMMUNE = rf"{PROVINCE}\.\d\d\.\d{{1,2}}"

_ANY = re.compile(rf"{COMMUNE}|{PROVINCE}|{REGION}", re.ASCII)


def is_code(text: str) -> bool:
    return _ANY.fullmatch(text) is not None


class _Code(Convertor[str]):
    def __init__(self, pattern: str) -> None:
        self.regex = pattern

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


# `/territories/{code:commune}` and `/territories/{code:wider}` may then belong to different domains.
register_url_convertor("commune", _Code(COMMUNE))
register_url_convertor("wider", _Code(f"{PROVINCE}|{REGION}"))
