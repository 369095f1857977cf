"""What is wrong with what a person gave, told in one sentence in place of a traceback."""

from __future__ import annotations


class UserError(Exception):
    """The message names the file or option at fault, what was expected, and what to do."""
