/*
 * What the runs of pair.pml meet: the two systems with their late lists, requests that are on their way, leases that run out,
 * and people who edit. pair.pml includes this file after merge.pml and tells of the switches.
 */
#ifndef EDITS
#define EDITS 2
#endif
#ifndef VALUES
#define VALUES 3
#endif
#ifndef TOUCHES
#define TOUCHES 0
#endif
/* As bits, 1 Wix, 2 users: which side lists late, which accepts a value and keeps it aside, which writes under a revision. */
#ifndef LATE_SIDES
#define LATE_SIDES 0
#endif
#ifndef PARKING_SIDES
#define PARKING_SIDES 0
#endif
#ifndef REVISION_SIDES
#define REVISION_SIDES 1
#endif
#define LATE(k) (LATE_SIDES & (1 << (k)))
#define PARKS(k) (PARKING_SIDES & (1 << (k)))
#define HAS_REVISION(k) (REVISION_SIDES & (1 << (k)))
#ifndef QUIET_RUNS
#define QUIET_RUNS 6
#endif
#define ALTERED 4                 /* what a system makes of a value that it trims or reformats */

/* What a side holds, what its lists show (late, never going back), what it accepted and does not show. */
typedef System {
	byte value; byte onTheWay; byte listed; byte parked;
	bit ours; bit onTheWayOurs; bit listedOurs;   /* ghosts: the value is one that we sent */
	bit typed;                                    /* ghost: a person's edit that the other side has not held since */
	bit givenUp;                                  /* ghost: by an answer, a person let the other side's value win over this one */
	byte took;                                    /* ghost: values that it accepted once, as a set of bits */
	bit oldListed; bit oldOnTheWay;               /* from before the lease that runs: shown before that lease is over */
};
System S[2];

/*
 * What a run knows between its steps; a kill forgets it. Nothing of the row but whether it was saved since: where it was, this
 * run's save does not come out, else the row is as it was read. `known`, `side`, `to`: what the writer got.
 */
typedef Run {
	bit busy; bit read; bit stale; bit over; bit waits;
	byte got; byte saw[2]; bit sawOurs[2];
	byte side; byte to; byte known; bit fromOurs; byte result;
	byte asked; byte answer
};
Run M[3];

/* A request outlives the run that sent it. A lease is known by the run that got it; the row names that run. */
typedef Request { bit busy; bit side; byte to; bit fromOurs; bit moot };
Request F[3];
bit leased[3];
byte owner = 0;

/* Request.result, as the writer hears it. */
#define MADE 1
#define KEPT_ASIDE 2
#define SAID_NO 3
#define SAID_NOT_NOW 4
#define MADE_ALTERED 5
#define NOTHING_DONE 6

/* The question that stands, as kind and the two values it shows, and the answer that a person typed. */
byte question = 0;
byte answered = 0;
#define matterOf(k, w, u) (((k) << 4) + ((w) << 2) + (u))

byte edits = 0;
byte touches = 0;
bit quiet = 0;                    /* people and kills have stopped, the lists are up to date */
byte restRuns = 0;
bit sliced = 0;                   /* the run does not send what it would write */
bit mine = 0;                     /* the run may save the row */
hidden byte v, s;
hidden byte known;

#define agree (S[WIX].value == S[USERS].value)
#define shownBy(k) (LATE(k) && !quiet -> S[k].listed : S[k].value)
#define shownOurs(k) (LATE(k) && !quiet -> S[k].listedOurs : S[k].ours)

inline settleEdits() {
	if
	:: agree -> S[WIX].typed = 0; S[USERS].typed = 0
	:: else
	fi
}

/* Requests under a revision that was looked up before a value changed do nothing. */
inline outdate(k) {
	if
	:: F[1].busy && F[1].side == (k) && HAS_REVISION(k) -> F[1].moot = 1
	:: else
	fi;
	if
	:: F[2].busy && F[2].side == (k) && HAS_REVISION(k) -> F[2].moot = 1
	:: else
	fi
}

/* The values of writes under way, in the row and in what a writer got. */
inline knownAsOurs() {
	known = known || row.base == v;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && row.p[i].side == s && (row.p[i].from == v || row.p[i].to == v) -> known = 1
		:: else
		fi
	}
	known = known || (F[1].busy && F[1].side == s && F[1].to == v) || (F[2].busy && F[2].side == s && F[2].to == v)
}

#define wasRead(id) (M[id].got & (1 << other(s)) && M[id].saw[other(s)] == v)

/* The value that an answer gives up, typed again after the answer. */
#define isAnswered(k, code, shownValue) (s == k && answered == code && v == (shownValue))

/* A person types v on side s. By rule the base, values of writes under way and what the other side holds or shows are no edit. */
inline edit() {
	edits++;
	known = (v == BLANK || v == S[other(s)].value || (LATE(other(s)) && (v == S[other(s)].onTheWay || v == S[other(s)].listed)));
	known = known || wasRead(1) || wasRead(2) || isAnswered(WIX, USERS_WIN, (question >> 2) & 3) || isAnswered(USERS, WIX_WINS, question & 3);
	knownAsOurs();
	S[s].value = v; S[s].ours = 0; S[s].typed = !known; S[s].givenUp = 0;
	S[s].parked = BLANK;          /* whoever edits a field gives up what awaited confirmation there */
	settleEdits(); outdate(s);
	printf("person: side %d = %d, counts %d\n", s, v, !known)
}

/* Without a revision, nobody edits between a writer's look and the landing of its write. */
#ifdef SPLIT_WRITE
#define beingWritten(k) false
#else
#define beingWritten(k) (!HAS_REVISION(k) && ((F[1].busy && F[1].side == (k)) || (F[2].busy && F[2].side == (k))))
#endif

#define EDIT(k, what) d_step { edits < EDITS && !quiet && S[k].value != what && !beingWritten(k) -> s = k; v = what; edit() }

/* The answer gives up the edit of the side that loses, where that is the value which the question shows. */
#define ANSWER(code, loser, shownValue) \
	d_step { question && !answered && edits < EDITS && !quiet -> edits++; answered = code; \
		if \
		:: S[loser].value == (shownValue) -> S[loser].typed = 0; S[loser].givenUp = 1 \
		:: else \
		fi; \
		printf("person: answers %d\n", code) }

inline upToDate(k) {
	S[k].onTheWay = S[k].value; S[k].onTheWayOurs = S[k].ours; S[k].listed = S[k].value; S[k].listedOurs = S[k].ours;
	S[k].oldListed = 0; S[k].oldOnTheWay = 0
}

proctype Person() {
#ifdef SCRIPT
	/* The only edits, each at any moment: all that can go wrong without R2 takes four of them. */
	EDIT(WIX, 2);
	EDIT(WIX, 3);
	EDIT(USERS, 3);
	EDIT(USERS, 1);
	d_step { quiet = 1; upToDate(WIX); upToDate(USERS) };
	goto gone;
#endif
	do
	:: EDIT(WIX, 1)
	:: EDIT(USERS, 1)
	:: EDIT(WIX, 2)
	:: EDIT(USERS, 2)
#if VALUES == 3
	:: EDIT(WIX, 3)
	:: EDIT(USERS, 3)
#endif
#ifdef BLANKS
	:: EDIT(WIX, BLANK)
	:: EDIT(USERS, BLANK)
#endif
	/* Edits the row in the Data Tables screen: what was read before cannot be saved any more. */
	:: d_step { touches < TOUCHES && !quiet -> touches++; M[1].stale = M[1].read; M[2].stale = M[2].read; printf("person: edits the row\n") }
#ifdef ANSWERS
	:: ANSWER(WIX_WINS, USERS, question & 3)
	:: ANSWER(USERS_WIN, WIX, (question >> 2) & 3)
#endif
	:: d_step { !quiet -> quiet = 1; upToDate(WIX); upToDate(USERS); printf("person: quiet\n") }; break
	od;
gone:	skip
}

/* What the system makes of a write. Our own write over an edit that nobody else holds yet is a lost edit. */
#ifdef FICKLE
#define MAY_REFUSE(id) true
#else
#define MAY_REFUSE(id) (!(S[F[id].side].took & (1 << F[id].to)))
#endif

inline accept(id) {
#ifndef FICKLE
	S[F[id].side].took = S[F[id].side].took | (1 << F[id].to);
#endif
	printf("request %d: side %d takes %d\n", id, F[id].side, F[id].to);
#ifdef LOST
	assert(!S[F[id].side].typed);
#endif
#ifdef BACK
	assert(!F[id].fromOurs || S[F[id].side].ours || S[F[id].side].givenUp);
#endif
}

inline arrive(id, as) {
	accept(id);
	S[F[id].side].value = as; S[F[id].side].ours = 1; S[F[id].side].parked = BLANK; S[F[id].side].typed = 0; S[F[id].side].givenUp = 0;
	settleEdits();
	s = F[id].side;
	answerWith(id, (as == ALTERED -> MADE_ALTERED : MADE));
	outdate(s)
}

/* The request is done with; its writer hears of it if it is still there. */
inline answerWith(id, what) {
	F[id].busy = 0; F[id].side = 0; F[id].to = 0; F[id].fromOurs = 0; F[id].moot = 0;
	if
	:: M[id].waits -> M[id].waits = 0; M[id].result = what
	:: else
	fi;
	printf("request %d: outcome %d\n", id, what)
}

#define lands(id) (F[id].busy && !F[id].moot)
#define LAND(id) \
	:: d_step { lands(id) -> arrive(id, F[id].to) } \
	:: d_step { lands(id) && PARKS(F[id].side) -> accept(id); S[F[id].side].parked = F[id].to; answerWith(id, KEPT_ASIDE) } \
	:: d_step { lands(id) && MAY_REFUSE(id) -> answerWith(id, SAID_NO) } \
	:: d_step { lands(id) && MAY_REFUSE(id) && !quiet -> answerWith(id, SAID_NOT_NOW) } \
	:: d_step { F[id].busy && (F[id].moot || !quiet) -> answerWith(id, NOTHING_DONE) }

/* A lease may run out at any moment, but (R4) not before a request that was sent under it is done with, nor before a list shows what was there when it began.
   At the end it lasts as long as the run that holds it. */
#if defined(NO_R4) || defined(LATE_SERVER)
#define outlasts(id) false
#else
#define outlasts(id) F[id].busy
#endif
#define LEASE_ENDS(id) \
	d_step { leased[id] && !outlasts(id) && !(quiet && M[id].busy) && !S[WIX].oldListed && !S[USERS].oldListed -> leased[id] = 0; printf("lease %d: over\n", id) }

#define CATCH_UP(k) \
	d_step { LATE(k) && !quiet && (S[k].onTheWay != S[k].value || S[k].onTheWayOurs != S[k].ours) -> \
		S[k].onTheWay = S[k].value; S[k].onTheWayOurs = S[k].ours; S[k].oldOnTheWay = 0 }
#define LIST(k) \
	d_step { LATE(k) && !quiet && (S[k].listed != S[k].onTheWay || S[k].listedOurs != S[k].onTheWayOurs || S[k].oldListed != S[k].oldOnTheWay) -> \
		S[k].listed = S[k].onTheWay; S[k].listedOurs = S[k].onTheWayOurs; S[k].oldListed = S[k].oldOnTheWay }
#define CONFIRM(k) \
	d_step { S[k].parked != BLANK && (!quiet || restRuns <= 2) -> S[k].value = S[k].parked; S[k].parked = BLANK; S[k].ours = 1; S[k].typed = 0; S[k].givenUp = 0; settleEdits(); outdate(k); printf("shown: side %d = %d\n", k, S[k].value) }

/* Time passes. Nothing forces any of it. */
proctype World() {
end:	do
	:: CATCH_UP(WIX)
	:: CATCH_UP(USERS)
	:: LIST(WIX)
	:: LIST(USERS)
	:: CONFIRM(WIX)
	:: CONFIRM(USERS)
	:: LEASE_ENDS(1)
	LAND(1)
#ifdef ALTERS
	:: d_step { lands(1) && F[1].side == USERS -> arrive(1, ALTERED) }
#endif
#if RUNS == 2
	:: LEASE_ENDS(2)
	LAND(2)
#ifdef ALTERS
	:: d_step { lands(2) && F[2].side == USERS -> arrive(2, ALTERED) }
#endif
#endif
	od
}
