"""Raw results: a file has a line that says where it came from, then rows of subject, variant, round and figures."""

from functools import cache
from pathlib import Path

import pandas as pd


class Results:
    def __init__(self, folder):
        self.folder = Path(folder)

    def file(self, section):
        return self.folder / f"{section}.csv"

    @cache
    def rows(self, section):
        rows = pd.read_csv(self.file(section), comment="#", dtype={"subject": str, "variant": str})
        # Several starts repeat the numbers of rounds; the nth measurement of each pairs.
        rows["round"] = rows.groupby(["subject", "variant"]).cumcount()
        return rows

    def origin(self, section):
        return self.file(section).open().readline()[2:].strip()

    def sample(self, section, subject, variant, figure="ms"):
        """One contender's figures by round; a KeyError if it was not measured."""
        return self.rows(section).set_index(["subject", "variant", "round"]).sort_index()[figure].loc[subject, variant]
