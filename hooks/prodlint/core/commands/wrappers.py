"""How commands are spelt, and which commands run another one: `sudo`, `npx`, `uv run`, `docker compose exec web`."""

_NOTHING_BEFORE = """
    sudo, doas, env, nice, ionice, nohup, stdbuf, time, command, builtin, exec, setsid, unbuffer, xvfb-run,
    dbus-run-session, xargs, parallel, npx, bunx, pnpx, uvx, corepack, cross-env, cross-env-shell, dotenv, dotenvx,
    env-cmd, catchsegv, chronic, uv run, poetry run, pipenv run, pdm run, hatch run, rye run, pixi run, conda run,
    mamba run, micromamba run, uv tool run, pipx run, bundle exec, npm exec, npm x, pnpm exec, pnpm dlx, yarn exec,
    yarn dlx, bun x, composer exec, doppler run, op run, infisical run, dotenv run, dotenvx run, mise exec, mise x,
    heroku run, ddev exec, nix develop, nix shell, devbox run, yarn workspaces foreach,
    yarn workspaces run, docker run, podman run, nerdctl run, eval,
    coverage run, hardhat run, sshpass, bash, sh, zsh, dash, ksh, ash, python, node, ts-node, tsx, php, ruby, perl, source, ., pwsh, deno run
"""
_ONE_BEFORE = """
    timeout, gtimeout, flock, chamber exec, aws-vault exec, asdf exec, direnv exec, docker exec, docker compose exec,
    docker compose run, podman exec, podman compose exec, podman compose run, nerdctl exec, kubectl exec, oc exec, ssh,
    yarn workspace
"""

# How many operands stand between the wrapper and the command that it runs.
WRAPPERS = {
    **{name.strip(): 0 for name in _NOTHING_BEFORE.split(",")},
    **{name.strip(): 1 for name in _ONE_BEFORE.split(",")},
    **dict.fromkeys(("find", "su"), 1000),
}
# Options behind which the command begins.
STARTS = {
    "python": ("-m",),
    "uv run": ("-m", "--module"),
    "coverage run": ("-m", "--module"),
    "nix develop": ("-c", "--command"),
    "nix shell": ("-c", "--command"),
    "yarn workspaces foreach": ("run",),
    "su": ("-c", "-lc", "--command"),
    "find": ("-exec", "-execdir", "-ok"),
}
# Options with which nothing is run that could be looked up.
STOPS = {
    "python": ("-c",),
    "node": ("-e", "--eval", "-p", "--print", "--test"),
    "php": ("-r", "-l"),
    "ruby": ("-e", "-c"),
    "perl": ("-e", "-c"),
    "command": ("-v", "-V"),
    "npx": ("-c", "--call"),
    "docker run": ("-d", "--detach", "-dit", "-itd", "-di", "-td", "-dt"),
    "podman run": ("-d", "--detach", "-dit", "-itd", "-di", "-td", "-dt"),
}
# The operands are, in quotes or not, the text of a script.
SCRIPTS = ("eval", "ssh")
SHELLS = ("bash", "sh", "zsh", "dash", "ksh", "ash")
IMAGES = ("docker run", "podman run", "nerdctl run")
# They run commands, and scripts of their own by name.
NAMING = (
    *("hatch run", "pdm run", "rye run", "pixi run", "devbox run", "composer exec"),
    *("yarn workspace", "yarn workspaces foreach", "yarn workspaces run"),
)
# A word that stands for a script of the package, or else for a command that it installed.
MANAGERS = ("npm", "pnpm", "yarn", "bun", "composer")

# Other spellings of a command.
ALIASES = {
    "gradlew": "gradle",
    "mvnw": "mvn",
    "mvnd": "mvn",
    "docker-compose": "docker compose",
    "podman-compose": "podman compose",
    "pip3": "pip",
    "pipx3": "pipx",
    "tofu": "terraform",
    "gmake": "make",
    "sls": "serverless",
    "flyctl": "fly",
    "bazelisk": "bazel",
    "go-task": "task",
    "inv": "invoke",
    "sail": "artisan",
    "django-admin": "manage.py",
    "gtimeout": "timeout",
    "@redocly/cli": "redocly",
    "@biomejs/biome": "biome",
    "@angular/cli": "ng",
    "@playwright/test": "playwright",
    "@lhci/cli": "lhci",
    "@stoplight/spectral-cli": "spectral",
    "@commitlint/cli": "commitlint",
    "@changesets/cli": "changeset",
    "@arethetypeswrong/cli": "attw",
    "@nestjs/cli": "nest",
    "golangci/golangci-lint": "golangci-lint",
    "snyk-cli": "snyk",
    "mintlify": "mint",
}

_COMPOSE = "-f --file -p --project-name --env-file --profile --project-directory --parallel"
_RUN = """
    -e --env --env-file -v --volume -p --publish -w --workdir -u --user --name --network --net -h --hostname -l --label
    --mount --entrypoint --platform -m --memory --cpus --shm-size --add-host --restart --ulimit --pull --cap-add
    --cap-drop --security-opt --device --gpus --ip --dns --log-driver --log-opt --tmpfs --volumes-from --pid --ipc
    --userns --cidfile --health-cmd --stop-timeout --link --group-add --runtime --expose -a --attach
"""
_EXEC = "-e --env --env-file -u --user -w --workdir --index"
_KUBERNETES = (
    "-n --namespace --context --kubeconfig --cluster -s --server --as --token -c --container"
)
_SHELL = "-o +o -O +O -eo -euo -exo -xeo -euxo -exuo -eEuo -Eeuo -ceo --rcfile --init-file"
_CARGO = """
    -p --package --test --bin --example --features -F -j --jobs --profile --target --test-runner --unreferenced -E
"""

# Options that take the next word.
VALUES = {
    "npm": "--prefix -w --workspace -C --loglevel --registry",
    "npm exec": "-p --package",
    "pnpm": "--filter -F --filter-prod -C --dir --workspace-concurrency --reporter",
    "pnpm dlx": "--package",
    "yarn": "--cwd",
    "yarn workspaces foreach": "--include --exclude --from --since -j --jobs",
    "yarn dlx": "-p --package",
    "bun": "--cwd --filter -F --env-file",
    "npx": "-p --package -w --workspace",
    "docker": "--context -H --host -c --config -l --log-level",
    "docker compose": _COMPOSE,
    "docker compose run": _RUN,
    "docker compose exec": _EXEC,
    "docker run": _RUN,
    "docker exec": _EXEC,
    "podman compose": _COMPOSE,
    "podman compose run": _RUN,
    "podman compose exec": _EXEC,
    "podman run": _RUN,
    "podman exec": _EXEC,
    "nerdctl run": _RUN,
    "nerdctl exec": _EXEC,
    "kubectl": _KUBERNETES,
    "kubectl exec": _KUBERNETES,
    "oc": _KUBERNETES,
    "oc exec": _KUBERNETES,
    "helm": "-n --namespace --kube-context --kubeconfig",
    "git": "-C -c --git-dir --work-tree",
    "go": "-C",
    "cargo": "--manifest-path --config -C --color -Z",
    "cargo test": _CARGO,
    "cargo nextest run": _CARGO,
    "cargo insta test": _CARGO,
    "mvn": "-f --file -pl --projects -s --settings -P --activate-profiles -rf -T --threads -gs -t",
    "gradle": "-p --project-dir -b -c -x --exclude-task -I --init-script --console --max-workers --tests",
    "make": "-C --directory -f --file -I -W",
    "just": "-f --justfile -d --working-directory",
    "task": "-d --dir -t --taskfile",
    "composer": "-d --working-dir",
    "turbo": "--filter -F --concurrency --cwd --output-logs --cache-dir",
    "nx": "-c --configuration -p --projects --base --head --parallel -e --exclude",
    "lerna": "--scope --ignore --concurrency --since",
    "uv": "--directory --project --config-file --python -p --cache-dir --color",
    "uv run": """
        --with --extra --group --only-group --no-group -p --python --env-file --with-requirements --with-editable
        --package --project --directory --index-url --index --refresh-package
    """,
    "uv tool run": "--from --with -p --python",
    "uvx": "--from --with -p --python --index-url --with-requirements",
    "pipx run": "--spec --python --pip-args",
    "poetry": "-C --directory -P --project",
    "hatch": "-e --env -p --project",
    "pdm run": "-p --project",
    "bundle": "--gemfile",
    "sudo": "-u --user -g --group -h --host -p -C -D -R -T -r -t -U",
    "doas": "-u -C",
    "env": "-u --unset -C --chdir",
    "timeout": "-s --signal -k --kill-after",
    "nice": "-n --adjustment",
    "ionice": "-c -n",
    "stdbuf": "-o -e -i",
    "time": "-f -o",
    "xvfb-run": "-n --server-num -s --server-args -e --error-file -f --auth-file -w --wait",
    "xargs": "-n -P -I -L -d -a -s -E --max-args --max-procs --replace --delimiter --arg-file",
    "parallel": "-j --jobs -a --arg-file --colsep",
    "dotenv": "-e -c -f -v",
    "env-cmd": "-f -e",
    "doppler run": "-p -c --project --config --token",
    "infisical run": "--env --path --token --projectId",
    "op run": "--env-file --account",
    "conda run": "-n --name -p --prefix --cwd",
    "mamba run": "-n --name -p --prefix",
    "micromamba run": "-n --name -p --prefix",
    "pixi run": "-e --environment --manifest-path",
    "heroku run": "-a --app",
    "coverage run": "--source --source-pkg --omit --include --rcfile --data-file --concurrency --context",
    "hardhat run": "--network --config",
    "sshpass": "-p -f -d -P",
    "ssh": "-i -p -o -l -F -J -b -c -D -E -L -R -W -w -m",
    "python": "-W -X",
    "node": "-r --require --import --loader --experimental-loader --env-file -C --conditions",
    "php": "-d -c -z",
    "bash": _SHELL,
    "sh": _SHELL,
    "zsh": _SHELL,
    "migrate": "-path -database -source",
}
