import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { defaultPolicies, type Policies } from '../shared/contract';

/** The policies as a person set them. Values are checked by the engine, which names what is wrong. */
export function readPolicies(context: IExecuteFunctions): Policies {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const choice = <Name extends keyof Policies>(name: Name) =>
		context.getNodeParameter(name, 0, defaultPolicies[name]) as Policies[Name];
	return {
		bothEdited: choice('bothEdited'),
		firstLink: choice('firstLink'),
		createMissing: choice('createMissing'),
		vanished: choice('vanished'),
		memberContacts: choice('memberContacts'),
		guard: readGuard(options),
		approvedPlan: String(choice('approvedPlan') ?? '').trim(),
		pendingDays: (options.pendingDays ?? defaultPolicies.pendingDays) as number,
		onlyRecords: readNames(context.getNodeParameter('onlyRecords', 0, '')),
		writesPerRun: choice('writesPerRun'),
		dryRun: choice('dryRun'),
	};
}

const defaultGuard = defaultPolicies.guard ?? { records: 0, percent: 0 };

function readGuard(options: IDataObject): Policies['guard'] {
	if (options.guard === false) return null;
	return {
		records: (options.guardRecords ?? defaultGuard.records) as number,
		percent: (options.guardPercent ?? defaultGuard.percent) as number,
	};
}

function readNames(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[,;\n]/);
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
