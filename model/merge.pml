/*
 * The planner's decision for one property of one linked pair: nodes/MatchAndMap/engine/decide/property.ts, branch by
 * branch and under the same names. A git merge for readers: `base` is the merge base, Wix and the user are the two branches,
 * `pending` is a list of pushes whose arrival nobody has confirmed yet.
 *
 * More than 300 lines because it is the model of one file, property.ts, and the two are read side by side.
 *
 * Promela in five lines: `inline` is a macro; in `if`, any branch whose guard holds may be taken, `else` when none does;
 * `->` only separates guard and body; `d_step { }` is one indivisible step; `proctype` is a process.
 *
 * Values are small numbers; 0 is blank (and "no base"). Side 0 is Wix, side 1 the users.
 */
/* A repair that the model asked for; without it, run.sh shows the counterexample. */
#define RESTATED              /* a value sent again where it stood proves nothing about an earlier one */

#define WIX 0
#define USERS 1
#define other(s) (1 - (s))
#define BLANK 0
#ifndef K
#define K 6                    /* longest `pending` list; longer is an assertion failure, never cut */
#endif
#define NOBODY 9               /* "no entry", "no side" */

/* Pending.outcome */
#define ANNOUNCED 0
#define SENT 1
#define REFUSED 2
#define REFUSED_FOR_NOW 3
#define HELD 4                 /* announced once, overtaken since: never sent as it stands, kept for its echo */
#define WANTED 5               /* held that was never announced: it has no lease */
#define isLive(e) (e.outcome != REFUSED && e.outcome != REFUSED_FOR_NOW)
#define mayHaveBeenSent(e) (isLive(e) && e.outcome != WANTED)

/* Verdict.kind, with the review reasons */
#define SAME 0
#define WAITING 1
#define WAITING_FOR_FULL_RUN 2
#define WRITE 3
#define BOTH_EDITED 4
#define FIRST_LINK_DIFFERS 5
#define EMPTIED 6
#define NOT_TAKEN 7
#define REFUSED_REVIEW 8
#define isReview(k) ((k) >= BOTH_EDITED)

/* Policies.bothEdited and the answer of a person */
#define REVIEW 0
#define WIX_WINS 1
#define USERS_WIN 2
#define targetOf(winner) ((winner) == WIX_WINS -> USERS : WIX)
#ifndef POLICY
#define POLICY REVIEW
#endif

typedef Entry { bit side; byte from; byte to; byte outcome };
typedef Row { byte base; byte n; Entry p[K] };

/* The row in the links table. A run works on it in place: its save comes out only if nobody saved the row since it was read. */
Row row;

/* What goes into a merge: what the run saw, an answer to the question that stands, whether the waiting time is over. */
hidden byte shows[2];
hidden byte answer;
bit aged;
hidden byte fullRun;

/* What comes out. */
hidden byte kind, side, to, expected, latest, refusal, i, j;
hidden byte echo, usesAnswer, possibly, changed;

inline isEcho(onSide, key) {
	echo = 0;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && isLive(row.p[i]) && row.p[i].side == (onSide) && (row.p[i].from == (key) || row.p[i].to == (key)) -> echo = 1
		:: else
		fi
	}
}

#ifdef RESTATED
#define RIVAL(key) (row.p[i].from == (key) || row.p[latest].from == row.p[latest].to)
#else
#define RIVAL(key) (row.p[i].from == (key))
#endif
/* An earlier value of ours may still arrive although the latest one is seen. */
inline mayStillEcho(key) {
	echo = 0;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && i != latest && mayHaveBeenSent(row.p[i]) && RIVAL(key) && row.p[i].to != (key) -> echo = 1
		:: else
		fi
	}
}

inline clearEntry(at) { row.p[at].side = 0; row.p[at].from = 0; row.p[at].to = 0; row.p[at].outcome = 0 }

inline forgetPending() {
	if
	:: row.n > 0 -> changed = 1
	:: else
	fi;
	for (i : 0 .. K - 1) { clearEntry(i) }
	row.n = 0; latest = NOBODY; refusal = NOBODY
}

inline remember(value) {
	if
	:: row.base != (value) -> row.base = value; changed = 1
	:: else
	fi
}

#define write(target, source, before) kind = WRITE; side = target; to = source; expected = before
#define writeTo(target) write(target, shows[other(target)], shows[target])

#define refusingSide (refusal == NOBODY -> NOBODY : (row.p[refusal].outcome == REFUSED -> row.p[refusal].side : NOBODY))
#define possible(target) (shows[other(target)] != BLANK && refusingSide != (target))

/* A person's answer first, then what the policy says, then review. */
inline decidedOr(policy, review) {
	possibly = 0;
	if
	:: answer != REVIEW -> possibly = possible(targetOf(answer))
	:: else
	fi;
	if
	:: possibly -> writeTo(targetOf(answer)); usesAnswer = 1
	:: else ->
		if
		:: policy != REVIEW -> possibly = possible(targetOf(policy))
		:: else
		fi;
		if
		:: possibly -> writeTo(targetOf(policy))
		:: else -> kind = review
		fi
	fi
}

inline blankSideOr(policy, review) {
	if
	:: shows[WIX] == BLANK -> write(WIX, shows[USERS], BLANK)
	:: shows[WIX] != BLANK && shows[USERS] == BLANK -> write(USERS, shows[WIX], BLANK)
	:: else -> decidedOr(policy, review)
	fi
}

inline conflict() { blankSideOr(POLICY, BOTH_EDITED) }

inline edited(by) {
	if
	:: shows[by] == BLANK -> decidedOr(REVIEW, EMPTIED)
	:: else -> writeTo(other(by))
	fi
}

inline threeWay() {
	if
	:: shows[WIX] == shows[USERS] -> kind = SAME
	:: else ->
		if
		:: row.base == BLANK -> blankSideOr(REVIEW, FIRST_LINK_DIFFERS)
		:: row.base != BLANK && shows[USERS] == row.base -> edited(WIX)
		:: row.base != BLANK && shows[USERS] != row.base && shows[WIX] == row.base -> edited(USERS)
		:: else -> conflict()
		fi
	fi
}

inline anySent() {
	possibly = 0;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && mayHaveBeenSent(row.p[i]) -> possibly = 1
		:: else
		fi
	}
}

inline equal() {
	if
	:: shows[WIX] == BLANK -> /* bothBlank: emptied on both sides */
		if
		:: latest != NOBODY && !aged -> kind = WAITING
		:: else -> remember(BLANK); forgetPending(); kind = SAME
		fi
	:: else ->
		echo = 0;
		anySent();
		if
		:: latest != NOBODY && possibly -> isEcho(row.p[latest].side, shows[WIX])
		:: else
		fi;
		if
		:: !echo -> remember(shows[WIX]); forgetPending(); kind = SAME
		:: else ->
			if
			:: shows[WIX] != row.p[latest].to -> writeTo(row.p[latest].side)
			:: else ->
				remember(shows[WIX]);
				mayStillEcho(shows[WIX]);
				if
				:: !echo -> forgetPending()
				:: else
				fi;
				kind = SAME
			fi
		fi
	fi
}

/* The target shows an earlier value of ours: the latest write is not seen yet. */
inline echoed() {
	if
	:: shows[other(row.p[latest].side)] != row.p[latest].to -> /* overtaken by a newer edit of the source */
		edited(other(row.p[latest].side))
	:: else ->
		if
		:: row.p[latest].outcome != SENT -> writeTo(row.p[latest].side)
		:: else ->
			if
			:: !aged -> kind = WAITING
			:: else -> decidedOr(REVIEW, NOT_TAKEN)
			fi
		fi
	fi
}

/* The target holds what was sent. The other side may have been edited since, or show an older value of ours late. */
inline shown() {
	isEcho(other(row.p[latest].side), shows[other(row.p[latest].side)]);
	if
	:: echo -> writeTo(other(row.p[latest].side))
	:: else ->
		remember(row.p[latest].to);
		mayStillEcho(row.p[latest].to);
		if
		:: !echo -> forgetPending()
		:: else
		fi;
		threeWay()
	fi
}

inline refusalStands() {
	if
	:: row.p[refusal].outcome == REFUSED_FOR_NOW && fullRun && aged ->
		writeTo(row.p[refusal].side)
	:: else -> decidedOr(REVIEW, REFUSED_REVIEW)
	fi
}

inline begin() {
	kind = SAME; side = 0; to = 0; expected = 0; usesAnswer = 0; changed = 0;
	latest = NOBODY; refusal = NOBODY;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && isLive(row.p[i]) -> latest = i
		:: i < row.n && !isLive(row.p[i]) -> refusal = i
		:: else
		fi
	}
}

inline bothSeen() {
	begin();
	if
	:: shows[WIX] == shows[USERS] -> equal()
	:: else ->
		possibly = 0;
		if
		:: refusal != NOBODY && (latest == NOBODY || latest < refusal) ->
			possibly = (shows[row.p[refusal].side] == row.p[refusal].from && shows[other(row.p[refusal].side)] == row.p[refusal].to)
		:: else
		fi;
		if
		:: possibly -> refusalStands()
		:: !possibly && latest == NOBODY ->
			threeWay()
		:: else ->
			if
			:: shows[row.p[latest].side] == row.p[latest].to -> shown()
			:: else ->
				isEcho(row.p[latest].side, shows[row.p[latest].side]);
				if
				:: echo -> echoed()
				:: !echo && shows[row.p[latest].side] == BLANK && shows[other(row.p[latest].side)] == row.p[latest].to ->
					decidedOr(REVIEW, EMPTIED)
				:: else -> conflict()
				fi
			fi
		fi
	fi
}

/* A changed-only run that saw one side: it only decides whether a write is due from there. */
#define stand (latest == NOBODY -> row.base : row.p[latest].to)
inline oneSeen(mine) {
	begin();
	if
	:: latest == NOBODY && refusal != NOBODY ->
		kind = (shows[mine] == (row.p[refusal].side == (mine) -> row.p[refusal].from : row.p[refusal].to) -> REFUSED_REVIEW : WAITING_FOR_FULL_RUN)
	:: else ->
		if
		:: shows[mine] == stand -> kind = (latest == NOBODY -> SAME : WAITING)
		:: shows[mine] != stand && stand == BLANK -> kind = WAITING_FOR_FULL_RUN
		:: else ->
			echo = 0; possibly = 0;
			if
			:: latest != NOBODY -> possibly = (row.p[latest].side == (mine))
			:: else
			fi;
			if
			:: possibly -> isEcho(mine, shows[mine]); kind = (echo -> WAITING : WAITING_FOR_FULL_RUN)
			:: else ->
				if
				:: shows[mine] == BLANK -> kind = EMPTIED
				:: else -> write(other(mine), shows[mine], stand)
				fi
			fi
		fi
	fi
}

/* A newer step overtakes a refusal of its side, what was only wanted there, and the same step noted before. */
#define isOvertaken(e) (e.side == side && (!isLive(e) || e.outcome == WANTED || (e.from == expected && e.to == to)))

inline note(as, earlier) {
	changed = 1;
	j = 0;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && !isOvertaken(row.p[i]) ->
			row.p[j].side = row.p[i].side; row.p[j].from = row.p[i].from; row.p[j].to = row.p[i].to;
			row.p[j].outcome = (row.p[i].outcome == ANNOUNCED -> earlier : row.p[i].outcome);
			j++
		:: else
		fi
	}
	assert(j < K);
	row.p[j].side = side; row.p[j].from = expected; row.p[j].to = to; row.p[j].outcome = as;
	row.n = j + 1;
	for (i : 0 .. K - 1) {
		if
		:: i >= row.n -> clearEntry(i)
		:: else
		fi
	}
}

/* release/announce.ts: what was announced before and is not the latest any more stays, for its echo. */
inline announce() { note(ANNOUNCED, HELD) }

/* A write that is wanted and not sent in this run, unless the row knows of it. */
inline hold() {
	possibly = 0;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && isLive(row.p[i]) && row.p[i].side == side && row.p[i].to == to -> possibly = 1
		:: else
		fi
	}
	if
	:: !possibly -> note(WANTED, ANNOUNCED)
	:: else
	fi
}

/* The entry that is announced; there is at most one. */
inline findAnnounced() {
	j = NOBODY;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && row.p[i].outcome == ANNOUNCED -> assert(j == NOBODY); j = i
		:: else
		fi
	}
}

/* What a writer finds is ours or was expected: any value of any write of the row to this side. Anything else is a person's edit. */
inline knownValues(values) {
	values = 1 << expected;
	for (i : 0 .. K - 1) {
		if
		:: i < row.n && row.p[i].side == side -> values = values | (1 << row.p[i].from) | (1 << row.p[i].to)
		:: else
		fi
	}
}
