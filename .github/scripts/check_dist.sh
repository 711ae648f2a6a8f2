#!/usr/bin/env bash
# Checks the wheel and the sdist of a folder: `check_dist.sh DIST VERSION`. The wheel has to carry
# the version and data that pass the check, and to be found in place of the checkout.
# Environment: PYTHON, which has the dependencies; RUNNER_TEMP.
set -euo pipefail

wheel=$1/reported_losses-$2-py3-none-any.whl
site=$RUNNER_TEMP/reported-losses-wheel
diff <(printf '%s\n' "${wheel##*/}" "reported_losses-$2.tar.gz") <(LC_ALL=C ls -A "$1")
mkdir -- "$site"
"$PYTHON" -m zipfile -e "$wheel" "$site"
cd -- "$site"
PYTHONPATH=$site "$PYTHON" -P - "$2" <<'END'
import pathlib, sys
import reported_losses as rl

assert rl.__version__ == sys.argv[1], rl.__version__
assert pathlib.Path(rl.__file__).is_relative_to(pathlib.Path.cwd()), rl.__file__
END
PYTHONPATH=$site "$PYTHON" -P -m reported_losses check
