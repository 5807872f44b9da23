"""The codes of the Haut-Commissariat au Plan: 09 is a region, 09.581 a province, 09.581.11.03 a commune."""

import re

from starlette.convertors import Convertor, register_url_convertor

REGION = r"\d\d"
PROVINCE = rf"{REGION}\.\d{{3}}"
COMMUNE = rf"{PROVINCE}\.\d\d\.\d{{1,2}}"

_ANY = re.compile(rf"{COMMUNE}|{PROVINCE}|{REGION}", re.ASCII)


def is_code(text: str) -> bool:
    return _ANY.fullmatch(text) is not None


class _CommuneCode(Convertor[str]):
    regex = COMMUNE

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _WiderCode(_CommuneCode):
    regex = f"{PROVINCE}|{REGION}"


# `/territories/{code:commune}` and `/territories/{code:wider}` may then belong to different domains.
register_url_convertor("commune", _CommuneCode())
register_url_convertor("wider", _WiderCode())
