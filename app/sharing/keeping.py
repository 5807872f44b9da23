"""What was drawn or written is kept under the hash of what it shows: a link that goes round costs nothing."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST = 200
"""Of some 100 kB each."""


class Kept:
    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """One is made at a time, and once: a crowd behind one link waits for the first."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
                if len(self._made) > self.most:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]
