#!/usr/bin/env bash
# The step of action.yml: runs singspin and keeps its exit code for the steps after it, since the log is
# uploaded also if a property is violated.
set -u

if ! command -v singspin >/dev/null; then
  echo "::error title=singspin::singspin is not installed on this runner"
  echo "exit-code=4" >>"$GITHUB_OUTPUT"
  exit 0
fi
mapfile -t arguments < <(printf '%s' "${SINGSPIN_ARGUMENTS:-}" | sed '/^[[:space:]]*$/d')
mapfile -t paths < <(printf '%s' "${SINGSPIN_PATHS:-.}" | sed '/^[[:space:]]*$/d')
outputs=(-o "sarif=$SINGSPIN_SARIF")
[ -z "${SINGSPIN_JUNIT:-}" ] || outputs+=(-o "junit=$SINGSPIN_JUNIT")

code=0
singspin verify --annotate github "${outputs[@]}" "${arguments[@]}" -- "${paths[@]}" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
