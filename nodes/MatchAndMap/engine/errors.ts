/** Thrown for rules or policies that cannot be worked with, never for data. The message names the rule and the remedy. */
export class PlanInputError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'PlanInputError';
	}
}
