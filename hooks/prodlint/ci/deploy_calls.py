"""Calls of curl that start a deployment, and end well whatever the server answers."""

from collections.abc import Iterator

from prodlint.ci.evidence import excuse
from prodlint.ci.model import Step, Workflow
from prodlint.ci.pipes import only_shows
from prodlint.core.lazy import lazy
from prodlint.core.shell import AndOr, Command, find
from prodlint.core.source import Span
from prodlint.core.swallow import ALWAYS, OR, Swallow
from prodlint.core.yaml import find as value_of
from prodlint.core.yaml import text
from prodlint.typed import NamedTuple

# An address, or the name of a variable with one, that starts a deployment by any method.
_HOOK = lazy(
    r"(?i)api\.render\.com/deploy|vercel\.com/v1/integrations/deploy|netlify\.com/build_hooks|deploy(?:ment)?[_-]?(?:web)?hook"
    r"|(?:render|vercel|netlify|railway|coolify|dokploy|portainer|koyeb|heroku|cloudflare|forge)\w*hook|build[_-]hook"
    r"|forge\.laravel\.com/servers/"
)
# The same, if something is sent there.
_SERVICE = lazy(
    r"(?i)deploy|\b(?:api\.)?(?:render\.com|heroku\.com|fly\.io)|railway|coolify|dokploy|portainer"
)
_WEBHOOK = lazy(r"(?i)hook")
_NEWS = lazy(
    r"(?i)slack|discord|teams|telegram|notif|mattermost|sentry|datadog|newrelic|grafana|status|/events?\b|annotat|mail|health"
)
_SENDS = lazy(
    r"POST|PUT|PATCH|-[a-zA-Z]*X(?:POST|PUT|PATCH)|--request=P.*|--(?:data|json|form|upload-file).*|-[dFT].*"
)
_HEEDS = lazy(r"--fail.*|--write-out.*|-(?!-)[^HXdoAubFmTeEKrxyYzCDPQtUc]*[fw].*")
_UNKNOWN = lazy(r"(?i)[\"']?\$\{?\w*(?:opt|arg|flag)")
_WITH_VALUE = lazy(
    r"-(?:(?![HdoAubFmTeEKrxyYzCDPQtUcX])[a-zA-Z])*[HdoAubFmTeEKrxyYzCDPQtUcX]|--(?!fail|silent|show-error|location|insecure|compressed|verbose).*"
)
_VARIABLE = lazy(r"\$\{?(\w+)")


class Unchecked(NamedTuple):
    step: Step
    span: Span


def unchecked(workflow: Workflow) -> Iterator[Unchecked]:
    for job in workflow.jobs:
        for step in job.steps:
            if step.run and "curl" in step.run.text and step.shell.posix and step.script:
                for command in _calls(step):
                    if _starts_deployment(command, step) and not _heeded(command, step):
                        yield Unchecked(step, step.run.at(command.start, command.end))


def _calls(step: Step) -> Iterator[Command]:
    """Those whose answer is only shown, and not read by a pipe or kept in a variable."""
    for item in find(step.script, AndOr, False):
        for pipeline in item.pipelines:
            first, *rest = pipeline.commands
            shown = all(isinstance(one, Command) and only_shows(one) for one in rest)
            if isinstance(first, Command) and shown and _is_curl(first):
                yield first


def _is_curl(command: Command) -> bool:
    names = [word.text for word in command.words[:2]]
    return names[:1] == ["curl"] or names == ["sudo", "curl"]


def _heeded(command: Command, step: Step) -> bool:
    """Whether the status of the answer counts, or may do so for all that is known."""
    words = [word.text for word in command.words[1:]]
    if any(_HEEDS.fullmatch(word) or _UNKNOWN.match(word) for word in words):
        return True
    return bool(excuse(step, Swallow(command.start, command.end, OR, "", [command], ALWAYS)))


def _starts_deployment(command: Command, step: Step) -> bool:
    words = [word.text for word in command.words[1:]]
    sends = any(_SENDS.fullmatch(word) for word in words)
    target = _target(command, step)
    if _NEWS.search(target):
        return False
    if _HOOK.search(target) or (sends and _SERVICE.search(target)):
        return True
    named = "deploy" in step.setting("name").lower()
    return sends and named and _WEBHOOK.search(target) is not None


def _target(command: Command, step: Step) -> str:
    """The address as written, and what the variables in it are set to."""
    assert step.run is not None
    found = []
    before = ""
    for word in command.words[1:]:
        if not word.raw.startswith("-") and not _WITH_VALUE.fullmatch(before):
            found.append(step.run.text[word.start : word.end])
        before = word.text
    address = " ".join(found)
    places = (step.node, step.job.node, step.job.workflow.root)
    for variable in _VARIABLE.findall(address)[:5]:
        values = (text(value_of(place, "env", variable)) for place in places)
        found.append(next(filter(None, values), ""))
    return " ".join(found)
