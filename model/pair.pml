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

/* The run's memory is gone: at its end, or in a kill. What it sent is still on its way, and its lease runs on. */
inline forget(id) {
	M[id].busy = 0; M[id].read = 0; M[id].stale = 0; M[id].over = 0; M[id].waits = 0; M[id].got = 0;
	M[id].saw[WIX] = 0; M[id].saw[USERS] = 0; M[id].sawOurs[WIX] = 0; M[id].sawOurs[USERS] = 0;
	M[id].side = 0; M[id].to = 0; M[id].known = 0; M[id].fromOurs = 0; M[id].result = 0;
	M[id].asked = 0; M[id].answer = 0
}

#ifdef NO_CAS
Row copy[3];
hidden Row before;
inline copyRow(from_, into) {
	into.base = from_.base; into.n = from_.n;
	for (i : 0 .. K - 1) {
		into.p[i].side = from_.p[i].side; into.p[i].from = from_.p[i].from; into.p[i].to = from_.p[i].to; into.p[i].outcome = from_.p[i].outcome
	}
}
#endif

/* R2: whether the lease that the row bears now was over before the rows were read. A newer lease is not. */
inline noteTime(id) { M[id].busy = 1; M[id].over = !leased[owner] }

inline readRow(id) {
	M[id].read = 1; M[id].stale = 0;
#ifdef ANSWERS
	M[id].asked = question; M[id].answer = answered;
#endif
#ifdef NO_CAS
	copyRow(row, copy[id]);
#endif
	skip
}

/* With LAG_OF_A_RUN a list shows at least what was there when it was read before. */
inline readList(id, k) {
#ifdef LAG_OF_A_RUN
	S[k].listed = S[k].onTheWay; S[k].listedOurs = S[k].onTheWayOurs; S[k].onTheWay = S[k].value; S[k].onTheWayOurs = S[k].ours;
#endif
	M[id].saw[k] = shownBy(k); M[id].sawOurs[k] = shownOurs(k); M[id].got = M[id].got | (1 << (k))
}

/* The compare-and-set: a save comes out only if nobody saved the row since it was read. */
#ifdef NO_CAS
#define IS_CURRENT(id) true
#else
#define IS_CURRENT(id) (!M[id].stale)
#endif

/* R3: an announced write whose lease was not over belongs to another run. */
#ifdef NO_R2
#define isOver(id) (!leased[owner])
#else
#define isOver(id) (M[id].over)
#endif
#ifdef NO_R3
inline mayTouch(id) { mine = IS_CURRENT(id) }
#else
inline mayTouch(id) { findAnnounced(); mine = (IS_CURRENT(id) && (j == NOBODY || isOver(id))) }
#endif

#define BOTH 3
inline mergeSeen(id) {
	shows[WIX] = M[id].saw[WIX]; shows[USERS] = M[id].saw[USERS];
	if
	:: M[id].got == BOTH -> fullRun = 1; bothSeen()
	:: M[id].got == 1 -> fullRun = 0; oneSeen(WIX)
	:: M[id].got == 2 -> fullRun = 0; oneSeen(USERS)
	fi
}

/* An answer counts where the question is still the one that was answered. */
inline useAnswer(id) {
	s = changed;
	if
	:: isReview(kind) && M[id].answer && M[id].asked == matterOf(kind, shows[WIX], shows[USERS]) ->
		answer = M[id].answer; mergeSeen(id); answer = REVIEW; changed = changed || s
	:: else
	fi;
	v = (isReview(kind) -> matterOf(kind, shows[WIX], shows[USERS]) : 0);
	saveQuestion(id)
}

/* The question is saved before the row, whether or not the row's save comes out; one that changes, or is used, loses its answer. */
inline saveQuestion(id) {
	if
	:: M[id].got == BOTH && (M[id].asked != v || M[id].answer) ->
		question = v;
#ifdef KEEPS_ANSWER
		answered = (M[id].answer || !v -> 0 : answered);
#else
		answered = 0;
#endif
		printf("run %d: asks %d\n", id, v)
	:: else
	fi
}

/*
 * Plan and save in one: the save comes out only if nobody saved the row since it was read, and then the row is as it was when it
 * was planned. More than one step only because Spin limits their length.
 */
inline planAndSave(id) {
	d_step {
#ifdef NO_CAS
		copyRow(row, before); copyRow(copy[id], row);
#endif
		answer = REVIEW;
		mergeSeen(id)
	};
#ifdef ANSWERS
	d_step { useAnswer(id) };
#endif
	d_step { save(id) }
}

#ifdef REACHED
#define RESTED assert(false)
#else
#define RESTED skip
#endif
inline save(id) {
	if
	:: kind == WRITE && !sliced -> announce()
	:: kind == WRITE && sliced -> hold()
	:: else
	fi;
#ifdef NO_CAS
	if
	:: !changed -> copyRow(before, row)
	:: else
	fi;
#endif
	printf("run %d: base %d, Wix %d, user %d, seen %d -> verdict %d (side %d: %d -> %d, held back %d), changed %d, n %d\n",
		id, row.base, shows[WIX], shows[USERS], M[id].got, kind, side, expected, to, sliced, changed, row.n);
	aged = 0;
#ifdef REST
	if
	:: quiet && id == 1 ->
		if
		:: restRuns == QUIET_RUNS -> RESTED; assert(!changed && (agree || isReview(kind)))
		:: else
		fi;
		restRuns++
	:: else
	fi;
#endif
	if
	:: changed -> M[3 - id].stale = M[3 - id].read
	:: else
	fi;
	if
	:: kind == WRITE && !sliced ->
		M[id].side = side; M[id].to = to; M[id].fromOurs = M[id].sawOurs[other(side)] && !usesAnswer && expected != BLANK;
		knownValues(M[id].known);
		grantLease(id);
		M[id].saw[WIX] = 0; M[id].saw[USERS] = 0; M[id].sawOurs[WIX] = 0; M[id].sawOurs[USERS] = 0; M[id].got = 0; M[id].over = 0;
		M[id].asked = 0; M[id].answer = 0
	:: else -> forget(id)
	fi;
	sliced = 0
}

inline grantLease(id) {
#ifdef WRITERS
	assert(!leased[3 - id] && !F[1].busy && !F[2].busy);
#endif
	leased[id] = 1; owner = id; M[3 - id].over = 0;
#if !defined(VERY_LATE) && !defined(LAG_OF_A_RUN)
	beginLag(WIX); beginLag(USERS)
#endif
	skip
}

#define isBehind(k, what, whose) (LATE(k) && !quiet && (S[k].what != S[k].value || S[k].whose != S[k].ours))
inline beginLag(k) { S[k].oldOnTheWay = isBehind(k, onTheWay, onTheWayOurs); S[k].oldListed = isBehind(k, listed, listedOurs) }

/* R4: no attempt without the lease. The check follows the look; what may happen between them may as well happen after. */
#ifdef NO_R4
#define HOLDS_LEASE(id) true
#else
#define HOLDS_LEASE(id) leased[id]
#endif

/* What the writer finds by id decides. */
#define SHOWN(id) (S[M[id].side].value == M[id].to)
#define PARKED(id) (S[M[id].side].value != M[id].to && S[M[id].side].parked == M[id].to)
#define KNOWN(id) (M[id].known & (1 << S[M[id].side].value))
#define DUE(id) (!SHOWN(id) && !PARKED(id) && KNOWN(id))

inline send(id) {
#ifdef WRITERS
	assert(!F[3 - id].busy);
#endif
	F[id].busy = 1; F[id].side = M[id].side; F[id].to = M[id].to; F[id].fromOurs = M[id].fromOurs; M[id].waits = 1;
	printf("run %d: sends %d to side %d\n", id, M[id].to, M[id].side)
}

/* Notes what came of it; where the row was saved meanwhile, the note is left out. No lease is needed for it. */
inline noteOutcome(id, what) {
	findAnnounced();
	if
	:: IS_CURRENT(id) && j != NOBODY ->
		if
		:: what == MADE_ALTERED -> insertAltered()
		:: else
		fi;
		row.p[j].outcome = (what == SAID_NO -> REFUSED : (what == SAID_NOT_NOW -> REFUSED_FOR_NOW : SENT));
		M[3 - id].stale = M[3 - id].read;
		leased[id] = 0;
		printf("run %d: notes %d\n", id, what)
	:: else
	fi;
	forget(id)
}

/* The value that the system made of ours is ours, too: held before the write that stays last. */
inline insertAltered() {
	assert(row.n < K && j == row.n - 1);
	row.p[row.n].side = row.p[j].side; row.p[row.n].from = row.p[j].from; row.p[row.n].to = row.p[j].to;
	row.p[j].from = row.p[j].to; row.p[j].to = ALTERED; row.p[j].outcome = HELD;
	row.n++; j++
}

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
