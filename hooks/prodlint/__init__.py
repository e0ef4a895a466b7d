"""Lint the configuration that takes a web app to production."""

__version__ = "0.1.0"
