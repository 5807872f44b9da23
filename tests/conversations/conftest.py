from tests.contributions.conftest import case

__all__ = ["case"]
