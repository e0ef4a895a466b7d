"""A workflow uses an action, a command or a runner that GitHub has switched off."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings
from prodlint.core.lazy import lazy

LEVEL = ERROR
_EVER_RETIRED = lazy(
    r"-artifact@v?[123]\b|actions/cache\S*@v?[1-4]\b|::set-env|::add-path|ubuntu-(?:1|20)|macos-1[0-3]|windows-201"
)


def check(workflow: Workflow) -> Findings:
    if workflow.system or not _EVER_RETIRED.search(workflow.source.text):
        return
    from prodlint.ci.retired import retired

    for one in retired(workflow):
        yield Finding(one.span, f"{one.what}: {one.effect}", help=one.instead)
