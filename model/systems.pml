/*
 * What the runners of pair.pml meet: the two systems with their late lists, persons who edit, and time that passes.
 * pair.pml includes this file after merge.pml and tells of the switches.
 */
#ifndef RUNNERS
#define RUNNERS 1
#endif
#ifndef EDITS
#define EDITS 3
#endif
#ifndef VALUES
#define VALUES 3
#endif
/* Which sides list late, and which may accept a value and keep it aside: 1 Wix, 2 users, 3 both. */
#ifndef LATE_SIDES
#define LATE_SIDES 3
#endif
#ifndef PARKING_SIDES
#define PARKING_SIDES 3
#endif
#define LATE(which) (LATE_SIDES & (1 << (which)))
#define PARKS(which) (PARKING_SIDES & (1 << (which)))
#ifndef QUIET_RUNS
#define QUIET_RUNS 5
#endif

/* What a side holds, what its lists show (late, but never going back), what it accepted and does not show. */
typedef System {
	byte value; byte onTheWay; byte listed; byte parked;
	bit ours; bit onTheWayOurs; bit listedOurs;   /* ghosts: the value is one that we sent */
#ifndef FICKLE
	byte took;                                    /* ghost: values it accepted once, as a set of bits */
#endif
	bit typed;                                    /* ghost: a person's edit that the other side has not held since */
};
System S[2];

/* What a runner holds in memory between its steps; a crash forgets it. */
typedef Run { byte side; byte to; byte expected; bit fromOurs; bit changed; bit due; bit busy; bit ok; byte saw[2]; bit sawOurs[2] };
Run M[3];

byte edits = 0;
bit quiet = 0;              /* persons and crashes have stopped, the lists are up to date */
byte restRuns = 0;
byte seen = 0;              /* 2: the run saw both sides; else the one that it saw */
bit asked = 0;              /* ghost: a decision that no plan has read yet */
hidden byte v, s;
hidden byte known, differs;

#define agree (S[WIX].value == S[USERS].value)

inline settleEdits() {
	if
	:: agree -> S[WIX].typed = 0; S[USERS].typed = 0
	:: else
	fi
}

inline knownIn(r) {
	known = known || R[r].base == v;
	for (i : 0 .. K - 1) {
		if
		:: i < R[r].n && R[r].p[i].side == s && (R[r].p[i].from == v || R[r].p[i].to == v) -> known = 1
		:: else
		fi
	}
}

/* A person types v on side s. By rule the base and the values of writes under way are no edit there; all else counts. */
inline edit() {
	edits++;
	known = (v == BLANK || v == S[other(s)].value || v == S[other(s)].onTheWay || v == S[other(s)].listed);
	knownIn(0); knownIn(1); knownIn(2);
	S[s].value = v; S[s].ours = 0; S[s].typed = !known;
	S[s].parked = BLANK;   /* whoever edits a field gives up what awaited confirmation there */
	settleEdits();
	printf("person: side %d = %d, counts %d\n", s, v, !known)
}

#define EDIT(which, what) d_step { edits < EDITS && !quiet && S[which].value != what -> s = which; v = what; edit() }

inline upToDate(side_) {
	S[side_].onTheWay = S[side_].value; S[side_].onTheWayOurs = S[side_].ours;
	S[side_].listed = S[side_].value; S[side_].listedOurs = S[side_].ours
}

proctype Person() {
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
#ifdef DECIDE
	:: d_step { edits < EDITS && !quiet && R[0].decision == REVIEW -> edits++; R[0].decision = WIX_WINS; asked = 1 }
	:: d_step { edits < EDITS && !quiet && R[0].decision == REVIEW -> edits++; R[0].decision = USERS_WIN; asked = 1 }
#endif
	:: d_step { !quiet -> quiet = 1; upToDate(WIX); upToDate(USERS) }; break
	od
}

#define CATCH_UP(k) \
	d_step { LATE(k) && !quiet && (S[k].onTheWay != S[k].value || S[k].onTheWayOurs != S[k].ours) -> \
		S[k].onTheWay = S[k].value; S[k].onTheWayOurs = S[k].ours }
#define LIST(k) \
	d_step { LATE(k) && !quiet && (S[k].listed != S[k].onTheWay || S[k].listedOurs != S[k].onTheWayOurs) -> \
		S[k].listed = S[k].onTheWay; S[k].listedOurs = S[k].onTheWayOurs }
#define CONFIRM(k) \
	d_step { S[k].parked != BLANK && (!quiet || restRuns <= 2) -> S[k].value = S[k].parked; S[k].parked = BLANK; S[k].ours = 1; S[k].typed = 0; settleEdits(); printf("shown: side %d = %d\n", k, S[k].value) }

/* Time passes: lists catch up, a parked value is shown. Nothing forces either. */
proctype World() {
end:	do
	:: CATCH_UP(WIX)
	:: CATCH_UP(USERS)
	:: LIST(WIX)
	:: LIST(USERS)
	:: CONFIRM(WIX)
	:: CONFIRM(USERS)
	od
}
