"""Makes another edition of a kind: `python -m app.matching.retrieval KIND AFTER`. Started by `editions`."""

import os
import sys

from app.kernel.database import create_database_engine
from app.matching.retrieval.editions import Shelf

kind, after = sys.argv[1:]
os.nice(10)
Shelf(create_database_engine(os.environ["TWIZA_DATABASE_URL"], pool_size=1), kind).make(after)
