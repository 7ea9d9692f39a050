#!/usr/bin/env bash
# Checks the model of the protocol exhaustively within the bounds named below, two checks at a time, and prints a table.
# Exit: 0 all as stated; 1 a property fails, a rule or limit is not needed any more, or the table for the jest test is not the
# model's; 2 no spin.
# `run.sh --table` writes that table anew. `run.sh --trace pair.pml -DBACK -DNO_R3` tells one counterexample step by step.
set -uo pipefail
cd "$(dirname "$0")" || exit 2
for tool in spin gcc; do
	command -v $tool >/dev/null || { echo "$tool is missing: apt-get install spin gcc" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# build <folder> <options of gcc> <file> <switches>: the checker of that file, in the folder
build() {
	local folder=$1 options=$2 file=$3
	shift 3
	mkdir -p "$folder" && cp ./*.pml "$folder" && cd "$folder" || return 1
	# shellcheck disable=SC2086
	spin -a "$@" "$file" >spin.out && gcc -w -DSAFETY -DCOLLAPSE -DMEMLIM=3000 $options -o pan pan.c
}

if [ "${1:-}" = --table ]; then
	spin -T table.pml | grep ' > ' | gzip -9 -n >merge-table.txt.gz
	exit
fi
if [ "${1:-}" = --trace ]; then
	shift
	build "$work/trace" '-O2 -DREACH' "$@" && ./pan -E -n -I -m20000 >/dev/null
	file=$1
	shift
	cd "$work/trace" && spin -t -T "$@" "$file" | grep -E '^ *(person|run|request|lease|shown|spin)'
	exit
fi

number=0
# check <holds|fails> <words> <file> <switches>: starts it, and waits while two are going on
check() {
	while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
	number=$((number + 1))
	judge "$work/$(printf '%03d' $number)" "$@" &
}

# What Spin says where the property fails that is asked about; another assertion is a fault of the model.
assertion() {
	case $* in
		*-DREACHED*) echo ' 0 ' ;;
		create.pml*) echo 'made==byHand' ;;
		*-DLOST*) echo typed ;;
		*-DBACK*) echo fromOurs ;;
		*) echo 'busy' ;;
	esac
}

judge() {
	local folder=$1 expected=$2 words=$3 out states depth found
	shift 3
	out=$(build "$folder" -O1 "$@" && ./pan -E -n -m100000)
	states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' <<<"$out")
	depth=$(sed -n 's/.*depth reached \([0-9]*\),.*/\1/p' <<<"$out")
	if grep -q 'errors: 0' <<<"$out" && ! grep -q -e 'not completed' -e 'max search depth too small' <<<"$out"; then
		found=holds
	elif grep -q "assertion violated.*$(assertion "$@")" <<<"$out"; then
		found=fails
	else
		found='not finished'
	fi
	local verdict=$found
	case $expected/$found in
		holds/holds) ;;
		fails/fails) verdict='fails, as it must' ;;
		*) verdict="WRONG: $found" ;;
	esac
	printf '%-82s %9s %6s  %s\n' "$words" "${states:-?}" "${depth:-?}" "$verdict" >"$folder.line"
	rm -rf "$folder"
}

all='-DLOST -DBACK -DREST -DWRITERS'
worst='-DVERY_LATE -DFICKLE -DLATE_SIDES=3 -DPARKING_SIDES=3'
small='-DEDITS=2 -DVALUES=2'

# shellcheck disable=SC2086
{
	# All four properties, visited at once
	check holds 'two runs, 3 edits' pair.pml $all -DEDITS=3
	check holds 'two runs, 2 edits, users park, a person edits the row' pair.pml $all -DEDITS=2 -DPARKING_SIDES=2 -DTOUCHES=1
	check holds 'two runs, 2 edits, Wix lists late, users park' pair.pml $all -DEDITS=2 -DLATE_SIDES=1 -DPARKING_SIDES=2
	check holds 'two runs, 2 edits, both list very late, park, refuse at whim' pair.pml $all $small $worst
	check holds 'two runs, 2 edits, a person may answer' pair.pml $all -DEDITS=2 -DANSWERS
	check holds 'two runs, 2 edits, the users alter what they store' pair.pml $all -DEDITS=2 -DALTERS
	check holds 'two runs, 2 edits, writes kept for a later run' pair.pml $all -DEDITS=2 -DSLICES
	check holds 'two runs, 2 edits, emptied fields, Wix lists late, users park' pair.pml $all $small -DBLANKS -DLATE_SIDES=1 -DPARKING_SIDES=2
	check holds 'two runs, 2 edits, runs that see one side only' pair.pml $all $small -DPARTIAL
	check holds 'two runs, 4 edits in a given order' pair.pml $all -DEDITS=4 -DSCRIPT
	check holds 'one run, 4 edits, users park' pair.pml $all -DRUNS=1 -DEDITS=4 -DPARKING_SIDES=2 -DK=8
	check holds 'one run, 3 edits, users park, writes kept for a later run' pair.pml $all -DRUNS=1 -DEDITS=3 -DPARKING_SIDES=2 -DSLICES
	check holds 'one run, 3 edits, Wix lists late by one reading, users park' pair.pml $all -DRUNS=1 -DEDITS=3 -DLAG_OF_A_RUN -DLATE_SIDES=1 -DPARKING_SIDES=2
	check holds 'one run, 3 edits, a person may answer' pair.pml $all -DRUNS=1 -DEDITS=3 -DANSWERS
	check holds 'one run, 3 edits, both list very late ...: no edit lost, comes to rest' pair.pml -DLOST -DREST -DRUNS=1 -DEDITS=3 $worst
	check holds 'one run, 3 edits, one side seen, users park: no edit lost, comes to rest' pair.pml -DLOST -DREST -DRUNS=1 -DEDITS=3 -DPARTIAL -DPARKING_SIDES=2
	# One record, and the two linked in one row
	check holds 'create, two runs, unique key, late look' create.pml -DUNIQUE -DLATE_LOOK
	check holds 'create, two runs, unique key, late look, or made by hand' create.pml -DUNIQUE -DLATE_LOOK -DBY_HAND
	check holds 'create, two runs, nothing unique, late look' create.pml -DLATE_LOOK
	check holds 'create, two runs, nothing unique, sent again where an answer is lost' create.pml -DREPEATS
	check holds 'create, two runs, unique key, late look, sent again' create.pml -DUNIQUE -DLATE_LOOK -DREPEATS
	# The searches get to their ends
	check fails 'the end of a pair is reached' pair.pml -DREST -DEDITS=2 -DREACHED
	check fails 'the end of a create is reached' create.pml -DREACHED
	# Each rule is needed
	check fails 'without R1 (rows before lists): written back' pair.pml -DBACK -DNO_R1 $small
	check fails 'without R2 (over before the rows were read): written back' pair.pml -DBACK -DNO_R2 -DSCRIPT -DEDITS=4
	check fails 'without R3 (nothing saved under a lease): an edit lost' pair.pml -DLOST -DNO_R3 $small
	check fails 'without R3: written back' pair.pml -DBACK -DNO_R3 $small
	check fails 'without R3: two writers' pair.pml -DWRITERS -DNO_R3 $small
	check fails 'without R4 (nothing begun that may land after the lease): an edit lost' pair.pml -DLOST -DNO_R4 $small
	check fails 'without R4: written back' pair.pml -DBACK -DNO_R4 $small
	check fails 'without R4: two writers' pair.pml -DWRITERS -DNO_R4 $small
	check fails 'without compare-and-set: written back' pair.pml -DBACK -DNO_CAS $small
	check fails 'a question that changes keeps its answer: an edit lost' pair.pml -DLOST -DANSWERS -DKEEPS_ANSWER -DRUNS=1 -DEDITS=3
	check fails 'create, nothing unique, without R3: a double' create.pml -DNO_R3
	check fails 'create, nothing unique, without R4: a double' create.pml -DNO_R4
	check fails 'create, nothing unique, without compare-and-set: a double' create.pml -DNO_CAS
	check fails 'create, nothing unique, sent by the run that adds the row: a double' create.pml -DNEW_SENDS
	check fails 'create, nothing unique, announced again at once: a double' create.pml -DLATE_LOOK -DNO_HOUR
	check fails 'create, nothing unique, the hour from the first announcement: a double' create.pml -DLATE_LOOK -DFIRST_HOUR
	check fails 'create, nothing unique, late look, sent again where an answer is lost: a double' create.pml -DLATE_LOOK -DREPEATS
	# Known limits
	check fails 'limit: a server that acts after the lease: written back' pair.pml -DBACK -DLATE_SERVER $small
	check fails 'limit: a server that acts after the lease, nothing unique: a double' create.pml -DLATE_SERVER
	check fails 'limit: an edit between look and write, no revisions: lost' pair.pml -DLOST -DSPLIT_WRITE -DRUNS=1 -DEDITS=3
	check fails 'limit: 3 edits while Wix lists late: written back' pair.pml -DBACK -DRUNS=1 -DEDITS=3 -DLATE_SIDES=1 -DPARKING_SIDES=2
	check fails 'limit: 3 edits, both list very late ...: written back' pair.pml -DBACK -DRUNS=1 -DEDITS=3 $worst
	check fails 'limit: 3 edits, runs that see one side only: written back' pair.pml -DBACK -DRUNS=1 -DEDITS=3 -DPARTIAL -DPARKING_SIDES=2
	check fails 'limit: an answer and 3 edits: written back' pair.pml -DBACK -DRUNS=1 -DEDITS=4 -DANSWERS
}
wait
printf '%-82s %9s %6s  %s\n' 'bounds, or what is left out' states depth result
cat "$work"/*.line
failed=0
grep -q WRONG "$work"/*.line && failed=1
if ! cmp -s <(spin -T table.pml | grep ' > ') <(gunzip -c merge-table.txt.gz); then
	echo "merge-table.txt.gz is not what the model says: run model/run.sh --table, then the jest test" >&2
	failed=1
fi
exit $failed
