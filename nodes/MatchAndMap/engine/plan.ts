import type { Plan, PlanInput } from '../../shared/contract';
import { decide } from './decide';
import { pair } from './pair';
import { read } from './read';
import { release } from './release';
import { compile } from './rules';
import { tell, type Told } from './tell';

/** A plan, and what it was told from: an explanation is read off it. */
export type MadePlan = Told;

/**
 * Plans one run: what to link, what to write on which side, what a person has to decide. Pure and synchronous, linear in
 * records plus links (sorting of hashes aside).
 * @throws PlanInputError for invalid rules or policies, never for data
 */
export const plan = (input: PlanInput): Plan => makePlan(input).plan;

/** As `plan`, with what an explanation needs. */
export function makePlan(input: PlanInput): MadePlan {
	// What to keep alike, who may win, and what the time is
	const rules = compile(input);
	// Records and rows as they are; most pairs are at rest, and nobody looks at them again
	const known = read(rules, input);
	// Who belongs to whom: a link holds the identity, a rule makes a new one, a record that is missing must be proved gone
	const paired = pair(known);
	// One decision for each pair or record that is not at rest: edited, in conflict, gone, to be created, alone
	const decided = decide(paired);
	// What may go out now: the trial, the slice, the guard; announced in its row before it is sent
	const released = release(decided);
	// What people see: questions, counts, the page
	return tell(released);
}
