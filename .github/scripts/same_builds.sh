#!/usr/bin/env bash
# Compares two builds of a release: `same_builds.sh ONE OTHER`. Each folder holds `release`, the
# files of the release, and `dist`, the wheel and the sdist. The sums of the release must be right.
set -euo pipefail

diff --recursive --brief --no-dereference -- "$1" "$2"
for build in "$1" "$2"; do
  test -n "$(ls -A "$build/dist")"
  cd -- "$build/release"
  sha256sum --check --strict --quiet SHA256SUMS
  # Every file has a sum, and every sum a file.
  diff <(cut -c 67- SHA256SUMS | LC_ALL=C sort) <(ls -A | grep -vx SHA256SUMS | LC_ALL=C sort)
  cd - > /dev/null
done
