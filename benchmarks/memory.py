"""What a process holds, as Linux counts it."""

import gc
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Memory:
    """In MB. `pss` shares out what several processes map; `private` is what this one alone costs."""

    rss: float
    pss: float
    private: float
    """What it wrote itself: what it maps of files counts as shared, whether others map it yet or not."""


def memory() -> Memory:
    gc.collect()
    said = Path("/proc/self/smaps_rollup").read_text()
    megabytes = {
        name: int(kilobytes) / 1024 for name, kilobytes in re.findall(r"^(\w+):\s+(\d+) kB", said, re.MULTILINE)
    }
    return Memory(megabytes["Rss"], megabytes["Pss"], megabytes["Anonymous"])
