/*
 * The life of one linked pair: persons edit, runners announce, send and see, and anything may die at any step.
 *
 * Switches (-D): RUNNERS=1|2, EDITS, VALUES=2|3, BLANKS (a person may empty a field), PARTIAL (changed-only runs that see
 * one side), DECIDE (a person may answer in the links table), SPLIT_WRITE (a person may edit between the writer's look
 * and its write), ONE_AT_A_TIME (a run starts only when none is under way), LATE_SIDES and PARKING_SIDES (0 none, 1 Wix,
 * 2 users, 3 both), VERY_LATE (a list may be older than the run before), FICKLE (a value taken once may be refused).
 * Properties: LOST (no edit lost), BACK (nothing of ours written back), REST (comes to rest), KEPT (no decision lost).
 */
#include "merge.pml"
#include "systems.pml"

inline copyRow(a, b) {
	R[b].base = R[a].base; R[b].n = R[a].n; R[b].decision = R[a].decision;
	for (i : 0 .. K - 1) {
		R[b].p[i].side = R[a].p[i].side; R[b].p[i].from = R[a].p[i].from;
		R[b].p[i].to = R[a].p[i].to; R[b].p[i].outcome = R[a].p[i].outcome
	}
}

#define BASIS(id) 0

inline compareRows(a, b) {
	differs = (R[a].base != R[b].base || R[a].n != R[b].n || R[a].decision != R[b].decision);
	for (i : 0 .. K - 1) {
		if
		:: R[a].p[i].side != R[b].p[i].side || R[a].p[i].from != R[b].p[i].from || R[a].p[i].to != R[b].p[i].to || R[a].p[i].outcome != R[b].p[i].outcome -> differs = 1
		:: else
		fi
	}
}

inline emptyRow(a) {
	R[a].base = 0; R[a].n = 0; R[a].decision = 0;
	for (i : 0 .. K - 1) { R[a].p[i].side = 0; R[a].p[i].from = 0; R[a].p[i].to = 0; R[a].p[i].outcome = 0 }
}

/* The runner's memory is gone: at its end, or in a crash. */
inline forget(id) {
	M[id].side = 0; M[id].to = 0; M[id].expected = 0; M[id].fromOurs = 0; M[id].changed = 0; M[id].due = 0;
	M[id].busy = 0; M[id].ok = 0; M[id].saw[WIX] = 0; M[id].saw[USERS] = 0; M[id].sawOurs[WIX] = 0; M[id].sawOurs[USERS] = 0;
	emptyRow(id);
}

/* A list shows at least what was there when the run before read it; with VERY_LATE it may be older than that. */
inline asLate(which) {
	if
	:: quiet || !LATE(which) -> upToDate(which)
	:: else ->
#ifndef VERY_LATE
		S[which].listed = S[which].onTheWay; S[which].listedOurs = S[which].onTheWayOurs;
#endif
		skip
	fi
}
inline nextIsNewer(which) {
#ifndef VERY_LATE
	S[which].onTheWay = S[which].value; S[which].onTheWayOurs = S[which].ours;
#endif
	skip
}

inline readLists(id) {
	M[id].busy = 1;
	asLate(WIX); asLate(USERS);
	M[id].saw[WIX] = S[WIX].listed; M[id].sawOurs[WIX] = S[WIX].listedOurs;
	M[id].saw[USERS] = S[USERS].listed; M[id].sawOurs[USERS] = S[USERS].listedOurs;
	nextIsNewer(WIX); nextIsNewer(USERS)
}

inline readRow(id) {
	copyRow(0, id); asked = 0;
}

/* plan(): settle, merge, announce; then what is to be saved and sent is known. */
inline planRun(id) {
	m = id;
	shows[WIX] = M[id].saw[WIX]; shows[USERS] = M[id].saw[USERS];
	if
	:: seen == 2 -> fullRun = 1; bothSeen()
	:: else -> fullRun = 0; oneSeen(seen)
	fi;
	announce();
	compareRows(id, BASIS(id));
	M[id].changed = differs;
	if
	:: kind == WRITE ->
		M[id].due = 1; M[id].side = side; M[id].to = to; M[id].expected = expected;
		M[id].fromOurs = M[id].sawOurs[other(side)] && !usesDecision && expected != BLANK
	:: else
	fi;
	M[id].saw[WIX] = 0; M[id].saw[USERS] = 0; M[id].sawOurs[WIX] = 0; M[id].sawOurs[USERS] = 0;
	printf("runner %d: base %d, Wix %d, user %d, seen %d -> verdict %d (side %d: %d -> %d, again %d), changed %d, n %d\n",
		id, R[id].base, shows[WIX], shows[USERS], seen, kind, side, expected, to, again, differs, R[id].n);
	aged = 0; seen = 0;
#ifdef REST
	if
	:: quiet && id == 1 && !M[2].busy ->
		if
		:: restRuns == QUIET_RUNS -> assert(kind != WRITE && !differs && (agree || isReview(kind)))
		:: else
		fi;
		restRuns++
	:: else
	fi;
#endif
	if
	:: kind != WRITE && !differs -> forget(id)
	:: else
	fi
}

inline saveRow(id) {
#ifdef KEPT
	assert(!asked || R[id].decision == R[0].decision);
#endif
	printf("runner %d: saved, base %d, n %d\n", id, R[id].base, R[id].n);
	copyRow(id, 0); asked = 0;
}

inline mayStillSave(id) {
	M[id].ok = 1
}

/* What the system makes of a write. Our own write over an edit that nobody else holds yet is a lost edit. */
#ifdef FICKLE
#define MAY_REFUSE(id) true
#else
#define MAY_REFUSE(id) (!(S[M[id].side].took & (1 << M[id].to)))
#endif

inline accept(id) {
#ifndef FICKLE
	S[M[id].side].took = S[M[id].side].took | (1 << M[id].to);
#endif
	printf("runner %d: side %d takes %d\n", id, M[id].side, M[id].to);
#ifdef LOST
	assert(!S[M[id].side].typed);
#endif
#ifdef BACK
	assert(!M[id].fromOurs || S[M[id].side].ours);
#endif
}

inline arrive(id) { accept(id); S[M[id].side].value = M[id].to; S[M[id].side].ours = 1; S[M[id].side].parked = BLANK; S[M[id].side].typed = 0; settleEdits() }
inline park(id) { accept(id); S[M[id].side].parked = M[id].to }

/* judge(): what the writer finds by id decides. Every branch of what follows may be taken. */
#define SHOWN(id) (S[M[id].side].value == M[id].to)
#define PARKED(id) (S[M[id].side].value != M[id].to && S[M[id].side].parked == M[id].to)
inline look(id) { m = id; side = M[id].side; expected = M[id].expected; isKnown(S[side].value); M[id].ok = echo }

inline note(id, what) { m = id; side = M[id].side; to = M[id].to; noteOutcome(what); printf("runner %d: outcome %d\n", id, what) }


#define DIES :: !quiet -> goto start

#if RUNNERS == 2 && !defined(ONE_AT_A_TIME)
#define MAY_START(id) true
#else
#define MAY_START(id) (!M[3 - id].busy)
#endif

#define MORE_RUNS(id) (id == 1 && restRuns <= QUIET_RUNS && (!quiet || !M[2].busy))

proctype Runner(byte id) {
start:
	atomic { true -> d_step { forget(id) }; true };
	do
	:: quiet && (id == 2 || restRuns > QUIET_RUNS) -> goto stop
	:: atomic {
			MAY_START(id) && (!quiet || MORE_RUNS(id)) ->
			d_step { readLists(id) };
#if RUNNERS == 2 && !defined(ONE_AT_A_TIME)
		};
		/* the lists are read, the row is not: time for the other runner */
		if
		:: skip
		DIES
		fi;
		atomic {
#endif
			if
			:: !quiet -> aged = 0
			:: aged = 1
			fi;
			if
			:: seen = 2
#ifdef PARTIAL
			:: !quiet -> seen = WIX
			:: !quiet -> seen = USERS
#endif
			fi;
			d_step { readRow(id); planRun(id) }
		};
		if
		:: !M[id].busy -> goto start
		:: M[id].busy
		DIES
		fi;
		/* announce */
		if
		:: atomic {
				d_step { mayStillSave(id) };
				if
				:: d_step { M[id].ok -> M[id].ok = 0; saveRow(id) }
				:: !M[id].ok -> goto start
				fi
			}
		DIES
		fi;
		if
		:: !M[id].due -> goto start
		:: M[id].due
		DIES
		fi;
		/* send: look at the record by its id, then write, then look again */
		if
		:: atomic {
				d_step { look(id) };
				if
				:: SHOWN(id) -> goto start
				:: !SHOWN(id) && !PARKED(id) && !M[id].ok -> goto start /* stale */
				:: d_step { PARKED(id) -> note(id, SENT) }
				:: !SHOWN(id) && !PARKED(id) && M[id].ok ->
#ifdef SPLIT_WRITE
					skip
				fi
			};
			atomic {
				if
				:: true ->
#endif
					if
					:: d_step { arrive(id) }; skip; goto start
					:: d_step { PARKS(M[id].side) -> park(id); note(id, SENT) }
					:: d_step { MAY_REFUSE(id) -> note(id, REFUSED) }
					:: d_step { !quiet && MAY_REFUSE(id) -> note(id, REFUSED_FOR_NOW) }
					fi
				fi
			}
		DIES
		fi;
		/* save what came of it */
		if
		:: atomic {
				d_step { M[id].ok = 0; mayStillSave(id) };
				if
				:: d_step { M[id].ok -> saveRow(id) }
				:: !M[id].ok
				fi
			}
		DIES
		fi;
		goto start
	od;
stop:	skip
}

init {
	atomic {
		S[WIX].value = 1; S[USERS].value = 1;
		upToDate(WIX); upToDate(USERS);
		R[0].base = 1;
		run Person(); run World(); run Runner(1);
#if RUNNERS == 2
		run Runner(2)
#endif
	}
}
