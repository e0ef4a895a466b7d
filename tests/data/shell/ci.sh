npm ci --prefer-offline
npm run lint -- --max-warnings 0 || true
npm test -- --coverage 2>&1 | tee coverage.txt
if [ -n "$(git status --porcelain)" ]; then
  git diff --exit-code
  exit 1
fi
docker run --rm -d -p 8080:8080 --name app "$IMAGE:$TAG"
for i in $(seq 1 30); do curl -fs http://localhost:8080/health && break; sleep 1; done
docker logs app > app.log 2>&1 || :
[[ "$BRANCH" == main || "$BRANCH" == release/* ]] && ./deploy.sh &
wait
set +e; pytest -q; status=$?; set -e
exit $status
