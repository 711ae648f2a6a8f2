#!/usr/bin/env bash
# Downloads the files of every published release: `download_releases.sh FOLDER`, into
# FOLDER/<version>. Environment: GH_TOKEN, GH_REPO. Tags of another form are no releases of data.
set -euo pipefail

mkdir -p -- "$1"
gh release list --limit 1000 --exclude-drafts --exclude-pre-releases --json tagName \
    --jq '.[].tagName' > "$1/.tags"
while IFS= read -r tag; do
  if [[ $tag =~ ^v([0-9]+\.[0-9]+\.[0-9]+)$ ]]; then
    gh release download "$tag" --dir "$1/${BASH_REMATCH[1]}"
  fi
done < "$1/.tags"
rm -- "$1/.tags"
