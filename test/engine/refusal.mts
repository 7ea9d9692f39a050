import {
	contactsAndUsers,
	PlanInputError,
	type DataFlow,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import { run } from './builders.mts';

export type Direction = PropertyRule['direction'];

/** A property rule: any text, in both directions, unless said. */
export const kept = (
	wix: string,
	userField: string,
	more: Partial<PropertyRule> = {},
): PropertyRule => ({
	wix,
	user: userField,
	type: 'string',
	compare: 'exact',
	direction: 'both',
	...more,
});
export const towards = (direction: Direction, wix: string, userField: string) =>
	kept(wix, userField, { direction });

/** The contacts preset with other property rules. */
export const flowOf = (properties: PropertyRule[], more: Partial<DataFlow> = {}): DataFlow => ({
	...contactsAndUsers,
	properties,
	...more,
});

/** What planning with these rules comes to: the message, or undefined when they are taken. */
export function refusal(
	properties: PropertyRule[],
	more: Partial<DataFlow> = {},
): string | undefined {
	try {
		run({ dataFlow: flowOf(properties, more) });
		return undefined;
	} catch (error) {
		expect(error).toBeInstanceOf(PlanInputError);
		return (error as Error).message;
	}
}
