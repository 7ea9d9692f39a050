#!/usr/bin/env bash
# Checks the model of the protocol exhaustively within the bounds named below and prints a table.
# Exit: 0 all as stated; 1 a property fails, a limit is gone, or the table for the jest test is not the model's; 2 no spin.
# `run.sh --table` writes that table anew. `run.sh --trace "-DBACK -DEDITS=3 ..."` tells one counterexample step by step.
set -uo pipefail
cd "$(dirname "$0")"
for tool in spin gcc; do
	command -v $tool >/dev/null || { echo "$tool is missing: apt-get install spin gcc" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp ./*.pml "$work"
failed=0

print_table() { (cd "$work" && spin -T table.pml | grep ' > '); }

if [ "${1:-}" = --table ]; then
	print_table | gzip -9 -n >merge-table.txt.gz
	exit
fi
if [ "${1:-}" = --trace ]; then
	cd "$work" || exit 2
	# shellcheck disable=SC2086
	spin -a $2 pair.pml && gcc -O2 -w -DSAFETY -DCOLLAPSE -DMEMLIM=1900 -DREACH -o pan pan.c &&
		./pan -E -n -i -m20000 >/dev/null && spin -t -T $2 pair.pml | grep -E '^ *(person|runner|shown|spin)'
	exit
fi

# check <holds|limit> <words> <file> <switches>
check() {
	local expected=$1 words=$2 file=$3
	shift 3
	local out states depth found
	out=$(cd "$work" && rm -f ./*.trail && spin -a "$@" "$file" &&
		gcc -O1 -w -DSAFETY -DCOLLAPSE -DMEMLIM=1900 -o pan pan.c && ./pan -E -n -m100000)
	states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' <<<"$out")
	depth=$(sed -n 's/.*depth reached \([0-9]*\),.*/\1/p' <<<"$out")
	if grep -q 'errors: 0' <<<"$out" && ! grep -q -e 'not completed' -e 'max search depth too small' <<<"$out"; then
		found=holds
	elif grep -q 'assertion violated' <<<"$out"; then
		found='counterexample'
	else
		found='not finished'
	fi
	local verdict=$found
	case $expected/$found in
		holds/holds) ;;
		limit/counterexample) verdict='known limit' ;;
		*) verdict="FAILS: $found"; failed=1 ;;
	esac
	printf '%-74s %9s %6s  %s\n' "$words" "${states:-?}" "${depth:-?}" "$verdict"
}

prompt='-DLATE_SIDES=0 -DPARKING_SIDES=2 -DEDITS=4'
late='-DLATE_SIDES=1 -DPARKING_SIDES=2 -DEDITS=3'
worst='-DVERY_LATE -DFICKLE -DEDITS=3'
two='-DRUNNERS=2 -DLATE_SIDES=0 -DPARKING_SIDES=0 -DEDITS=2 -DVALUES=2'

printf '%-74s %9s %6s  %s\n' 'property (bounds)' states depth result
# shellcheck disable=SC2086
{
	check holds 'no edit lost (4 edits, users park)' pair.pml -DLOST $prompt
	check holds 'nothing of ours written back (4 edits, users park)' pair.pml -DBACK $prompt
	check holds 'comes to rest (4 edits, users park)' pair.pml -DREST $prompt
	check holds 'no edit lost (3 edits, Wix lists late, users park)' pair.pml -DLOST $late
	check holds 'nothing of ours written back (3 edits, Wix lists late, users park)' pair.pml -DBACK $late
	check holds 'comes to rest (3 edits, Wix lists late, users park)' pair.pml -DREST $late
	check holds 'no edit lost (3 edits, emptied fields, Wix late, users park)' pair.pml -DLOST $late -DBLANKS
	check holds 'comes to rest (3 edits, emptied fields, Wix late, users park)' pair.pml -DREST $late -DBLANKS
	check holds 'no edit lost (3 edits, runs that see one side only)' pair.pml -DLOST $late -DPARTIAL
	check holds 'comes to rest (3 edits, runs that see one side only)' pair.pml -DREST $late -DPARTIAL
	check holds 'no edit lost (3 edits, both sides very late, park, refuse at whim)' pair.pml -DLOST $worst
	check holds 'comes to rest (3 edits, both sides very late, park, refuse at whim)' pair.pml -DREST $worst
	check holds 'two runners, one at a time: no edit lost' pair.pml -DLOST $two -DONE_AT_A_TIME
	check holds 'two runners, one at a time: nothing of ours written back' pair.pml -DBACK $two -DONE_AT_A_TIME
	check holds 'two runners, one at a time: comes to rest' pair.pml -DREST $two -DONE_AT_A_TIME
	check holds 'create, unique key: no double, ends linked (two runners, late look)' create.pml -DUNIQUE -DLATE_LOOK
	check holds 'create, no unique key: no double (one runner, prompt look)' create.pml -DRUNNERS=1
	check limit 'both sides very late, park, refuse at whim: ours may be written back' pair.pml -DBACK $worst
	check limit 'four edits while Wix lists late: ours may be written back' pair.pml -DBACK -DLATE_SIDES=1 -DPARKING_SIDES=2 -DEDITS=4
	check limit 'runs that see one side only: ours may be written back' pair.pml -DBACK $late -DPARTIAL
	check limit 'two runs that overlap: an edit may be lost' pair.pml -DLOST $two
	check limit 'two runs that overlap: ours may be written back' pair.pml -DBACK $two
	check limit 'an edit between the writer'"'"'s look and its write may be lost' pair.pml -DLOST -DLATE_SIDES=0 -DPARKING_SIDES=0 -DEDITS=3 -DSPLIT_WRITE
	check limit 'a decision typed during a run may be overwritten by its save' pair.pml -DKEPT $late -DDECIDE
	check limit 'create, no unique key, late look: a double is possible' create.pml -DRUNNERS=1 -DLATE_LOOK
	check limit 'create, no unique key, two runs at once: a double is possible' create.pml
}
if ! cmp -s <(print_table) <(gunzip -c merge-table.txt.gz); then
	echo "merge-table.txt.gz is not what the model says: run model/run.sh --table, then the jest test" >&2
	failed=1
fi
exit $failed
