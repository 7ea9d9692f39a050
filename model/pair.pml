/*
 * The life of one linked pair: people edit, runs overlap, requests are on their way, leases run out, and anything may die at
 * any step. A run notes the time, reads the row, then each list at its own later time, plans and saves by compare-and-set,
 * looks, writes, and notes what came of it by compare-and-set.
 *
 * Switches (-D): RUNS=1|2, EDITS, VALUES=2|3, BLANKS (a person may empty a field), TOUCHES (how often a person edits the row),
 * ANSWERS (a person may answer the question that stands), ALTERS (the users may store another value than was sent), SLICES (a
 * run may keep a write for a later one), PARTIAL (runs on changed records, which see one side), FICKLE (a value taken once may be
 * refused), SCRIPT (four edits in this order, see Person), LATE_SIDES, PARKING_SIDES and REVISION_SIDES (0 none, 1 Wix, 2 users,
 * 3 both). A late list never goes back, and shows after a lease what was there before it; with LAG_OF_A_RUN it shows what was
 * there when it was last read, with VERY_LATE neither.
 * Rules switched off: NO_R1, NO_R2, NO_R3, NO_R4, NO_CAS; LATE_SERVER (acts after the lease), SPLIT_WRITE (a person may edit
 * between look and write although the system has no revisions), KEEPS_ANSWER (a question that changes keeps an answer typed meanwhile).
 * Properties: LOST (no edit lost), BACK (nothing of ours written back), REST (comes to rest), WRITERS (one writer at a time).
 * REACHED: the end is reached (a failing assertion says so).
 */
#ifndef RUNS
#define RUNS 2
#endif
#include "merge.pml"
#include "systems.pml"
#include "steps.pml"

#define KILLED :: !quiet -> goto start

/* At the end one run after the other, each when no lease runs and nothing is on its way. */
#define MAY_START(id) (!quiet || (id == 1 && restRuns <= QUIET_RUNS && !M[2].busy && !leased[1] && !leased[2] && !F[1].busy && !F[2].busy))
#define ENDS(id) (quiet && (id == 2 || restRuns > QUIET_RUNS))

#define LISTS(id) \
	do \
	:: d_step { !(M[id].got & 1) -> readList(id, WIX) } \
	:: d_step { !(M[id].got & 2) -> readList(id, USERS) } \
	:: M[id].got == BOTH -> break \
	PART(id) \
	od
#ifdef PARTIAL
#define PART(id) :: M[id].got && !quiet -> break
#else
#define PART(id)
#endif

proctype Runs(byte id) {
start:
	atomic { true -> d_step { forget(id) }; true };
	do
	:: ENDS(id) -> break
	:: d_step { MAY_START(id) -> noteTime(id) };
#ifdef NO_R1
		LISTS(id);
		atomic { true -> d_step { readRow(id) } };
#else
		d_step { readRow(id) };
		LISTS(id);
#endif
		if
		KILLED
		:: atomic {
				d_step { mayTouch(id) };
				if
				:: !mine -> goto start
#ifdef ANSWERS
				:: d_step { M[id].stale -> v = 0; saveQuestion(id) }; goto start
#endif
				:: mine -> mine = 0
				fi;
				if
				:: !quiet -> aged = 0
				:: aged = 1
				fi;
#ifdef SLICES
				if
				:: !quiet -> sliced = 1
				:: sliced = 0
				fi;
#endif
				planAndSave(id)
			}
		fi;
		if
		:: !M[id].busy -> goto start
		:: M[id].busy
		fi;
look:
		if
		KILLED
		:: !HOLDS_LEASE(id) -> goto start
		:: HOLDS_LEASE(id) && SHOWN(id) -> goto start
		:: d_step { HOLDS_LEASE(id) && (SHOWN(id) || PARKED(id)) -> noteOutcome(id, MADE) }; goto start
		:: HOLDS_LEASE(id) && !SHOWN(id) && !PARKED(id) && !KNOWN(id) -> goto start /* stale: a person edited it */
		:: d_step { HOLDS_LEASE(id) && DUE(id) -> send(id) }
		fi;
		if
		KILLED
		:: M[id].result == NOTHING_DONE -> M[id].result = 0; goto look
		:: M[id].result == NOTHING_DONE && !quiet -> goto start
		:: M[id].result == MADE -> goto start
		:: d_step { M[id].result && M[id].result != NOTHING_DONE -> noteOutcome(id, M[id].result) }; goto start
		fi
	od
}

init {
	atomic {
		S[WIX].value = 1; S[USERS].value = 1;
		upToDate(WIX); upToDate(USERS);
		row.base = 1;
		run Person(); run World(); run Runs(1);
#if RUNS == 2
		run Runs(2)
#endif
	}
}
