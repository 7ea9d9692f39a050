/*
 * Prints what the model's merge does in every small state: one line each, "state > outcome". Not a check but the text
 * that test/engine/protocol.test.mts holds the real plan() against. Values are named by first use, so that two states
 * which differ only in names are one.
 */
#include "merge.pml"
hidden byte seen, w, u, b, x, t1, t2, f1, o1, s1, f2, o2, s2, k;
byte told;

inline fill() {
	row.base = b; row.n = 0;
	for (i : 0 .. K - 1) { clearEntry(i) }
	if
	:: k >= 1 -> row.n = 1; row.p[0].side = s1; row.p[0].from = f1; row.p[0].to = t1; row.p[0].outcome = o1
	:: else
	fi;
	if
	:: k == 2 -> row.n = 2; row.p[1].side = s2; row.p[1].from = f2; row.p[1].to = t2; row.p[1].outcome = o2
	:: else
	fi
}

inline decide() {
	fill();
	shows[WIX] = w; shows[USERS] = u; aged = x;
	if
	:: seen == 2 -> fullRun = 1; bothSeen()
	:: else -> fullRun = 0; oneSeen(seen)
	fi
}

inline tell() {
	if
	:: kind == WRITE -> announce()
	:: else
	fi;
	printf("%d%d%d%d%d%d", seen, w, u, b, answer, x);
	if
	:: k >= 1 -> printf(" %d%d%d%d", s1, f1, t1, o1)
	:: else
	fi;
	if
	:: k == 2 -> printf(" %d%d%d%d", s2, f2, t2, o2)
	:: else
	fi;
	printf(" > %d", kind);
	if
	:: kind == WRITE -> printf("%d%d%d", side, expected, to)
	:: else
	fi;
	printf(" %d", row.base);
	for (j : 0 .. K - 1) {
		if
		:: j < row.n -> printf(" %d%d%d%d", row.p[j].side, row.p[j].from, row.p[j].to, row.p[j].outcome)
		:: else
		fi
	}
	printf("\n")
}

/* An answer is asked about only where a question stands; what it changes is told in lines of its own. */
inline ask() {
	d_step { answer = REVIEW; decide(); told = kind; tell() };
	if
	:: isReview(told) && seen == 2 && k < 2 ->
		d_step { answer = WIX_WINS; decide(); tell() };
		d_step { answer = USERS_WIN; decide(); tell() }
	:: else
	fi
}

/* Canonical names: a value may be at most one above the highest used before it. */
#define next(value, before) ((value) <= (before) + 1)
#define max(a, c) ((a) > (c) -> (a) : (c))

proctype OneEntry() {
	byte h1, h2, h3;
	for (seen : 0 .. 2) { for (w : 0 .. 1) { for (u : 0 .. 2) { h1 = max(w, u);
		if
		:: next(u, w) && (seen != WIX || u == 0) && (seen != USERS || w == 0) -> for (b : 0 .. 3) { h2 = max(h1, b);
			if
			:: next(b, h1) -> for (k : 0 .. 1) { for (f1 : 0 .. 4) { for (t1 : 1 .. 5) { h3 = max(h2, f1);
				if
				:: (k == 1 || (f1 == 0 && t1 == 1)) && (k == 0 || (f1 != t1 && next(f1, h2) && next(t1, h3))) ->
					for (s1 : 0 .. 1) { for (o1 : 0 .. WANTED) { for (x : 0 .. 1) {
						if
						:: (k == 1 || (s1 == 0 && o1 == 0)) && (seen == 2 || x == 0) -> ask()
						:: else
						fi
					} } }
				:: else
				fi
			} } }
			:: else
			fi
		}
		:: else
		fi
	} } }
}

proctype TwoEntries() {
	byte h1, h2, h3, h4, h5;
	k = 2; x = 1; seen = 2;
	for (w : 1 .. 1) { for (u : 1 .. 2) { for (b : 1 .. 3) { h2 = max(u, b);
		if
		:: next(b, u) -> for (f1 : 1 .. 3) { for (t1 : 1 .. 3) { h3 = max(h2, f1);
			if
			:: next(f1, h2) && next(t1, h3) -> h4 = max(h3, t1);
				for (f2 : 1 .. 3) { for (t2 : 1 .. 3) { h5 = max(h4, f2);
					if
					:: next(f2, h4) && next(t2, h5) ->
						for (s1 : 0 .. 1) { for (o1 : 0 .. WANTED) { for (s2 : 0 .. 1) { for (o2 : 0 .. WANTED) {
							if
							:: o1 != ANNOUNCED || o2 == REFUSED || o2 == REFUSED_FOR_NOW -> ask()
							:: else
							fi
						} } } }
					:: else
					fi
				} }
			:: else
			fi
		} }
		:: else
		fi
	} } }
}

init { run OneEntry(); _nr_pr == 1; run TwoEntries() }
