#!/usr/bin/env bash
set -Eeuo pipefail
shopt -s nullglob
trap 'echo "failed at line $LINENO"' ERR

declare -A hosts=([eu]=eu.example.org # the old one
  [us]='us.example.org')
tags=(v1 "v 2" $(git tag --list 'v*' | sort -V) ${EXTRA[@]+"${EXTRA[@]}"})
tags[${#tags[@]} - 1]+=-rc1
steps[1 + 2]=last

function deploy {
  local host=$1 log
  log="$(mktemp -d "${TMPDIR:-/tmp}/deploy.$(date +%s)-XXXX")/log"
  if [[ $host =~ ^(eu|us)\.([a-z]+ ?)+$ && ( -z ${DRY_RUN-} || ! -f "$log" ) ]]; then
    ssh "$host" bash -s -- "${tags[@]}" <<-'REMOTE' | tee -a "$log" |& cat
		set -e
		docker compose pull && docker compose up -d || exit 1   # on the other machine
	REMOTE
  elif (( ${#tags[@]} > 2 )) || ((RETRY << 2)); then
    time -p make deploy HOST="$host" >"$log" 2>&1 &
    wait $!
  else
    ! grep -q 'it'\''s' <<< "$host" || return $((1 + (2 << 1)))
  fi
}

while IFS=$'\t' read -r name url; do
  deploy "${hosts[$name]}" & pids+=($!)
done < <(cut -f1,2 <"$1" | grep -v '^#')
for ((i = 0; i < ${#pids[@]}; i++)); do wait "${pids[i]}"; done

for arch in amd64 arm64; do
  docker buildx build --platform "linux/$arch" \
    --build-arg "VERSION=`git describe --tags \`git rev-parse HEAD\``" \
    --tag "app:$arch" . || {
      echo >&2 "no build for $arch"; exit 1
    }
done
cat > notes.md <<EOF && gh release create "$(head -n1 notes.md)" --notes-file notes.md
# $(git describe || echo "none")
EOF
exec {lock}>.lock; flock -n "$lock" || exit 0
select answer in yes no; do break; done
coproc LOG { cat >>release.log; }
x=$(cat <<A; cat <<B
first $(one || true)
A
second
B
)
(( y = x ** 2 )) || :
