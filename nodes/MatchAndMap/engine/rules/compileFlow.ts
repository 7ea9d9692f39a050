import { defaultPolicies, type DataFlow } from '../../../shared/contract';
import { compile, type Rules } from './compile';

export { checkNow, checkPolicies } from './policies';

/** The rules of a data flow alone. */
export type CompiledFlow = Pick<Rules, 'flow' | 'properties' | 'alsoHolds'> & {
	readonly rules: Rules['links'];
};

/** @throws PlanInputError as `compile` does */
export function compileFlow(dataFlow: DataFlow): CompiledFlow {
	const now = new Date(0).toISOString();
	const rules = compile({ dataFlow, policies: defaultPolicies, now, readFrom: now });
	return { ...rules, rules: rules.links };
}
