"""A workflow uses an action, a command or a runner that GitHub has switched off."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR
# What is in all that GitHub has ever switched off.
_SIGNS = (
    *("artifact@", "actions/cache", "::set-env", "::add-path"),
    *("ubuntu-1", "ubuntu-20", "macos-1", "windows-201"),
)


def check(workflow: Workflow) -> Findings:
    text = workflow.source.text
    if workflow.system or not any(sign in text for sign in _SIGNS):
        return
    from prodlint.ci.retired import retired

    for one in retired(workflow):
        yield Finding(one.span, f"{one.what}: {one.effect}", help=one.instead)
