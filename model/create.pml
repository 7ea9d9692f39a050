/*
 * Creating a missing user for one contact: announce, look, create, link. Any runner may die at any step, lists and the
 * look may be late, the answer of a create may get lost. -DUNIQUE: the system refuses a second record with the same key
 * (the login). -DLATE_LOOK: the look before the create may miss a record just made. Two runners overlap freely.
 */
#ifndef RUNNERS
#define RUNNERS 2
#endif
#define NO_ROW 0
#define AWAITS_CREATE 1
#define LINKED 2

byte made = 0;          /* records that hold the address */
byte listed = 0;        /* how many of them lists (and a late look) show; never going back */
byte row = NO_ROW;      /* loadRows: rows for one pair are read as one, a whole row supersedes one that awaits a create */
byte crashes = 0;
bit quiet = 0;
byte finished = 0;

#define DIES :: !quiet && crashes < 4 -> crashes++; goto start
#define better(now_, next_) ((now_) == LINKED -> LINKED : (next_))

proctype World() {
end:	do
	:: listed < made -> listed++
	:: !quiet -> quiet = 1
	od
}

proctype Runner() {
	byte saw, runs;
	bit held;
start:
	do
	:: runs > 3 && quiet -> break
	:: else ->
		if
		:: quiet -> runs++
		:: else
		fi;
		saw = (quiet -> made : listed);
		if
		:: row == LINKED -> goto start
		:: row != LINKED && saw == 1 -> goto link                     /* one candidate: linked by rule */
		:: row != LINKED && saw > 1 -> goto start                     /* ambiguous: reviewed */
		:: else
		fi;
		if
		:: row = better(row, AWAITS_CREATE)                           /* announce */
		DIES
		fi;
#ifdef LATE_LOOK
		held = (listed > 0);                                          /* look: holdersOf() */
#else
		held = (made > 0);
#endif
		if
		:: held -> goto start                                         /* exists: never adopted here */
		:: !held
		DIES
		fi;
#ifdef UNIQUE
		if
		:: atomic { made == 0 -> made++ }
		:: atomic { made > 0 -> goto start }                          /* refused: taken */
		DIES
		fi;
#else
		if
		:: made++
		DIES
		fi;
#endif
		assert(made <= 1);
		if
		:: row = LINKED                                               /* the id that was answered is saved */
		:: goto start                                                 /* the answer got lost */
		DIES
		fi;
		goto start;
link:		if
		:: row = LINKED
		DIES
		fi
	od;
	assert(row == LINKED && made == 1);
	finished++
}

init {
	atomic {
		run World(); run Runner();
#if RUNNERS == 2
		run Runner()
#endif
	}
}
