#!/usr/bin/env bash
# Checks a package: annotations beside the lines, the job's summary, and a SARIF file.
# Environment: PYTHON, FOLDER, BASE (may be empty), FAIL_ON, RUNNER_TEMP.
# Outputs: outcome (clean, issues or not-run) and sarif, if there is one. The exit code is the check's.
set -uo pipefail

folder=$RUNNER_TEMP/reported-losses-check
sarif=$folder/report.sarif
mkdir -p "$folder"
rm -f "$sarif"

# Values stand behind "=" or "--", so that none is taken for an option. -P keeps the folder that is
# checked from being a place to import from.
check() {
  "$PYTHON" -P -m reported_losses check ${BASE:+"--base=$BASE"} "--fail-on=$FAIL_ON" "$@" -- "$FOLDER"
}

check --format github
status=$?
# What could not run once is not tried in two other forms.
if [ "$status" -le 1 ]; then
  check --format markdown >> "$GITHUB_STEP_SUMMARY"
  check --format sarif --output "$sarif"
fi

case $status in
  0) outcome=clean ;;
  1) outcome=issues ;;
  *) outcome=not-run
     echo "::error title=reported-losses check::The check could not run, which is no pass." ;;
esac
printf 'outcome=%s\n' "$outcome" >> "$GITHUB_OUTPUT"
if [ -f "$sarif" ]; then printf 'sarif=%s\n' "$sarif" >> "$GITHUB_OUTPUT"; fi
exit $status
