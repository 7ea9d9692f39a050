import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { applicationError, validationError } from './errors.mts';
import { itemsOf, nameOf, type ListName } from './types.mts';

const listRules: Record<ListName, { valueKey: string; longest: number; tags: string[] }> = {
	emails: { valueKey: 'email', longest: 320, tags: ['UNTAGGED', 'MAIN', 'HOME', 'WORK'] },
	phones: {
		valueKey: 'phone',
		longest: 50,
		tags: ['UNTAGGED', 'MAIN', 'HOME', 'MOBILE', 'WORK', 'FAX'],
	},
	addresses: {
		valueKey: '',
		longest: 0,
		tags: ['UNTAGGED', 'HOME', 'WORK', 'BILLING', 'SHIPPING'],
	},
};
const maxItems = 50;

/** Throws for what is no text or is longer than allowed; absent and null pass. */
export function checkText(field: string, value: JsonValue | undefined, longest: number): void {
	if (value === undefined || value === null) return;
	if (typeof value !== 'string') throw validationError(field, 'must be a string', 'TYPE');
	if (value.length > longest) {
		throw validationError(
			field,
			`has size ${value.length}, expected ${longest} or less`,
			'MAX_LENGTH',
			{
				threshold: longest,
			},
		);
	}
}

/** A valid address by Wix's published limits: a text with an `@` inside, at most 320 characters. */
export function checkEmail(field: string, value: JsonValue | undefined): void {
	if (typeof value !== 'string') throw validationError(field, 'must be a string', 'TYPE');
	checkText(field, value, 320);
	if (!/^\s*[^\s@]+@[^\s@]+\s*$/u.test(value)) {
		throw validationError(field, 'must be a valid email', 'FORMAT', { type: 'EMAIL' });
	}
}

function checkItem(name: ListName, item: JsonValue, field: string): void {
	if (!isJsonObject(item)) throw validationError(field, 'expected an object', 'TYPE');
	const { tags, valueKey, longest } = listRules[name];
	const tag = item.tag;
	if (tag !== undefined && (typeof tag !== 'string' || !tags.includes(tag))) {
		throw validationError(`${field}.tag`, `must be one of ${tags.join(', ')}`, 'ENUM');
	}
	if (name === 'emails') checkEmail(`${field}.email`, item.email);
	if (name === 'phones') checkText(`${field}.phone`, item[valueKey] ?? '', longest);
}

function checkList(info: JsonObject, name: ListName): void {
	const wrapper = info[name];
	if (wrapper === undefined || wrapper === null) return;
	const field = `info.${name}`;
	if (!isJsonObject(wrapper)) throw validationError(field, 'expected an object', 'TYPE');
	const items = wrapper.items ?? [];
	if (!Array.isArray(items)) throw validationError(`${field}.items`, 'expected a list', 'TYPE');
	if (items.length > maxItems) {
		throw validationError(`${field}.items`, `has more than ${maxItems} items`, 'MAX_SIZE');
	}
	items.forEach((item, index) => checkItem(name, item, `${field}.items[${index}]`));
	if (itemsOf(info, name).filter((item) => item.primary === true).length > 1) {
		throw applicationError(
			400,
			'CANNOT_HAVE_MULTIPLE_PRIMARY_INFO',
			`Only one of info.${name} can be primary.`,
		);
	}
}

/** Throws Wix's 400 for an `info` that breaks a rule of a field. */
export function checkInfo(info: JsonObject): void {
	for (const part of ['first', 'last']) {
		checkText(`info.name.${part}`, nameOf(info)[part], 1000);
	}
	if (info.name !== undefined && info.name !== null && !isJsonObject(info.name)) {
		throw validationError('info.name', 'expected an object', 'TYPE');
	}
	for (const scalar of ['company', 'jobTitle', 'birthdate', 'locale']) {
		checkText(`info.${scalar}`, info[scalar], 1000);
	}
	checkList(info, 'emails');
	checkList(info, 'phones');
	checkList(info, 'addresses');
}

/** A contact needs a name, an address or a phone number. */
export function checkEnough(info: JsonObject): void {
	const { first, last } = nameOf(info);
	const lists = itemsOf(info, 'emails').length + itemsOf(info, 'phones').length;
	if (first || last || lists > 0) return;
	throw applicationError(
		400,
		'INSUFFICIENT_CONTACT_DATA',
		'A contact needs a name, an email or a phone.',
	);
}
