import { Faker, en } from '@faker-js/faker';

/** One invented person; `address` is the plain form that both sides' variants are made from. */
export interface Person {
	number: number;
	first: string;
	last: string;
	address: string;
	company?: string;
	jobTitle?: string;
	phone?: { countryCode: string; phone: string };
}

const domains = ['example.com', 'example.org', 'example.net'];
const unicodeDomains = [
	'bücher.example',
	'köln-verein.example',
	'café-société.example',
	'例え.example',
];
const unicodeNames: [string, string][] = [
	['Jürgen', 'Müller'],
	['Zoë', 'Ångström'],
	['Łukasz', 'Żółkiewski'],
	['Σωκράτης', 'Παπαδόπουλος'],
	['Søren', 'Østergaard'],
];

const slug = (text: string) =>
	text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '');

const pick = <T,>(list: readonly T[], index: number): T => list[index % list.length] as T;

function addressOf(number: number, first: string, last: string): string {
	const local = `${slug(first)}.${slug(last)}`;
	if (number % 40 === 11) return `${local}${number}@${pick(unicodeDomains, (number / 40) | 0)}`;
	if (number % 40 === 31)
		return `${first.toLowerCase()}.${last.toLowerCase()}${number}@example.org`;
	if (number % 25 === 5) return `${local}${number}+wix@${pick(domains, number)}`;
	return `${local}${number}@${pick(domains, number)}`;
}

/** A source of people: the same seed and number of calls give the same people. Addresses are unique by their number. */
export function peopleSource(seed: number): () => Person {
	const faker = new Faker({ locale: [en], seed });
	let number = 0;
	return () => {
		const index = number++;
		const isUnicode = index % 40 === 31;
		const [unicodeFirst, unicodeLast] = pick(unicodeNames, (index / 40) | 0);
		const first = isUnicode ? unicodeFirst : faker.person.firstName();
		const last = isUnicode ? unicodeLast : faker.person.lastName();
		const area = 207 + Math.floor(index / 10_000);
		const digits = String(10_000 + (index % 10_000)).slice(-4);
		return {
			number: index,
			first,
			last,
			address: addressOf(index, first, last),
			...(index % 3 === 0
				? { company: faker.company.name(), jobTitle: faker.person.jobTitle() }
				: {}),
			...(index % 3 === 1
				? { phone: { countryCode: 'US', phone: `+1 ${area}-555-${digits}` } }
				: {}),
		};
	};
}
