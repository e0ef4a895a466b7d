"""Moved to prodlint.typed."""

from prodlint.typed import *  # noqa: F403
