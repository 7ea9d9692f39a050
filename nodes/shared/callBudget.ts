import { NodeOperationError } from 'n8n-workflow';

import type { Caller } from './apiTypes';
import { clock } from './clock';

/** How long n8n lets a node go on with its calls. */
export interface CallBudget {
	milliseconds: number;
	/** Milliseconds since 1970. */
	deadline: number;
}

/** n8n gives up a poll that takes too long, and then keeps nothing of it. Other nodes may take as long as they need. */
export function budgetOf(caller: Caller): CallBudget {
	const milliseconds =
		'getPollBudgetMs' in caller && typeof caller.getPollBudgetMs === 'function'
			? caller.getPollBudgetMs()
			: Infinity;
	return { milliseconds, deadline: clock.now() + milliseconds };
}

/** Throws when a call that goes out after a wait of so many milliseconds would be too late. */
export function checkBudget(
	caller: Caller,
	service: string,
	{ milliseconds, deadline }: CallBudget,
	wait: number,
): void {
	if (clock.now() + wait <= deadline) return;
	const seconds = Math.round(milliseconds / 1_000);
	throw new NodeOperationError(
		caller.getNode(),
		`${service} could not be read to the end within the ${seconds} seconds that n8n gives one poll`,
		{
			description:
				"Nothing is lost: the next poll begins where this one did. If that happens again, set n8n's variables N8N_SCHEDULER_POLL_TIMEOUT and N8N_SCHEDULER_LEASE_DURATION to more seconds, or begin later with the option 'Start From'.",
		},
	);
}
