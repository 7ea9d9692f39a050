import type { IDataObject } from 'n8n-workflow';
import { contactOf } from './wixRun.mts';

export interface Info extends IDataObject {
	name?: { first?: string | null; last?: string | null };
	emails?: { items?: Array<{ email: string; primary?: boolean }> };
	phones?: { items?: Array<{ phone: string }> };
	addresses?: { items?: Array<{ address: { city?: string } }> };
	labelKeys?: { items?: string[] };
	extendedFields?: { items?: IDataObject };
}

/** A contact without what only Wix makes up, and without the shapes that its emptiness can have. */
export function plain({ info }: { info: Info }) {
	const { name, emails, phones, addresses, labelKeys, extendedFields, company, jobTitle } = info;
	const own = Object.entries(extendedFields?.items ?? {}).filter(([key]) =>
		key.startsWith('custom.'),
	);
	return {
		name: [name?.first || '', name?.last || ''],
		emails: (emails?.items ?? []).map(({ email }) => email),
		phones: (phones?.items ?? []).map(({ phone }) => phone),
		cities: (addresses?.items ?? []).map(({ address }) => address.city),
		labels: (labelKeys?.items ?? []).filter((key) => key.startsWith('custom.')),
		own: Object.fromEntries(own),
		work: [company || '', jobTitle || ''],
	};
}
export const phones = (...numbers: string[]) => ({
	items: numbers.map((phone, index) => ({ tag: 'HOME', phone, primary: index === 0 })),
});
/** Of somebody with everything, of one with a name alone, and of one with an address in capitals. */
export const people = () => [
	contactOf('c1', 'ada@example.com', {
		phones: phones('070 1', '070 2'),
		company: 'Old Ltd',
		jobTitle: 'Engineer',
		labelKeys: { items: ['custom.newsletter'] },
		extendedFields: {
			items: { 'custom.crm-id': 'X1', 'custom.seats': 3, 'custom.renewal-date': '2026-05-30' },
		},
	}),
	{ id: 'c2', info: { name: { first: 'Name', last: 'Only' } } },
	contactOf('c3', 'Bea@Example.com', { phones: phones('070 3') }),
];
