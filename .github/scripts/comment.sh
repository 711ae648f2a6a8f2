#!/usr/bin/env bash
# Comments on a pull request what the action's check found, and suggests mended lines.
# Environment: ACTION_PATH, PYTHON, FOLDER, BASE (may be empty), OUTCOME, GITHUB_TOKEN, RUNNER_TEMP.
set -uo pipefail

folder=$RUNNER_TEMP/reported-losses-comment
mkdir -p "$folder"

# The check has no need of the token, and what it is checking may be anything.
check() {
  env -u GITHUB_TOKEN "$PYTHON" -P -m reported_losses check ${BASE:+"--base=$BASE"} "$@" -- "$FOLDER"
}

if [ "${OUTCOME:-not-run}" != not-run ]; then
  check --format markdown > "$folder/comment.md"
  check --format suggestions > "$folder/suggestions.json"
  printf '{"outcome": "%s"}' "$OUTCOME" > "$folder/verdict.json"
fi
"$PYTHON" "$ACTION_PATH/.github/scripts/comment.py" "$folder"
