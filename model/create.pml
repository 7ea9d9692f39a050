/*
 * How a pair begins: two runs at once find one contact without a user. Each adds a row (perhaps both do), doubles are united,
 * the create is announced on a known row, looked for, sent, and its id saved. Anything may die at any step.
 *
 * Switches (-D): UNIQUE (the system refuses a second record with the same key, the login), LATE_LOOK (the look before the
 * create may miss a record just made, as lists may), BY_HAND (somebody may create the user meanwhile), REPEATS (a writer looks
 * and sends again where an answer is lost).
 * Rules switched off: NO_R1, NO_R2, NO_R3, NO_R4, NO_CAS; NEW_SENDS (a new row is sent in the run that adds it), NO_HOUR
 * (announced again as soon as the lease is over), FIRST_HOUR (the hour counts from the first announcement), LATE_SERVER (acts
 * after the lease).
 */
#define NONE 0
#define WANTED 1                  /* a create that was found to be wanted: held, never sent as it stands */
#define ANNOUNCED 2
#define LINKED 3

byte made = 0;                    /* records that hold the address */
byte byHand = 0;                  /* how many of them a person made */
byte listed = 0;                  /* how many of them lists (and a late look) show; never going back */
/* Two rows of one pair at most: a run adds one only where it saw none. */
typedef Row { byte state; byte owner; bit hourOver };
Row row[2];
bit older = 0;                    /* which of the two was added first */
bit leased[3];
bit quiet = 0;
byte restRuns = 0;

/* A run's memory: the rows as read, whether they were saved since, whether their leases were over before they were read. */
typedef Run { bit busy; bit read; byte was[2]; bit stale[2]; bit over[2]; byte saw; byte due; bit waits; byte result };
Run M[3];
bit sent[3];                      /* a request on its way; it outlives its run */
bit mine = 0;
hidden byte r;

#define NO_ROW 2
#define KILLED :: !quiet -> goto start

inline forget(id) {
	M[id].busy = 0; M[id].read = 0; M[id].saw = 0; M[id].due = NO_ROW; M[id].waits = 0; M[id].result = 0;
	for (r : 0 .. 1) { M[id].was[r] = NONE; M[id].stale[r] = 0; M[id].over[r] = 0 }
}

inline noteTime(id) {
	M[id].busy = 1;
	for (r : 0 .. 1) { M[id].over[r] = !leased[row[r].owner] }
}

inline readRows(id) {
	M[id].read = 1;
	for (r : 0 .. 1) { M[id].was[r] = row[r].state; M[id].stale[r] = 0 }
}

inline readList(id) { M[id].saw = (quiet -> made : listed) }

#ifdef NO_CAS
#define isCurrent(id, k) true
#else
#define isCurrent(id, k) (!M[id].stale[k])
#endif
inline put(id, k, what) {
	row[k].state = what;
	M[3 - id].stale[k] = M[3 - id].read;
	if
	:: what != ANNOUNCED -> row[k].owner = 0; row[k].hourOver = 0
	:: else
	fi
}

#ifdef NO_R3
#define isFree(id, k) true
#elif defined(NO_R2)
#define isFree(id, k) (M[id].was[k] != ANNOUNCED || !leased[row[k].owner])
#else
#define isFree(id, k) (M[id].was[k] != ANNOUNCED || M[id].over[k])
#endif

/* Insert: no condition can hold it back; two runs may each add a row. */
inline add(id) {
	if
	:: M[id].saw > 1 -> r = NO_ROW                                   /* ambiguous: reviewed */
	:: else ->
		r = (row[0].state == NONE -> 0 : (row[1].state == NONE -> 1 : NO_ROW));
		assert(r != NO_ROW);
		older = (row[1 - r].state == NONE -> r : 1 - r);
		put(id, r, (M[id].saw == 1 -> LINKED : WANTED))
	fi
}

/* A run that unites only unites: a row with both ids stays, else an announced one, else the older. */
#define better(k) (M[id].was[k] > M[id].was[1 - (k)] || (M[id].was[k] == M[id].was[1 - (k)] && older == (k)))
inline unite(id) {
	r = (better(0) -> 1 : 0);
	if
	:: isCurrent(id, r) && isFree(id, 0) && isFree(id, 1) -> put(id, r, NONE)
	:: else
	fi
}

#ifdef UNIQUE
#define mayAnnounceAgain(k) true
#elif defined(NO_HOUR)
#define mayAnnounceAgain(k) true
#else
#define mayAnnounceAgain(k) (row[k].hourOver || quiet)
#endif

/* One known row that is not linked yet: linked by rule, or its create announced. */
inline goOn(id) {
	r = (M[id].was[0] != NONE -> 0 : 1);
	if
	:: M[id].was[r] != LINKED && isCurrent(id, r) && isFree(id, r) ->
		if
		:: M[id].saw == 1 -> put(id, r, LINKED)
		:: M[id].saw == 0 && (M[id].was[r] == WANTED || mayAnnounceAgain(r)) ->
#ifndef FIRST_HOUR
			row[r].hourOver = 0;
#endif
			put(id, r, ANNOUNCED); grantLease(id, r)
		:: else
		fi
	:: else
	fi
}

inline grantLease(id, k) {
	row[k].owner = id; leased[id] = 1; M[3 - id].over[k] = 0; M[id].due = k
}

inline planAndSave(id) {
	if
	:: M[id].was[0] == NONE && M[id].was[1] == NONE ->
		add(id);
#ifdef NEW_SENDS
		if
		:: r != NO_ROW && row[r].state == WANTED -> put(id, r, ANNOUNCED); grantLease(id, r)
		:: else
		fi
#endif
	:: M[id].was[0] != NONE && M[id].was[1] != NONE -> unite(id)
	:: else -> goOn(id)
	fi;
	M[id].busy = (M[id].due != NO_ROW);
	for (r : 0 .. 1) { M[id].was[r] = NONE; M[id].over[r] = 0; M[id].stale[r] = (M[id].due == r -> 0 : M[id].stale[r]) }
	M[id].saw = 0
}

#ifdef LATE_LOOK
#define held (quiet -> made : listed)
#else
#define held made
#endif

#ifdef NO_R4
#define HOLDS_LEASE(id) true
#define outlasts(id) false
#else
#define HOLDS_LEASE(id) leased[id]
#ifdef LATE_SERVER
#define outlasts(id) false
#else
#define outlasts(id) sent[id]
#endif
#endif

#define MADE 1
#define NOTHING_MADE 2
inline answerWith(id, what) {
	sent[id] = 0;
	if
	:: M[id].waits -> M[id].waits = 0; M[id].result = what
	:: else
	fi
}

#ifdef UNIQUE
#define isTaken (made > 0)
#else
#define isTaken false
#endif
/* A create is made, made while its answer gets lost, or not made. */
#define EVENTS(id) \
	:: d_step { sent[id] && !isTaken -> assert(made == byHand); made++; answerWith(id, MADE) } \
	:: d_step { sent[id] && !isTaken && !quiet -> assert(made == byHand); made++; answerWith(id, NOTHING_MADE) } \
	:: d_step { sent[id] && (isTaken || !quiet) -> answerWith(id, NOTHING_MADE) } \
	:: d_step { leased[id] && !outlasts(id) && !(quiet && M[id].busy) -> leased[id] = 0 }

/* An hour is longer than a lease and than any list is late. */
#define HOUR(k) \
	d_step { row[k].state == ANNOUNCED && !row[k].hourOver && !leased[row[k].owner] && !outlasts(1) && !outlasts(2) && listed == made -> row[k].hourOver = 1 }

proctype World() {
end:	do
	:: listed < made -> listed++
	:: d_step { !quiet -> quiet = 1; listed = made }
	:: HOUR(0)
	:: HOUR(1)
#ifdef BY_HAND
	:: d_step { !quiet && made == 0 && !sent[1] && !sent[2] -> made++; byHand = 1 }
#endif
	EVENTS(1)
	EVENTS(2)
	od
}

#define MAY_START(id) (!quiet || (id == 1 && restRuns <= 6 && !M[2].busy && !leased[1] && !leased[2] && !sent[1] && !sent[2]))

proctype Runs(byte id) {
start:
	atomic { true -> d_step { forget(id) }; true };
	do
	:: quiet && (id == 2 || restRuns > 6) -> break
	:: d_step { MAY_START(id) -> noteTime(id); restRuns = restRuns + (quiet -> 1 : 0) };
#ifdef NO_R1
		readList(id);
		d_step { readRows(id) };
#else
		d_step { readRows(id) };
		readList(id);
#endif
		if
		KILLED
		:: d_step { planAndSave(id) }
		fi;
		if
		:: !M[id].busy -> goto start
		:: M[id].busy
		fi;
		/* Looks, and sends once for each announcement. */
look:
		if
		KILLED
		:: !HOLDS_LEASE(id) || held > 0 -> goto start                  /* exists: never adopted here */
		:: d_step { HOLDS_LEASE(id) && held == 0 -> sent[id] = 1; M[id].waits = 1 }
		fi;
		/* The id that was answered is saved; nothing more is done where it was not made, or the row was saved meanwhile. */
		if
		KILLED
		:: d_step { M[id].result == MADE && isCurrent(id, M[id].due) -> put(id, M[id].due, LINKED); leased[id] = 0 }; goto start
#ifdef REPEATS
		:: M[id].result == NOTHING_MADE -> M[id].result = 0; goto look
#endif
		:: M[id].result && (M[id].result == NOTHING_MADE || !isCurrent(id, M[id].due)) -> goto start
		fi
	od;
	if
	:: id == 1 ->
#ifdef REACHED
		assert(false);
#endif
		assert(made == 1 && row[0].state + row[1].state == LINKED && !(row[0].state && row[1].state))
	:: else
	fi
}

init {
	atomic {
		M[1].due = NO_ROW; M[2].due = NO_ROW;
		run World(); run Runs(1); run Runs(2)
	}
}
