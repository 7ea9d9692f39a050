/*
 * The steps of a run of pair.pml, each done at one moment; pair.pml says in which order, and what may come between.
 * pair.pml includes this file after merge.pml and systems.pml and tells of the switches.
 */
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
