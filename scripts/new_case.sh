#!/usr/bin/env bash
# Creates the golden case tests/golden/AREA/NAME with a contract to edit and an empty expected file
# of each kind: scripts/new_case.sh lower two-queues pml ir
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  echo "usage: scripts/new_case.sh AREA NAME KIND..." >&2
  echo "kinds: diag tokens ast ir pml txt ascii.txt report.json exit" >&2
  echo "       graph.txt graph.ascii.txt graph.json dot full.dot mmd puml" >&2
  exit 2
}
[ "$#" -ge 3 ] || usage
area=$1 name=$2
shift 2
for kind in "$@"; do
  case $kind in
    diag | tokens | ast | ir | pml | txt | ascii.txt | report.json | exit) ;;
    graph.txt | graph.ascii.txt | graph.json | dot | full.dot | mmd | puml) ;;
    *) usage ;;
  esac
done

folder=tests/golden/$area/$name
if [ -e "$folder" ]; then
  echo "new_case: $folder exists" >&2
  exit 1
fi
mkdir -p "$folder"
cat > "$folder/case.sg" <<'END'
contract Lamp {
    in message Dim();
    out message Dark();

    state On: one {
        Dim? -> Dark! -> On;
    }
}
END
for kind in "$@"; do
  : > "$folder/expected.$kind"
done
echo "edit $folder/case.sg, then: scripts/update-golden $area/$name"
