#!/usr/bin/env bash
# Makes an environment with the reported-losses of this action, unless a Python that has it is
# named. Environment: ACTION_PATH, RUNNER_TEMP, PYTHON (empty or a path). Output: python.
set -euo pipefail

if [ -z "${PYTHON:-}" ]; then
  "$(command -v python3 || command -v python)" -m venv "$RUNNER_TEMP/reported-losses"
  for bin in bin/python Scripts/python.exe; do
    if [ -x "$RUNNER_TEMP/reported-losses/$bin" ]; then PYTHON="$RUNNER_TEMP/reported-losses/$bin"; fi
  done
  "$PYTHON" -m pip install --quiet --disable-pip-version-check "$ACTION_PATH"
fi
printf 'python=%s\n' "$PYTHON" >> "$GITHUB_OUTPUT"
