"""What commands are for: the table that tells a gate from clean-up.

A pattern is a command's name, then the words that must follow it, then the options that it must have: `cargo test`,
`prettier --check`. The pattern with the most words decides. `@` stands for a name that says what it does
(`npm run lint`), `@@` for any number of them (`make lint test`), and `$` for nothing more.
"""

TEST, LINT, BUILD, SCAN, DEPLOY, INSTALL = "test", "lint", "build", "scan", "deploy", "install"
FIX, CLEANUP, DIAGNOSTIC, SAY, CONDITION = "a fixer", "clean-up", "diagnostics", "say", "condition"
NAMED = "named"
# A command that only the settings know.
GATE = "gate"

GATES = frozenset({TEST, LINT, BUILD, SCAN, DEPLOY, GATE})

PATTERNS = {
    TEST: """
        pytest, py.test, unittest, doctest, tox, nox, nose2, nosetests, stestr, ward, behave, robot, pabot, locust,
        hatch test, manage.py test,
        jest, vitest, mocha, ava, jasmine, karma start, tap, tape, c8, nyc, playwright test, cypress run, wdio,
        testcafe, nightwatch, codeceptjs run, newman run, artillery run, k6 run, cucumber-js, lhci, pa11y, pa11y-ci,
        react-scripts test, ng test, ng e2e, nx test, nx e2e, vue-cli-service test:unit, vue-cli-service test:e2e,
        test-storybook, start-server-and-test, node --test, npm test, npm t, npm tst, pnpm test, pnpm t, yarn test,
        bun test, deno test, hardhat test, forge test, truffle test, anchor test, chromatic, backstop test,
        go test, gotestsum, ginkgo, cargo test, cargo t, cargo nextest, cargo insta test, cargo tarpaulin,
        cargo llvm-cov, cargo miri test, wasm-pack test, dotnet test, dotnet vstest, sbt test, lein test, ctest,
        meson test, bazel test, bazel coverage, buck2 test, pants test,
        phpunit, pest, paratest, codecept run, behat, phpspec run, artisan test, artisan dusk,
        rspec, cucumber, rails test, rails spec, swift test, xcodebuild test, flutter test, dart test, mix test,
        rebar3 eunit, rebar3 ct, stack test, cabal test, zig build test, bats, shellspec, goss validate, dgoss run,
        inspec exec, kitchen test, molecule test, container-structure-test, helm test, ct install, schemathesis run,
        dredd, jmeter, dbt test, dbt build, mvn test, mvn verify, mvn integration-test, gradle check
    """,
    LINT: """
        eslint, stylelint, prettier --check, prettier -c, prettier -l, prettier --list-different, biome check, biome ci,
        biome lint, oxlint, xo, standard, tslint, jshint, markdownlint, markdownlint-cli2, textlint, alex, cspell,
        dprint check, next lint, ng lint, nx lint, nx format:check, vue-cli-service lint, knip, depcheck, madge --circular,
        depcruise, size-limit, bundlesize, publint, attw, commitlint, solhint, deno lint, deno fmt --check,
        tsc, vue-tsc, svelte-check, astro check, deno check, flow check, tsd, glint,
        ruff $, ruff check, ruff format --check, ruff format --diff, flake8, pylint, pycodestyle, pydocstyle, pyflakes,
        prospector, black --check, black --diff, isort --check, isort --check-only, isort -c, yapf --diff, yapf -d,
        autoflake --check, docformatter --check, interrogate, vulture, xenon, codespell, typos, doc8, rstcheck,
        check-manifest, twine check, validate-pyproject, djlint --check, djlint --lint, sqlfluff lint, lint-imports,
        deptry, pip check, poetry check, uv lock --check, manage.py check, manage.py makemigrations --check,
        py_compile, compileall, mypy, dmypy run, pyright, basedpyright, pytype, pyre check, ty check, pyrefly check,
        pre-commit $, pre-commit run, prek $, prek run, yamllint, ansible-lint, hadolint, dockerfilelint, actionlint,
        shellcheck, shfmt -d, dotenv-linter, checkmake, tflint, terraform validate, terraform plan,
        terraform fmt -check, terragrunt validate, kubeval, kubeconform,
        kube-score score, kube-linter lint, helm lint, ct lint, conftest test, opa test, cfn-lint, spectral lint,
        redocly lint, swagger-cli validate, buf lint, buf breaking, protolint, packer validate, docker compose config,
        nginx -t, promtool check, caddy validate, golangci-lint, staticcheck, go vet, revive, golint, errcheck,
        cargo clippy, cargo fmt --check, cargo check, cargo machete, cargo udeps, cargo semver-checks,
        dotnet format --verify-no-changes, dotnet format --check, rubocop, standardrb, reek, erb_lint, erblint,
        haml-lint, srb tc, steep check, rails zeitwerk:check, phpcs, phpstan, psalm, phan, php-cs-fixer --dry-run,
        pint --test, phpmd, parallel-lint, composer validate, deptrac, rector --dry-run, ktlint, detekt, swiftlint,
        swiftformat --lint, clang-tidy, clang-format --dry-run, cppcheck, cpplint, cmake-format --check, dart analyze,
        flutter analyze, dart format --set-exit-if-changed, mix format --check-formatted, mix credo, mix dialyzer,
        hlint, scalafmt --check, scalafmt --test, luacheck, stylua --check, statix check, nix flake check,
        alejandra --check, vale, lychee, linkchecker, markdown-link-check, mint broken-links, htmlhint, html-validate, htmlproofer,
        editorconfig-checker, ec, reuse lint, addlicense -check, check-jsonschema, ajv validate, xmllint, jsonlint,
        gitlint, cz check, dclint, compose-lint, reviewdog, mega-linter-runner,
        go mod verify, cosign verify, cosign verify-blob, slsa-verifier, gpg --verify, sha256sum -c, sha256sum --check,
        sha512sum -c, shasum -c, shasum --check, md5sum -c, spctl -a, spctl --assess, codesign --verify,
        xcrun stapler validate, gh attestation verify
    """,
    BUILD: """
        docker build, docker buildx build, docker buildx bake, docker compose build, podman build, podman compose build,
        buildah bud, buildah build, nerdctl build, packer build, cargo build, cargo b, cargo doc, cargo package, go build,
        dotnet build, dotnet publish, dotnet pack, msbuild, xcodebuild, swift build, mvn package, mvn install, mvn compile,
        gradle assemble, gradle bootJar, gradle shadowJar, sbt compile, sbt assembly, sbt package, lein uberjar,
        cmake --build, make $, ninja, meson compile, bazel build, buck2 build, next build, next export,
        vite build, nuxt build, nuxt generate, nuxi build, nuxi generate, astro build, gatsby build, remix build,
        ng build, nx build, react-scripts build, vue-cli-service build, parcel build, webpack, rollup, tsup, tsdx build,
        rspack build, rsbuild build, esbuild, electron-builder, electron-forge make, electron-forge package, tauri build,
        expo export, eas build, flutter build, dart compile, build, hatch build, poetry build, uv build, pdm build,
        flit build, maturin build, setup.py build, setup.py sdist, setup.py bdist_wheel, pyinstaller, cibuildwheel,
        manage.py collectstatic, mkdocs build, sphinx-build, jekyll build, hugo, zola build, docusaurus build,
        vitepress build, storybook build, build-storybook, wasm-pack build, trunk build, stack build, cabal build,
        mix compile, mix release, rebar3 compile, zig build, forge build, hardhat compile, truffle compile, anchor build,
        helm package, cdk synth, serverless package, sam build, goreleaser build, ko build, pack build, nixpacks build,
        nix build, nix-build, rails assets:precompile, prisma generate
    """,
    SCAN: """
        npm audit, pnpm audit, yarn audit, yarn npm audit, bun audit, better-npm-audit, audit-ci, pip-audit, safety,
        bandit, trivy, grype, snyk test, snyk code, snyk container, snyk iac, semgrep, opengrep, gitleaks, trufflehog, detect-secrets scan, detect-secrets-hook,
        ggshield, checkov, tfsec, terrascan, kics, zizmor, poutine, osv-scanner, govulncheck, gosec, nancy, cargo audit,
        cargo deny, bundle audit, bundle-audit, bundler-audit, brakeman, composer audit, local-php-security-checker,
        dependency-check, dependency-check.sh, zap-baseline.py, zap-full-scan.py, zap-api-scan.py, nuclei, slither, myth,
        dockle, docker scout, docker scan, retire, njsscan, bearer, horusec, sonar-scanner, kubesec, polaris,
        mix sobelow, mix deps.audit, mix hex.audit, flawfinder, whispers, talisman, clamscan
    """,
    DEPLOY: """
        manage.py migrate, alembic upgrade, flask db upgrade, prisma migrate, prisma db push,
        drizzle-kit migrate, drizzle-kit push, knex migrate:latest, sequelize db:migrate, sequelize-cli db:migrate,
        typeorm migration:run, mikro-orm migration:up, rails db:migrate, artisan migrate,
        console doctrine:migrations:migrate, flyway migrate, liquibase update, goose up, migrate up, dbmate up,
        dbmate migrate, atlas migrate, atlas schema, sqlx migrate, diesel migration, dotnet ef database update,
        supabase db push, hasura migrate apply,
        kubectl apply, kubectl rollout, kubectl set, kubectl replace, oc apply, oc rollout, helm upgrade, helm install,
        helmfile apply, helmfile sync, skaffold run, argocd app sync, argocd app wait, terraform apply,
        terragrunt apply, pulumi up, cdk deploy, serverless deploy, sam deploy, aws cloudformation deploy,
        aws ecs update-service, aws lambda update-function-code, gcloud app deploy, gcloud run deploy,
        gcloud functions deploy, az webapp deploy, az webapp up, az containerapp update, vercel $, vercel deploy,
        vercel --prod, netlify deploy, fly deploy, railway up, railway deploy, heroku container:push,
        heroku container:release, eb deploy, firebase deploy, wrangler deploy, wrangler publish, wrangler pages deploy,
        surge, gh-pages, mkdocs gh-deploy, mike deploy, cap production deploy, kamal deploy, dep deploy,
        ansible-playbook, docker push, docker compose push, docker compose up, docker stack deploy,
        docker service update, podman push, podman compose up, skopeo copy, crane push, oras push,
        npm publish, pnpm publish, yarn publish, yarn npm publish, lerna publish, changeset publish, bun publish,
        jsr publish, deno publish, cargo publish, cargo release, twine upload, poetry publish, uv publish,
        hatch publish, flit publish, pdm publish, maturin publish, maturin upload, gem push, nuget push,
        dotnet nuget push, vsce publish, ovsx publish, helm push, semantic-release, release-it, goreleaser $,
        goreleaser release, jreleaser, eas submit, eas update, xcrun notarytool submit, xcrun altool,
        gh release create, gh release upload, cf push, snapcraft upload, mvn deploy, gradle publish
    """,
    INSTALL: """
        npm ci, npm install, npm i, pnpm install, pnpm i, yarn $, yarn install, bun install, bun i, pip install, uv sync, uv pip install, uv pip sync, poetry install, pipenv install, pipenv sync, pdm install,
        pdm sync, conda install, conda env create, mamba install, bundle install, bundle $, composer install,
        go mod download, cargo fetch, dotnet restore, nuget restore, apt-get install, apt install, apk add, yum install,
        dnf install, microdnf install, playwright install, pod install, mix deps.get, flutter pub get, dart pub get,
        helm dependency, terraform init, docker-php-ext-install, pecl install
    """,
    FIX: "npm audit fix, black, isort, prettier, ruff format, biome format, yapf, autoflake, autopep8, shfmt, cargo fmt, dart format",
    NAMED: """
        npm run @, npm run-script @, pnpm run @, pnpm @, yarn run @, yarn @, bun run @, bun @, deno task @, composer run @,
        composer run-script @, composer @, make @@, just @@, task @@, rake @@, mage @@, invoke @@,
        poe @, mise run @, moon run @, turbo run @@, turbo @@, nx @@, lerna run @@, rushx @, run-s @@, run-p @@, npm-run-all @@, fastlane @@, ant @@, mvn @@, gradle @@,
        earthly @@, artisan @, docker compose run @, podman compose run @
    """,
    CLEANUP: """
        rm, rmdir, unlink, kill, pkill, killall, fuser, wait, umount, sleep, sync, docker rm, docker rmi, docker stop,
        docker kill, docker down, docker compose down, docker compose stop, docker compose rm, docker compose kill,
        docker container, docker system prune, docker image prune, docker volume, docker network, docker builder prune,
        docker-image prune, podman rm, podman stop, kubectl delete, kubectl rollout undo, helm uninstall, helm delete, terraform destroy,
        git clean, git reset, git stash, git branch -D, git cherry-pick --abort, git merge --abort, git rebase --abort,
        security delete-keychain, kind delete, minikube delete, k3d cluster delete, brew uninstall, pip uninstall,
        apt-get clean, apt-get autoremove, apt-get remove, apt-get purge, apt clean, apt autoremove, apt remove, apt purge,
        apk del, yum clean, yum remove, dnf clean, dnf remove, microdnf clean, npm prune, npm cache, pnpm prune, pnpm store,
        yarn cache, yarn autoclean, pip cache, conda clean, composer clear-cache, pipenv --rm, find -delete
    """,
    DIAGNOSTIC: """
        cat, tail, head, less, ls, find, tree, file, stat, du, df, free, ps, top, uptime, env, printenv, pwd, whoami, id,
        date, uname, dmesg, journalctl, systemctl status, ss, netstat, lsof, ip, ifconfig, wc, sort, column, xxd, hexdump,
        docker logs, docker ps, docker inspect, docker images, docker info, docker version, docker stats,
        docker system df, docker compose logs, docker compose ps, kubectl get, kubectl describe, kubectl logs,
        kubectl top, kubectl cluster-info, kubectl rollout history, git diff, git status, git log, git show, codesign -d, gh run view,
        gh issue, gh pr comment, pip list, pip freeze, npm ls
    """,
    SAY: "echo, printf, logger",
    CONDITION: "[, test, command -v, type, which, hash",
}

# How a script, a target or a file says what it does: one of its words. The words in QUIET take that back.
NAMES = {
    TEST: """test tests testing spec specs e2e integration unit coverage smoke jest vitest mocha cypress playwright pytest
        phpunit rspec ci""",
    LINT: """lint lints linter linting eslint stylelint check checks validate verify typecheck types tsc mypy pyright
        phpstan psalm rubocop flake8 pylint hadolint shellcheck actionlint""",
    BUILD: "build builds compile",
    SCAN: "audit security scan sast trivy snyk semgrep gitleaks",
    DEPLOY: "deploy deployment publish release migrate migration migrations",
}
QUIET = """fix fixer fixes write report reports reporter open ui watch dev clean cleanup clear purge list ls info help
    version versions stop down kill log logs setup install prepare generate gen codegen update updates upgrade upload
    comment notify notification merge download fetch wait start serve server up summary badge seed reset undo rollback
    teardown drop print show dump collect post status stats pull cache changed changes change exists bench benchmark
    benchmarks perf deps dependencies format fmt delete remove prune create init bump notes draft data fixtures fixture"""
