"""Matching at the size of the diaspora: how fast, how right, beside others: `python -m benchmarks.matching`.

- `corpus` invents people and needs with a fixed seed, `wording` says things as people do, mistakes included;
- `storing` puts them through the real tables of an embedded PostgreSQL, kept under `var/benchmarks` for the next run;
- `oracle` ranks everybody the slow, obviously right way;
- `ours` measures the functions that the pages call, in processes of their own; `peers` does the same job otherwise;
- `report` compares the figures with those that the issue wants.

At ten times as many people, beside other engines: `python -m benchmarks.matching.tenfold`.

- `multiplying` makes ten of each who is stored, `laying` the application's own copy of them all, without a database;
- `asking` times the questions and judges the answers, `engines` and `in_postgresql` find the likely otherwise.
"""
