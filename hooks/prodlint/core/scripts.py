"""Where the commands stand that build and start what is in a repository: scripts, workflows, and what tools read."""

SCRIPTS = (
    r"^(.*/)?(\.github/(workflows|actions)/.+\.ya?ml|\.gitlab-ci[^/]*\.ya?ml|\.gitlab/.+\.ya?ml|\.circleci/config\.yml"
    r"|(GNU)?[Mm]akefile[^/]*|[Jj]ustfile|Taskfile\.ya?ml|Jenkinsfile[^/]*|Earthfile|Tiltfile|package\.json|skaffold\.ya?ml"
    r"|cloudbuild[^/]*\.ya?ml|buildspec[^/]*\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.yml|fly[^/]*\.toml"
    r"|docker-bake[^/]*|(docker-)?compose([._-][^/]*)?\.ya?ml|[^/]+\.(hcl|sh|bash|mk|ps1|tf))$"
)
