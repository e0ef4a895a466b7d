"""Scripts for PowerShell and cmd, which stop at no program that fails: only the last one decides."""

from collections.abc import Iterator

from prodlint.ci.model import Step
from prodlint.ci.unseen import stated_shell
from prodlint.core.commands.families import FIX, GATES, INSTALL
from prodlint.core.commands.purpose import Use, use
from prodlint.core.lazy import lazy
from prodlint.core.shell import mask
from prodlint.typed import NamedTuple

# What to write instead, by shell.
SHELLS = {
    **dict.fromkeys(
        ("pwsh", "powershell"),
        "write `$PSNativeCommandUseErrorActionPreference = $true` at the top (PowerShell 7.4 and later),"
        " `if ($LASTEXITCODE) { exit $LASTEXITCODE }` behind it, or a step for each",
    ),
    "cmd": "write `|| exit /b 1` behind it, or a step for each",
}
# What asks how a program ended, or keeps text that is no command.
_ASKS = lazy(
    r"(?i)\$LASTEXITCODE|\$\?|NativeCommand|errorlevel|\|\||&&|\btry\b|\bexit\b|@[\"']\s*\n"
)
_COMMAND = lazy(
    r"(?m)^[ \t]*(?:call |& )?([A-Za-z][\w.-]*(?:[ \t]+[\w.@/\\:=,+\"'%$~*-]+)*)[ \t]*\r?$"
)
_PROGRAMS = frozenset(
    ("git", "docker", "node", "python", "gh", "curl", "msbuild", "cmake", "nuget")
)
# Batch files: without `call`, cmd runs nothing after them, and ends as they do.
_BATCH = frozenset(("npm", "npx", "yarn", "pnpm", "mvn", "gradle", "mvnw", "gradlew", "ng", "tsc"))


class Passed(NamedTuple):
    """A gate that a shell passes over: the shell, and the gate's place in the script."""

    shell: str
    use: Use
    start: int
    end: int


def passed_over(step: Step) -> Iterator[Passed]:
    """The first gate of a script that another program follows."""
    shell = stated_shell(step) or ("pwsh" if step.job.on_windows else "")
    code = mask(step.run.text) if step.run else ""
    if shell not in SHELLS or _ASKS.search(code):
        return
    gate = None
    for line in _COMMAND.finditer(code):
        words = line[1].split()
        found = use(words)
        if gate and (found.family in (*GATES, INSTALL, FIX) or words[0] in _PROGRAMS):
            yield gate
            return
        called = "call " in line[0] or words[0] not in _BATCH
        if not gate and found.gate and (called or shell != "cmd"):
            gate = Passed(shell, found, *line.span(1))
