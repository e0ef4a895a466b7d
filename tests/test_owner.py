"""Whose repository it is, as git's settings tell."""

import pytest

from conftest import Lint

WORKFLOW = """\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: Example/setup@main
"""


@pytest.mark.parametrize(
    ("url", "reported"),
    [
        ("git@github.com:example/web.git", False),
        ("https://github.com/Example/web", False),
        ("https://github.com/other/example", True),
        ("https://gitlab.com/example/web.git", True),
    ],
)
def test_its_own_actions_may_be_taken_from_a_branch(lint: Lint, url: str, reported: bool) -> None:
    files: dict[str, str | bytes] = {
        ".github/workflows/ci.yml": WORKFLOW,
        ".git/config": f'[remote "origin"]\n\turl = {url}\n',
    }
    assert ("Example/setup" in lint(files, select=["ci/unpinned-action"])) == reported


def test_settings_that_cannot_be_read_tell_nothing(lint: Lint) -> None:
    files: dict[str, str | bytes] = {
        ".github/workflows/ci.yml": WORKFLOW,
        ".git/config": b"url = https://github.com/example/\xff",
    }
    assert "Example/setup" in lint(files, select=["ci/unpinned-action"])
